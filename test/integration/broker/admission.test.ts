import { connect as connectTcp } from "node:net";
import { connect as connectTls } from "node:tls";
import { expect, test } from "vitest";
import { fingerprintOf } from "../../../controller/adapters/authority/key-pair-file.ts";
import { startEmbeddedBroker } from "../../../controller/adapters/broker/embedded-broker.ts";
import { makeRoot } from "../../../controller/adapters/authority/small-ca.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import {
  HallId,
  KEEPALIVE_SECONDS_MAX,
  type Log,
  type LogFields,
  silentLog,
  TerminalId,
  topics,
} from "../../../protocol/index.ts";
import { closed, expired, HALL, heard, startHallBroker, T1, T2, t1 } from "./hall-broker.ts";
import { stateText } from "./wills.ts";

// Who gets into the broker: real TLS sockets, real certificates. Everybody else stays out, and why is counted.

test("a terminal with a certificate of the hall connects under its own name", async () => {
  const hall = await startHallBroker();
  const client = await hall.connect();
  expect(client.connected).toBe(true);
  expect(hall.broker.connected).toBe(1);
  expect(hall.refusals).toEqual([]);
});

test("a certificate of a foreign root, an expired one and one of another hall stay out", async () => {
  const hall = await startHallBroker();
  const foreign = await makeRoot(HALL, systemClock.now());
  const certificates = [
    await hall.certify(T1, { root: foreign }),
    await hall.certify(T1, { now: expired() }),
    await hall.certify(T1, { hall: HallId.parse("h2") }),
  ];
  for (const { key, certificate } of certificates) {
    await expect(hall.connect(T1, { key, cert: certificate })).rejects.toThrow("not admitted");
  }
  await hall.until(() => hall.refusals.length === 3);
  expect(hall.refusals).toEqual(["bad-certificate", "bad-certificate", "no-identity"]);
});

test("a certificate that has ended is logged with its reason, once however often it comes back", async () => {
  const said: LogFields[] = [];
  const warn: Log["warn"] = (event, fields = {}) => void (event === "broker.peer-refused" && said.push(fields));
  const hall = await startHallBroker({ log: { ...silentLog, warn } });
  const { key, certificate } = await hall.certify(T1, { now: expired() });
  for (let times = 0; times < 3; times += 1) {
    await expect(hall.connect(T1, { key, cert: certificate })).rejects.toThrow("not admitted");
  }
  await hall.until(() => hall.refusals.length === 3);
  expect(said).toMatchObject([{ code: "bad-certificate", reason: "CERT_HAS_EXPIRED" }]);
});

test("a socket without a certificate, and one that speaks plain TCP, get no MQTT byte through", async () => {
  const hall = await startHallBroker();
  const bare = connectTls({ host: "127.0.0.1", port: hall.broker.port, ca: hall.root.certificate });
  await new Promise((resolve) => bare.once("error", resolve));
  const plain = connectTcp({ host: "127.0.0.1", port: hall.broker.port });
  plain.write("\x10\x0c\x00\x04MQTT\x04\x02\x00\x3c\x00\x00");
  await new Promise((resolve) => plain.once("close", resolve));
  await hall.until(() => hall.refusals.length === 2);
  expect(hall.refusals).toEqual(["no-certificate", "handshake"]);
});

test("TLS 1.2 is not spoken", async () => {
  const hall = await startHallBroker();
  const { key, certificate } = await hall.certify();
  const own = { key, cert: certificate, ca: hall.root.certificate };
  const old = connectTls({ host: "127.0.0.1", port: hall.broker.port, ...own, maxVersion: "TLSv1.2" });
  await new Promise((resolve) => old.once("error", resolve));
  await hall.until(() => hall.refusals.length === 1);
  expect(hall.refusals).toEqual(["handshake"]);
});

test("a revoked certificate stays out, and its live session ends", async () => {
  const hall = await startHallBroker();
  const { key, certificate } = await hall.certify();
  const client = await hall.connect(T1, { key, cert: certificate });
  hall.revoked.add(fingerprintOf(certificate));
  hall.broker.disconnect(T1);
  await closed(client);
  await expect(hall.connect(T1, { key, cert: certificate })).rejects.toThrow("not admitted");
  expect(hall.refusals).toEqual(["revoked"]);
  await expect(hall.connect(T1)).resolves.toMatchObject({ connected: true });
});

const STATE_WILL = { topic: t1("state"), payload: Buffer.from(stateText("lost")), qos: 1, retain: true } as const;

test.each([
  ["another terminal's client id", "client-id", { clientId: "t2" }],
  ["an empty client id", "client-id", { clientId: "" }],
  ["a client id that is a word of the language", "client-id", { clientId: "__proto__" }],
  ["a session that outlives its socket", "persistent-session", { clean: false }],
  ["no keepalive", "keepalive", { keepalive: 0 }],
  ["a keepalive over the limit", "keepalive", { keepalive: KEEPALIVE_SECONDS_MAX + 1 }],
  ["MQTT 5", "protocol-version", { protocolVersion: 5 }],
  ["MQTT 3.1", "protocol-version", { protocolVersion: 3, protocolId: "MQIsdp" }],
  ["a will on another's topic", "forged-will", { will: { ...STATE_WILL, topic: topics.terminal(HALL, T2, "state") } }],
  [
    "a will on the controller's topic",
    "forged-will",
    { will: { ...STATE_WILL, topic: topics.hall(HALL, "controller") } },
  ],
  ["a will on another of its own topics", "forged-will", { will: { ...STATE_WILL, topic: t1("up") } }],
  ["a will that says online", "forged-will", { will: { ...STATE_WILL, payload: Buffer.from(stateText("online")) } }],
  ["a will that is no JSON", "forged-will", { will: { ...STATE_WILL, payload: Buffer.from("lost") } }],
  ["a will with QoS 0", "forged-will", { will: { ...STATE_WILL, qos: 0 } }],
  ["a will that is not retained", "forged-will", { will: { ...STATE_WILL, retain: false } }],
] as const)("a CONNECT with %s is refused", async (_what, code, options) => {
  const hall = await startHallBroker();
  await expect(hall.connect(T1, options)).rejects.toThrow("not admitted");
  expect(hall.refusals).toEqual([code]);
  expect(hall.broker.connected).toBe(0);
});

test("a terminal's own will is told when its socket breaks, and not when it says goodbye", async () => {
  const hall = await startHallBroker();
  const polite = await hall.connect(T1, { will: STATE_WILL });
  await polite.endAsync();
  const broken = await hall.connect(T1, { will: STATE_WILL });
  broken.stream.destroy();
  await hall.until(() => hall.taken.length > 0);
  expect(hall.taken).toEqual([{ terminalId: T1, branch: "state", text: stateText("lost") }]);
});

test("the newest connection of a terminal counts: the former one ends, its will before the new birth", async () => {
  const hall = await startHallBroker();
  const former = await hall.connect(T1, { will: STATE_WILL });
  const newest = await hall.connect(T1);
  await newest.publishAsync(t1("state"), stateText("online", 2), { qos: 1, retain: true });
  await closed(former);
  expect(hall.taken.map(({ text }) => text)).toEqual([stateText("lost"), stateText("online", 2)]);
  expect(hall.broker.connected).toBe(1);
});

test("while the broker closes, nobody's will is told", async () => {
  const hall = await startHallBroker();
  const client = await hall.connect(T1, { will: STATE_WILL });
  await client.subscribeAsync(topics.hall(HALL, "controller"));
  const last = heard(client, topics.hall(HALL, "controller"));
  hall.broker.publish(topics.hall(HALL, "controller"), "down", { qos: 1, retain: true });
  await hall.broker.close();
  await closed(client);
  expect(await last).toBe("down");
  expect(hall.taken).toEqual([]);
});

test("a port that is taken is said in one line", async () => {
  const hall = await startHallBroker();
  const { key, certificate } = await hall.certify(TerminalId.parse("t9"));
  const second = startEmbeddedBroker({
    hall: HALL,
    host: "127.0.0.1",
    port: hall.broker.port,
    tls: { key, certificate, authority: hall.root.certificate },
    isRevoked: () => false,
    onMessage: () => null,
    onRefused() {},
    clock: systemClock,
    log: silentLog,
  });
  await expect(second).rejects.toMatchObject({ code: "PORT_IN_USE" });
});
