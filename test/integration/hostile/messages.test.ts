import { beforeAll, expect, test } from "vitest";
import { BAD_MESSAGES_MAX, FOREIGN_FILTERS_MAX } from "../../../controller/adapters/broker/broker-limits.ts";
import type { RefusalCode } from "../../../controller/terminals/refusal-book.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { systemRandom } from "../../../hardware/system/system-random.ts";
import { INPUT_BYTES_MAX, MESSAGE_BYTES_MAX, TerminalId, topics } from "../../../protocol/index.ts";
import { PING } from "../broker/mqtt-bytes.ts";
import { stateText } from "../broker/wills.ts";
import { type BesiegedHall, besiegedHall, closing, type Credentials, ownTopic, passed } from "./besieged-hall.ts";
import { admitted, answered, PONG, publish, subscribe } from "./hostile-bytes.ts";
import { outlived, refusalsOf, refused } from "./siege.ts";

// A terminal whose certificate is good says what it may not say, or what nobody can read, over real sockets: it is
// counted under its name, changes nothing of others', and its own stream goes on where that is possible.

let hall: BesiegedHall;
beforeAll(async () => {
  hall = await besiegedHall();
  return () => hall.close();
});

const SEQ_TEXT = "00000000-0000-4000-8000-000000000001";
const birth = (stream: string, session: number): string => stateText("online", session).replace(SEQ_TEXT, stream);
const lost = (stream: string, session: number): string => stateText("lost", session).replace(SEQ_TEXT, stream);
const STATE = 0x33;

/** An envelope with one input; `raw` is its body as JSON text, so that it may say what no object can. */
function envelope(stream: string, seq: number, raw = "{}", type = "assistance-requested", more = ""): string {
  const hallMs = systemClock.now();
  const head = `"v":1,"seq":${seq},"boot":1,"kind":"fact","type":"${type}","monoMs":1,"hallMs":${hallMs},"synced":true`;
  return `{"v":1,"stream":"${stream}","boot":1,"sentMonoMs":1,"inputs":[{${head},"body":${raw}${more}}]}`;
}

/** Connected, subscribed to its acknowledgements and born with a stream of its own. */
async function born(enemy: Credentials) {
  const socket = await admitted(hall, enemy);
  const stream = systemRandom.uuid();
  const granted = answered(socket, Buffer.from([0x90]));
  socket.write(subscribe([ownTopic(hall.hall, enemy, "ack")]));
  await granted;
  const say = (branch: "up" | "state", body: string | Buffer): void =>
    void socket.write(publish(ownTopic(hall.hall, enemy, branch), body, branch === "state" ? STATE : 0x32));
  const acknowledged = (seq: number): Promise<void> => answered(socket, Buffer.from(`"upTo":${seq}`));
  const welcome = acknowledged(0);
  say("state", birth(stream, 2));
  await welcome;
  return { socket, stream, say, acknowledged };
}

const deep = `{"a":`.repeat(2_000) + "1" + "}".repeat(2_000);

test.each<readonly [string, RefusalCode, (stream: string) => string | Buffer]>([
  ["bytes that are no UTF-8", "not-utf8", () => Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ["half a document", "not-json", () => '{"v":1'],
  ["JSON nested 2,000 deep", "malformed", (stream) => envelope(stream, 1, deep)],
  ["brackets alone, 8,000 of them", "not-json", () => "[".repeat(8_000)],
  ["NaN", "not-json", (stream) => envelope(stream, 1).replace('"monoMs":1', '"monoMs":NaN')],
  ["a number of 1e400", "malformed", (stream) => envelope(stream, 1).replace('"monoMs":1', '"monoMs":1e400')],
  [
    "a number of 400 digits",
    "malformed",
    (stream) => envelope(stream, 1).replace('"seq":1', `"seq":${"9".repeat(400)}`),
  ],
  ["a negative sequence number", "malformed", (stream) => envelope(stream, -1)],
  ["a number of 1e400 in a body", "malformed", (stream) => envelope(stream, 1, '{"level":1e400}')],
  ["the stream __proto__", "malformed", () => envelope("__proto__", 1)],
  ["the stream constructor", "malformed", () => envelope("constructor", 1)],
  ["an input over its size", "malformed", (stream) => envelope(stream, 1, `{"text":"${"x".repeat(INPUT_BYTES_MAX)}"}`)],
  ["another version", "wrong-version", (stream) => envelope(stream, 1).replace('{"v":1', '{"v":2')],
])("%s: refused, and the stream goes on with the same number", async (_title, code, body) => {
  const enemy = await hall.enemy();
  const { stream, say, acknowledged } = await born(enemy);
  say("up", body(stream));
  await refused(hall, code, enemy.terminal);
  const done = acknowledged(1);
  say("up", envelope(stream, 1));
  await done;
});

test.each<readonly [string, string, string]>([
  ["the key __proto__ in a body", "assistance-requested", '{"__proto__":{"polluted":true},"a":{"__proto__":{"b":1}}}'],
  ["the keys constructor and prototype", "assistance-requested", '{"constructor":{"prototype":{"polluted":true}}}'],
  ["the type __proto__", "__proto__", "{}"],
  ["the type constructor", "constructor", "{}"],
  ["the type toString", "toString", '{"prototype":1}'],
])("%s: on record, acknowledged, and without effect on anybody", async (_title, type, raw) => {
  const enemy = await hall.enemy();
  const { stream, say, acknowledged } = await born(enemy);
  const done = acknowledged(2);
  say("up", envelope(stream, 1, raw, type));
  say("up", envelope(stream, 2));
  await done;
  const pictures = JSON.stringify(await (await fetch(`${hall.base}/api/overview`, { headers: hall.manager })).json());
  expect(pictures).not.toContain("polluted");
});

test("the same number with other content is quarantined; what was recorded first stays", async () => {
  const enemy = await hall.enemy();
  const { stream, say, acknowledged } = await born(enemy);
  const done = acknowledged(1);
  say("up", envelope(stream, 1));
  await done;
  say("up", envelope(stream, 1, '{"other":1}'));
  say("up", envelope(stream, 1, '{"other":2}'));
  await refused(hall, "other-content", enemy.terminal, 2);
  const next = acknowledged(2);
  say("up", envelope(stream, 2));
  await next;
});

test("inputs of another stream than its own are neither applied nor acknowledged", async () => {
  const enemy = await hall.enemy();
  const { say } = await born(enemy);
  say("up", envelope(systemRandom.uuid(), 1));
  await refused(hall, "foreign-stream", enemy.terminal);
});

test("births and wills of an older session change nothing", async () => {
  const enemy = await hall.enemy();
  const { stream, say, acknowledged } = await born(enemy);
  const online = await hall.metric("hallward_terminals_online");
  say("state", lost(stream, 1));
  say("state", birth(stream, 1));
  await refused(hall, "old-session", enemy.terminal, 2);
  expect(await hall.metric("hallward_terminals_online")).toBe(online);
  const done = acknowledged(1);
  say("up", envelope(stream, 1));
  await done;
});

test("a message a byte over its size ends the connection", async () => {
  const enemy = await hall.enemy();
  const { socket, say } = await born(enemy);
  say("up", "x".repeat(MESSAGE_BYTES_MAX + 1));
  await closing(socket);
  await refused(hall, "too-large", enemy.terminal);
});

test("unreadable messages again and again end the connection, and the next one too", async () => {
  const enemy = await hall.enemy();
  const { socket, say } = await born(enemy);
  for (let count = 0; count < BAD_MESSAGES_MAX; count += 1) say("up", "{");
  await closing(socket);
  const again = await admitted(hall, enemy);
  again.write(publish(ownTopic(hall.hall, enemy, "up"), "{"));
  await closing(again);
  await refused(hall, "bad-messages", enemy.terminal, 2);
});

test("foreign filters, wildcards, shared ones and the broker's own are refused; a few cost no connection", async () => {
  const enemy = await hall.enemy();
  const { socket } = await born(enemy);
  const t01 = topics.terminal(hall.hall, TerminalId.parse("t01"), "desired");
  const filters = ["#", "$SYS/#", `$share/g/${t01}`, t01, "hallward/1/+/terminals/+/up", "__proto__", "constructor"];
  const alive = answered(socket, PONG);
  socket.write(Buffer.concat([subscribe(filters), PING]));
  await alive;
  const { count } = await refused(hall, "foreign-subscription", enemy.terminal, filters.length);
  expect(count).toBeLessThanOrEqual(FOREIGN_FILTERS_MAX);
  expect(await refusalsOf(hall, enemy.terminal)).toEqual(["foreign-subscription"]);
});

test("all that while everybody else was served", async () => {
  await passed(50);
  await outlived(hall, "hostile messages");
});
