import { expect, test } from "vitest";
import { bilingual } from "../../../protocol/index.ts";
import {
  blocksIntents,
  NO_PRESS,
  type PendingPress,
  type PressInput,
  stepPress,
} from "../../../terminal/core/pending-press.ts";
import { ack } from "../../support/counter-messages.ts";

const BASIS = { epoch: 7, position: 5 };
const MOVED = { epoch: 7, position: 6 };
const TEXT = bilingual("无人等候", "Nobody waits");

const pressed: PressInput = { type: "pressed", key: "call", basis: BASIS, shown: { epoch: 7, rev: 5 } };
const journalled: PressInput = { type: "journalled", seq: 9 };
const acked: PressInput = { type: "acknowledged", ack: ack(9) };
const earlierAck: PressInput = { type: "acknowledged", ack: ack(8) };
const refusal: PressInput = {
  type: "acknowledged",
  ack: ack(9, { refused: [{ seq: 9, code: "nobody-waits", text: TEXT }] }),
};
const face = (basis: typeof BASIS, rev: number): PressInput => ({
  type: "face-shown",
  basis,
  order: { epoch: 7, rev },
});
const answerDue: PressInput = { type: "answer-due", seq: 9 };
const expired: PressInput = { type: "expired", seq: 9 };

function play(script: readonly PressInput[]): [PendingPress, string[]] {
  let state: PendingPress = NO_PRESS;
  const out: string[] = [];
  for (const input of script) {
    const [next, effects] = stepPress(state, input);
    state = next;
    out.push(...effects.map(({ type }) => type).filter((type) => !type.startsWith("wake")));
  }
  return [state, out];
}

// A press waits until the controller's answer, or until it can have no effect any more; it never waits for ever.
test.each<[string, readonly PressInput[], PendingPress["phase"], string[]]>([
  ["waits", [pressed, journalled], "waiting", []],
  ["is answered by another meaning of the keys", [pressed, journalled, face(MOVED, 6)], "none", []],
  ["is not answered by an unrelated face", [pressed, journalled, face(BASIS, 6)], "waiting", []],
  ["is answered by a face after its commit", [pressed, journalled, acked, face(BASIS, 6)], "none", []],
  ["is answered by its commit after a face", [pressed, journalled, face(BASIS, 6), acked], "none", []],
  ["is not answered by a face it was pressed on", [pressed, journalled, acked, face(BASIS, 5)], "waiting", []],
  ["is not answered by an ack below it", [pressed, journalled, earlierAck], "waiting", []],
  ["is refused", [pressed, journalled, refusal], "none", ["press-refused"]],
  ["is committed and changed nothing", [pressed, journalled, acked, answerDue], "none", []],
  ["is unconfirmed after 2 s", [pressed, journalled, answerDue], "unconfirmed", ["press-unconfirmed"]],
  ["is unconfirmed, then confirmed", [pressed, journalled, answerDue, acked], "none", ["press-unconfirmed"]],
  [
    "is unconfirmed, then refused",
    [pressed, journalled, answerDue, refusal],
    "none",
    ["press-unconfirmed", "press-refused"],
  ],
  ["is expired after 5 s", [pressed, journalled, answerDue, expired], "expired", ["press-unconfirmed"]],
  ["is expired, then confirmed", [pressed, journalled, answerDue, expired, acked], "none", ["press-unconfirmed"]],
  ["is gone with a full journal", [pressed, { type: "not-journalled" }], "none", []],
  ["does not mind the timer of another press", [pressed, journalled, { type: "answer-due", seq: 8 }], "waiting", []],
])("a press %s", (_, script, phase, effects) => {
  const [state, out] = play(script);
  expect(state.phase).toBe(phase);
  expect(out).toEqual(effects);
});

// Two presses must not both be under way; a dead one must not lock the counter.
test.each([
  [[pressed], true],
  [[pressed, journalled, answerDue], true],
  [[pressed, journalled, answerDue, expired], false],
  [[], false],
])("blocks further intents while it can still act", (script, blocks) => {
  expect(blocksIntents(play(script)[0])).toBe(blocks);
});

test("asks to be woken for the answer and for its expiry", () => {
  const [state] = stepPress(NO_PRESS, pressed);
  expect(stepPress(state, journalled)[1]).toEqual([
    { type: "wake-for-answer", seq: 9, after: 2000 },
    { type: "wake-for-expiry", seq: 9, after: 5000 },
  ]);
});
