import { connect as connectTcp } from "node:net";
import { connect as connectTls } from "node:tls";
import { expect, test } from "vitest";
import { fingerprintOf } from "../../../controller/adapters/authority/key-pair-file.ts";
import { startEmbeddedBroker } from "../../../controller/adapters/broker/embedded-broker.ts";
import { makeRoot } from "../../../controller/adapters/authority/small-ca.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { HallId, type Log, type LogFields, silentLog, TerminalId, topics } from "../../../protocol/index.ts";
import { closed, expired, HALL, heard, startHallBroker, T1 } from "./hall-broker.ts";
import { CONNECT_PROBES, STATE_WILL } from "./probe-matrix.ts";

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
  const warn: Log["warn"] = (event, fields = {}) => void (event === "broker.refused" && said.push(fields));
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

test("a hello that is nonsense is refused once, and its socket is closed", async () => {
  const hall = await startHallBroker();
  const plain = connectTcp({ host: "127.0.0.1", port: hall.broker.port });
  plain.on("error", () => {});
  plain.write(Buffer.from([0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5]));
  await new Promise((resolve) => plain.resume().once("close", resolve));
  expect(hall.refusals).toEqual(["handshake"]);
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

test.each(CONNECT_PROBES)("a CONNECT with %s is refused", async (_what, code, options) => {
  const hall = await startHallBroker();
  await expect(hall.connect(T1, options)).rejects.toThrow("not admitted");
  expect(hall.refusals).toEqual([code]);
  expect(hall.broker.connected).toBe(0);
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
