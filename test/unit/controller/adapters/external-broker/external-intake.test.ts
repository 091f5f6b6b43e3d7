import { expect, test } from "vitest";
import { BAD_MESSAGES_WINDOW } from "../../../../../controller/adapters/broker/broker-limits.ts";
import { ExternalIntake } from "../../../../../controller/adapters/external-broker/external-intake.ts";
import { MESSAGES } from "../../../../../controller/adapters/external-broker/external-limits.ts";
import {
  HallId,
  MESSAGE_BYTES_MAX,
  type MessageFault,
  seconds,
  TerminalId,
  topics,
} from "../../../../../protocol/index.ts";
import { VirtualClock } from "../../../../support/virtual-clock.ts";

// What the controller checks itself when the broker is not its own: the wire table, sizes, rates, and patience.

const HALL = HallId.parse("h1");
const [T1, T2] = [TerminalId.parse("t1"), TerminalId.parse("t2")];

function openIntake(fault: MessageFault | null = null) {
  const clock = new VirtualClock();
  const taken: string[] = [];
  const refused: string[] = [];
  const intake = new ExternalIntake({
    hall: HALL,
    clock,
    onMessage(terminalId, branch, text) {
      taken.push(`${terminalId} ${branch} ${text}`);
      return terminalId === T1 ? fault : null;
    },
    onRefused: (code, terminalId) => void refused.push(`${terminalId ?? "?"} ${code}`),
  });
  const say = (change: Partial<Parameters<ExternalIntake["take"]>[0]> = {}): void =>
    intake.take({
      topic: topics.terminal(HALL, T1, "up"),
      payload: Buffer.from("{}"),
      qos: 1,
      retain: false,
      ...change,
    });
  return { clock, taken, refused, say };
}

test.each([
  ["a topic that is none", { topic: "a/b" }, "? foreign-topic"],
  ["another hall's", { topic: topics.terminal(HallId.parse("h2"), T1, "up") }, "? foreign-topic"],
  ["a downward one", { topic: topics.terminal(HALL, T1, "ack") }, "? foreign-topic"],
  ["the hall's own", { topic: topics.hall(HALL, "board") }, "? foreign-topic"],
  ["QoS 0 where 1 belongs", { qos: 0 }, "t1 wrong-delivery"],
  ["QoS 1 where 0 belongs", { topic: topics.terminal(HALL, T1, "health") }, "t1 wrong-delivery"],
  ["retained where nothing may be", { retain: true }, "t1 wrong-delivery"],
  ["one byte too many", { payload: Buffer.alloc(MESSAGE_BYTES_MAX + 1, "x") }, "t1 too-large"],
  ["bytes that are no text", { payload: Buffer.from([0xff]) }, "t1 not-utf8"],
])("%s is refused and counted", (_what, change, code) => {
  const { taken, refused, say } = openIntake();
  say(change);
  expect([taken, refused]).toEqual([[], [code]]);
});

test("a state that was kept is taken like one that is told live", () => {
  const { taken, refused, say } = openIntake();
  for (const retain of [true, false]) say({ topic: topics.terminal(HALL, T1, "state"), retain });
  expect([taken.length, refused]).toEqual([2, []]);
});

test("whoever sends five unreadable messages is not listened to for ten seconds; others are", () => {
  const { clock, taken, refused, say } = openIntake({ code: "malformed", detail: "" });
  for (let count = 0; count < 7; count += 1) say();
  expect(refused).toEqual([...Array.from({ length: 5 }, () => "t1 malformed"), "t1 bad-messages"]);
  say({ topic: topics.terminal(HALL, T2, "up") });
  expect(taken).toHaveLength(6);
  clock.advance(BAD_MESSAGES_WINDOW);
  say();
  expect(taken).toHaveLength(7);
});

test("a flood is cut to its allowance and counted once, until it is over", () => {
  const { clock, taken, refused, say } = openIntake();
  for (let count = 0; count < 10 * MESSAGES.burst; count += 1) say();
  expect([taken.length, refused]).toEqual([MESSAGES.burst, ["t1 flood"]]);
  say({ topic: topics.terminal(HALL, T2, "up") });
  clock.advance(seconds(1));
  for (let count = 0; count < 2 * MESSAGES.perSecond; count += 1) say();
  expect(taken).toHaveLength(MESSAGES.burst + 1 + MESSAGES.perSecond);
  expect(refused).toEqual(["t1 flood", "t1 flood"]);
});
