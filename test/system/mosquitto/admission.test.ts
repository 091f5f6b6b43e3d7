import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { expect, test } from "vitest";
import { brokerFile } from "../../../controller/adapters/authority/authority-files.ts";
import { makeRoot } from "../../../controller/adapters/authority/small-ca.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { type LogFields, PACKET_BYTES_MAX, silentLog } from "../../../protocol/index.ts";
import { closed, expired, HALL, T1, t1 } from "../../integration/broker/hall-broker.ts";
import { until } from "../../integration/kill/hands.ts";
import { startHallMosquitto } from "./hall-mosquitto.ts";

// Who gets into a Mosquitto with the generated files, and what a client may cost it.

test("a certificate of a foreign root, an expired one, the broker's own and none at all stay out", async () => {
  const hall = await startHallMosquitto();
  const foreign = await hall.certify(T1, { root: await makeRoot(HALL, systemClock.now()) });
  const past = await hall.certify(T1, { now: expired() });
  const server = readFileSync(brokerFile(hall.directory), "utf8");
  const pairs = [foreign, past, { key: server, certificate: server }];
  for (const { key, certificate } of pairs) {
    await expect(hall.connect(T1, { key, cert: certificate })).rejects.toThrow("not admitted");
  }
  const bare = connectTls({ host: "127.0.0.1", port: hall.broker.port, ca: hall.root.certificate });
  await expect(new Promise((resolve) => bare.once("error", resolve))).resolves.toBeInstanceOf(Error);
});

test("TLS 1.2 is not spoken", async () => {
  const hall = await startHallMosquitto();
  const { key, certificate } = await hall.certify();
  const own = { key, cert: certificate, ca: hall.root.certificate };
  const old = connectTls({ host: "127.0.0.1", port: hall.broker.port, ...own, maxVersion: "TLSv1.2" });
  await expect(new Promise((resolve) => old.once("error", resolve))).resolves.toBeInstanceOf(Error);
});

test("a packet over the limit ends the connection", async () => {
  const hall = await startHallMosquitto();
  const client = await hall.connect();
  client.publish(t1("up"), "x".repeat(PACKET_BYTES_MAX), { qos: 1 });
  await closed(client);
  expect(hall.taken).toEqual([]);
});

test("a void certificate stays out once the list is written again and Mosquitto has read it", async () => {
  const hall = await startHallMosquitto();
  const stolen = await hall.enrol(T1);
  const first = await hall.connect(T1, { key: stolen.key, cert: stolen.certificate });
  const good = await hall.enrol(T1);
  const second = await hall.connect(T1, { key: good.key, cert: good.certificate });
  await closed(first); // Both are of the same name: the newer connection ends the older.
  await hall.writeAgain();
  hall.process.signal("SIGHUP");
  const isOut = () =>
    hall.connect(T1, { key: stolen.key, cert: stolen.certificate }).then(
      (client) => client.endAsync(true).then(() => false),
      () => true,
    );
  await until("the stolen certificate is refused", isOut, 10_000);
  const again = await hall.connect(T1, { key: good.key, cert: good.certificate });
  expect([again.connected, hall.broker.listening]).toEqual([true, true]);
  await closed(second);
});

test("Mosquitto says nothing but what its rules are warned for", async () => {
  const hall = await startHallMosquitto();
  const client = await hall.connect();
  await client.publishAsync(t1("up"), "{}", { qos: 1 });
  const said = readFileSync(join(hall.directory, "broker", "mosquitto.log"), "utf8");
  expect(said).not.toMatch(/Error:|[Uu]nknown configuration/u);
});

// With MQTT 3.1.1 a broker drops what its rules forbid without a word to the sender.
test("rules that keep the controller from being heard are said in one error line", async () => {
  const errors: [string, LogFields | undefined][] = [];
  const hall = await startHallMosquitto({
    log: { ...silentLog, error: (event, fields) => void errors.push([event, fields]) },
  });
  const rules = join(hall.directory, "broker", "topic-rules.acl");
  writeFileSync(rules, readFileSync(rules, "utf8").replace(/^topic write .*controller$/mu, ""));
  await hall.process.kill();
  await hall.process.start();
  await until("it is said", () => errors.length > 0);
  expect(errors).toMatchObject([["broker.deaf", { code: "BROKER_PASSES_NOTHING_ON" }]]);
});
