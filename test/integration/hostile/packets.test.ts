import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { RefusalCode } from "../../../controller/terminals/refusal-book.ts";
import { TerminalId, topics } from "../../../protocol/index.ts";
import { PING, remainingLength } from "../broker/mqtt-bytes.ts";
import { stateText } from "../broker/wills.ts";
import { type BesiegedHall, besiegedHall, closing, type Credentials, ownTopic, tlsSocket } from "./besieged-hall.ts";
import {
  acknowledgement,
  admitted,
  answered,
  cutOffAfter,
  type HostileConnect,
  hostileConnect,
  PONG,
  publish,
} from "./hostile-bytes.ts";
import { outlived, refusalsOf, refused } from "./siege.ts";

// Packets that no terminal of ours sends: each ends its own connection, is counted under its terminal's name where the
// hall page shows it, and costs neither memory nor anybody else's press. Real controller, sockets and certificates.

let hall: BesiegedHall;
beforeAll(async () => {
  hall = await besiegedHall();
  return () => hall.close();
});

const CLAIM_256_MB = remainingLength(268_435_455);
const MEBIBYTE = 1024 * 1024;
const claiming = (first: number): Buffer =>
  Buffer.concat([Buffer.from([first]), CLAIM_256_MB, Buffer.alloc(4 * MEBIBYTE)]);
const up = (enemy: Credentials): string => ownTopic(hall.hall, enemy, "up");

type Row = readonly [title: string, code: RefusalCode, bytes: (enemy: Credentials) => Buffer];

const BEFORE_CONNECT: readonly Row[] = [
  ["a CONNECT that claims 256 MB", "packet-too-large", () => claiming(0x10)],
  ["a PUBLISH before CONNECT", "not-connect", (enemy) => publish(up(enemy), "{}")],
  ["a SUBSCRIBE before CONNECT", "not-connect", () => Buffer.from([0x82, 0])],
  ["a length of five bytes", "malformed-packet", () => Buffer.from([0x10, 0x80, 0x80, 0x80, 0x80])],
  ["a CONNECT without anything in it", "protocol-error", () => Buffer.from([0x10, 0])],
];

test.each(BEFORE_CONNECT)("%s", async (_title, code, bytes) => {
  const enemy = await hall.enemy();
  await cutOffAfter(hall, enemy, bytes(enemy), { greeted: false });
  await refused(hall, code, enemy.terminal);
});

const text64k = "a".repeat(65_535);
const AFTER_CONNECT: readonly Row[] = [
  ["a PUBLISH that claims 256 MB", "packet-too-large", () => claiming(0x32)],
  ["a topic of 64 KiB", "packet-too-large", () => publish(text64k, "{}")],
  ["a topic of 16 KiB", "foreign-topic", () => publish("a".repeat(16_384), "{}")],
  ["a topic of 8,000 levels", "deep-topic", () => publish("a/".repeat(8_000), "{}")],
  ["the topic __proto__", "foreign-topic", () => publish("__proto__", "{}")],
  ["the topic constructor", "foreign-topic", () => publish("constructor", "{}")],
  ["a topic that is no UTF-8", "foreign-topic", () => publish(Buffer.from([0xc3, 0x28, 0xff]), "{}")],
  ["a topic with a zero in it", "foreign-topic", (enemy) => publish(`${up(enemy)}\0`, "{}")],
  ["an empty topic", "protocol-error", () => publish("", "{}")],
  ["a topic with a wildcard", "protocol-error", () => publish("hallward/1/#", "{}")],
  ["another terminal's topic", "foreign-topic", () => publish(topicOf("t01"), stateText("lost"))],
  ["a topic of the broker's own", "foreign-topic", () => publish("$SYS/broker/clients", "1")],
  ["a shared topic", "foreign-topic", () => publish("$share/g/hallward", "1")],
  ["a second CONNECT", "protocol-error", (enemy) => hostileConnect(enemy)],
  ["a message of QoS 2, never released", "wrong-delivery", (enemy) => publish(up(enemy), "{}", 0x34)],
  ["a message of QoS 3", "protocol-error", (enemy) => publish(up(enemy), "{}", 0x36)],
  ["a retained message where none belongs", "wrong-delivery", (enemy) => publish(up(enemy), "{}", 0x33)],
  ["a packet of a type that is none", "protocol-error", () => Buffer.from([0xff, 2, 1, 1])],
];
const topicOf = (terminal: string): string => topics.terminal(hall.hall, TerminalId.parse(terminal), "state");

test.each(AFTER_CONNECT)("%s", async (_title, code, bytes) => {
  const enemy = await hall.enemy();
  await cutOffAfter(hall, enemy, bytes(enemy));
  await refused(hall, code, enemy.terminal);
});

/** MQTT 5's user property `__proto__` = `x`. */
const USER_PROPERTY = Buffer.from("\x0f\x26\x00\x09__proto__\x00\x01x", "latin1");
const stateWill = (topic: string, body: string | Buffer): HostileConnect => ({ will: { topic, body } });

test.each<readonly [string, RefusalCode, (enemy: Credentials) => HostileConnect]>([
  ["another terminal's client id", "client-id", () => ({ clientId: "t01" })],
  ["no client id", "client-id", () => ({ clientId: "" })],
  ["the client id __proto__", "client-id", () => ({ clientId: "__proto__" })],
  ["the client id constructor", "client-id", () => ({ clientId: "constructor" })],
  ["the client id prototype", "client-id", () => ({ clientId: "prototype" })],
  ["no keepalive", "keepalive", () => ({ keepalive: 0 })],
  ["a keepalive of 18 hours", "keepalive", () => ({ keepalive: 65_535 })],
  ["MQTT 5", "protocol-version", () => ({ version: 5, properties: Buffer.from([0]) })],
  ["MQTT 5 and a property __proto__", "protocol-version", () => ({ version: 5, properties: USER_PROPERTY })],
  ["a will for somebody else", "forged-will", () => stateWill(topicOf("t01"), stateText("lost"))],
  ["a will that says online", "forged-will", (enemy) => stateWill(topicOf(enemy.terminal), stateText("online"))],
  ["a will that is no text", "forged-will", (enemy) => stateWill(topicOf(enemy.terminal), Buffer.from([0xff]))],
  ["a will for everybody", "forged-will", () => stateWill("hallward/1/+/terminals/+/state", stateText("lost"))],
])("a CONNECT with %s", async (_title, code, change) => {
  const enemy = await hall.enemy();
  await cutOffAfter(hall, enemy, hostileConnect(enemy, change(enemy)), { greeted: false });
  await refused(hall, code, enemy.terminal);
});

test("acknowledgements of messages that were never sent change nothing", async () => {
  const enemy = await hall.enemy();
  const socket = await admitted(hall, enemy);
  const each = [0x40, 0x50, 0x62, 0x70].flatMap((first) => [1, 2, 65_535].map((id) => acknowledgement(first, id)));
  socket.write(Buffer.concat([...each, PING]));
  await answered(socket, PONG);
  expect(await refusalsOf(hall, enemy.terminal)).toEqual([]);
});

// fast-check prints the seed when it fails, so that a crash can be had again.
test("random bytes, before and after CONNECT, end their connection at most", async () => {
  const enemies = await Promise.all(Array.from({ length: 3 }, () => hall.enemy()));
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 2_000 });
  const noisy = fc.asyncProperty(bytes, fc.boolean(), fc.constantFrom(...enemies), async (noise, greeted, enemy) => {
    const socket = await tlsSocket(hall.port, enemy);
    if (greeted) socket.write(hostileConnect(enemy));
    socket.end(Buffer.from(noise));
    await closing(socket);
  });
  await fc.assert(noisy, { numRuns: 40 });
  expect(await hall.metric("hallward_terminals_online")).toBe(hall.bystandersCount);
});

test("all that while everybody else was served", () => outlived(hall, "hostile packets"));
