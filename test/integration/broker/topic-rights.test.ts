import { expect, test } from "vitest";
import { topics, WIRE } from "../../../protocol/index.ts";
import { closed, HALL, startHallBroker, T2, t1 } from "./hall-broker.ts";
import { PUBLISH_PROBES, SUBSCRIPTION_PROBES } from "./probe-matrix.ts";

// What a connected terminal may say and hear: exactly its own topics, as the wire table has them (I12).

test.each(PUBLISH_PROBES)("publishing on %s ends its connection", async (_what, code, topic, options) => {
  const hall = await startHallBroker();
  const client = await hall.connect();
  const other = await hall.connect(T2);
  client.publish(topic, "{}", options);
  await closed(client);
  expect(hall.refusals).toEqual([code]);
  expect(hall.taken).toEqual([]);
  expect(other.connected).toBe(true);
});

test("it may subscribe to its own downward topics and to the hall's", async () => {
  const hall = await startHallBroker();
  const client = await hall.connect();
  const wanted = Object.values(WIRE)
    .filter((row) => row.direction === "down")
    .map((row) => (row.family === "hall" ? topics.hall(HALL, row.branch) : t1(row.branch)));
  const granted = await client.subscribeAsync(wanted, { qos: 1 });
  expect(granted.map(({ topic, qos }) => ({ topic, qos }))).toEqual(wanted.map((topic) => ({ topic, qos: 1 })));
});

test.each(SUBSCRIPTION_PROBES)("subscribing to %s is refused, and nothing else is", async (filter) => {
  const hall = await startHallBroker();
  const client = await hall.connect();
  const answers = new Promise<readonly (number | { readonly qos: number })[]>((resolve) => {
    client.on("packetreceive", (packet) => packet.cmd === "suback" && resolve(packet.granted as number[]));
  });
  client.subscribe([filter, t1("ack")], { qos: 1 });
  expect(await answers).toEqual([128, 1]);
  expect(hall.refusals).toEqual(["foreign-subscription"]);
  expect(client.connected).toBe(true);
});
