import type { TLSSocket } from "node:tls";
import { expect, test } from "vitest";
import {
  BAD_MESSAGES_MAX,
  OUTBOUND_BYTES_MAX,
  TRAFFIC_LIMITS,
} from "../../../controller/adapters/broker/broker-limits.ts";
import { elapsed, MESSAGE_BYTES_MAX, PACKET_BYTES_MAX, topics } from "../../../protocol/index.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { closed, heard, startHallBroker, T1, T2, t1, HALL } from "./hall-broker.ts";
import { connectBytes, PING, publishBytes, remainingLength, subscribeBytes } from "./mqtt-bytes.ts";

// What one client may cost the hall: memory, turns, other people's time (I13). Everything else ends its own connection.

const ended = (socket: TLSSocket): Promise<void> =>
  new Promise((resolve) => (socket.destroyed ? resolve() : socket.once("close", () => resolve())));

const MEBIBYTE = 1024 * 1024;

test("a CONNECT that claims 256 MB is cut off at its header and costs no memory", async () => {
  const hall = await startHallBroker();
  const socket = await hall.socket();
  const before = process.memoryUsage().rss;
  socket.write(Buffer.concat([Buffer.from([0x10]), remainingLength(268_435_455)]));
  for (let chunk = 0; chunk < 64; chunk += 1) socket.write(Buffer.alloc(MEBIBYTE / 4));
  await ended(socket);
  expect(hall.refusals).toEqual(["packet-too-large"]);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * MEBIBYTE);
});

test("a packet over the limit ends the connection, also when its header comes byte by byte", async () => {
  const hall = await startHallBroker();
  const socket = await hall.socket();
  socket.write(connectBytes(T1));
  await new Promise((resolve) => socket.once("data", resolve));
  for (const byte of [0x32, ...remainingLength(PACKET_BYTES_MAX)]) {
    socket.write(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await ended(socket);
  expect(hall.refusals).toEqual(["packet-too-large"]);
});

test("the largest message is taken; one byte more ends the connection", async () => {
  const hall = await startHallBroker();
  const client = await hall.connect();
  await client.publishAsync(t1("up"), "x".repeat(MESSAGE_BYTES_MAX), { qos: 1 });
  expect(hall.taken).toHaveLength(1);
  client.publish(t1("up"), "x".repeat(MESSAGE_BYTES_MAX + 1), { qos: 1 });
  await closed(client);
  expect(hall.refusals).toEqual(["too-large"]);
  expect(hall.taken).toHaveLength(1);
});

test.each([
  ["a PUBLISH before CONNECT", publishBytes(t1("up"), "{}"), "not-connect"],
  ["a length of five bytes", Buffer.from([0x10, 0x80, 0x80, 0x80, 0x80]), "malformed-packet"],
  ["a packet that is none", Buffer.concat([connectBytes(T1), Buffer.from([0xff, 2, 1, 1])]), "protocol-error"],
  ["a second CONNECT", Buffer.concat([connectBytes(T1), connectBytes(T1)]), "protocol-error"],
] as const)("%s ends the connection", async (_what, bytes, code) => {
  const hall = await startHallBroker();
  const socket = await hall.socket();
  socket.resume();
  socket.write(bytes);
  await ended(socket);
  expect(hall.refusals).toEqual([code]);
  expect(hall.taken).toEqual([]);
});

test("unreadable messages are counted by their fault; the fifth in ten seconds ends the connection", async () => {
  const hall = await startHallBroker({ onMessage: () => ({ code: "malformed", detail: "v: refused" }) });
  const client = await hall.connect();
  for (let count = 1; count < BAD_MESSAGES_MAX; count += 1) await client.publishAsync(t1("up"), "{}", { qos: 1 });
  expect(client.connected).toBe(true);
  client.publish(t1("up"), Buffer.from([0xff, 0xfe]), { qos: 1 });
  await closed(client);
  expect(hall.refusals).toEqual(["malformed", "malformed", "malformed", "malformed", "not-utf8", "bad-messages"]);
  expect(hall.taken).toHaveLength(BAD_MESSAGES_MAX - 1);
});

test("a throw in a hook ends that client's connection and nobody else's", async () => {
  const hall = await startHallBroker({
    onMessage(terminalId) {
      if (terminalId === T1) throw new TypeError("a bug in the listener");
      return null;
    },
  });
  const [bad, good] = [await hall.connect(T1), await hall.connect(T2)];
  bad.publish(t1("up"), "{}", { qos: 1 });
  await closed(bad);
  await good.publishAsync(topics.terminal(HALL, T2, "up"), "{}", { qos: 1 });
  expect(hall.refusals).toEqual(["hook-threw"]);
  expect(good.connected).toBe(true);
});

test.each([
  ["publishes", (at: number) => publishBytes(t1("up"), `{"at":${at}}`, (at % 60_000) + 1)],
  ["pings", () => PING],
] as const)("a flood of %s is cut off while another terminal is served within 250 ms", async (_what, packet) => {
  const hall = await startHallBroker();
  const good = await hall.connect(T2);
  const socket = await hall.socket(T1);
  socket.resume();
  socket.write(connectBytes(T1));
  socket.write(Buffer.concat(Array.from({ length: 50_000 }, (_, at) => packet(at))));
  const begun = systemClock.mono();
  await good.publishAsync(topics.terminal(HALL, T2, "up"), "{}", { qos: 1 });
  expect(elapsed(begun, systemClock.mono())).toBeLessThan(250);
  await ended(socket);
  expect(hall.refusals).toEqual(["flood"]);
  const { burst, debt } = TRAFFIC_LIMITS.publishes;
  expect(hall.taken.length).toBeLessThanOrEqual(burst + debt + 1);
});

test("a burst above the rate is delayed, whole and in order", async () => {
  const traffic = { ...TRAFFIC_LIMITS, publishes: { perSecond: 1_000, burst: 10, debt: 1_000 } };
  const hall = await startHallBroker({ traffic });
  const client = await hall.connect();
  const sent = Array.from({ length: 300 }, (_, at) => `${at}`);
  const begun = systemClock.mono();
  for (const body of sent) client.publish(t1("up"), body, { qos: 1 });
  await hall.until(() => hall.taken.length === sent.length);
  await client.publishAsync(t1("up"), "after", { qos: 1 });
  expect(elapsed(begun, systemClock.mono())).toBeGreaterThan(250);
  expect(hall.taken.map(({ text }) => text)).toEqual([...sent, "after"]);
  expect(hall.refusals).toEqual([]);
});

test("a subscriber that stops reading is dropped and holds nobody up", async () => {
  const hall = await startHallBroker();
  const board = topics.hall(HALL, "board");
  const good = await hall.connect(T2);
  await good.subscribeAsync(board, { qos: 1 });
  const frozen = await hall.socket(T1);
  frozen.write(Buffer.concat([connectBytes(T1), subscribeBytes(board)]));
  await new Promise((resolve) => frozen.once("data", resolve));
  frozen.pause();
  const picture = "x".repeat(MESSAGE_BYTES_MAX - 1);
  for (let count = 0; !hall.refusals.includes("slow-subscriber"); count += 1) {
    const arrived = heard(good, board);
    hall.broker.publish(board, picture, { qos: 1, retain: true });
    await arrived;
    expect(count).toBeLessThan(5_000);
  }
  expect(hall.refusals).toEqual(["slow-subscriber"]);
  expect(hall.peers.at(-1)).toEqual({ terminal: T1 });
  expect(good.connected).toBe(true);
  expect(hall.broker.load?.outboundBytesPeak).toBeGreaterThan(OUTBOUND_BYTES_MAX);
  expect(hall.broker.load?.outboundBytesPeak).toBeLessThanOrEqual(OUTBOUND_BYTES_MAX + 2 * PACKET_BYTES_MAX);
  expect(hall.broker.load?.bufferedBytes).toBeLessThan(PACKET_BYTES_MAX);
});
