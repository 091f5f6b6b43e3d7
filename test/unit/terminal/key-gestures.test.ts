import { expect, test } from "vitest";
import { monoMs } from "../../../protocol/index.ts";
import type { KeyContext } from "../../../terminal/core/gestures.ts";
import { type KeyInput, NO_KEYS, stepKeys } from "../../../terminal/core/key-gestures.ts";

const SEEN: KeyContext = { row: "idle", basis: { epoch: 1, position: 1 }, visitId: null };
const LATER: KeyContext = { row: "called", basis: { epoch: 1, position: 2 }, visitId: null };

type Script = readonly KeyInput[];

const edge = (key: "call" | "pause", which: "pressed" | "released", at: number, context = SEEN): KeyInput => ({
  type: "edge",
  key,
  edge: which,
  at: monoMs(at),
  context,
});
const down = (key: "call" | "pause", at: number, context = SEEN) => edge(key, "pressed", at, context);
const up = (key: "call" | "pause", at: number) => edge(key, "released", at);
const threshold = (key: "call" | "pause", press: number, at: number): KeyInput => ({
  type: "threshold",
  key,
  press,
  at: monoMs(at),
});
const changed = (at: number): KeyInput => ({ type: "meaning-changed", at: monoMs(at) });

/** What came out, as short words; wake-ups aside. */
function play(script: Script): string[] {
  let state = NO_KEYS;
  const out: string[] = [];
  for (const input of script) {
    const [next, effects] = stepKeys(state, input);
    state = next;
    for (const effect of effects) {
      if (effect.type === "gesture") out.push(effect.gesture);
      if (effect.type === "dead-press") out.push("dead");
    }
  }
  return out;
}

// One press of a finger is one gesture, whatever the timers do around it.
test.each<[string, Script, string[]]>([
  ["a tap is short, on release", [down("call", 0), up("call", 200)], ["call-short"]],
  ["just under the threshold is short", [down("call", 0), up("call", 1499)], ["call-short"]],
  [
    "held to the threshold is long, once",
    [down("call", 0), threshold("call", 1, 1500), up("call", 4000)],
    ["call-long"],
  ],
  ["a late timer does not make a long press short", [down("call", 0), up("call", 1500)], ["call-long"]],
  [
    "a timer after the release does nothing",
    [down("call", 0), up("call", 200), threshold("call", 1, 1500)],
    ["call-short"],
  ],
  [
    "a timer of an earlier press does nothing to a later one",
    [down("call", 0), up("call", 200), down("call", 1400), threshold("call", 1, 1500), up("call", 1600)],
    ["call-short", "call-short"],
  ],
  ["pause for 2 s is still short", [down("pause", 0), up("pause", 2000)], ["pause-short"]],
  ["pause for 3 s asks for help", [down("pause", 0), threshold("pause", 1, 3000), up("pause", 3100)], ["pause-hold"]],
  ["a second edge down changes nothing", [down("call", 0), down("call", 50), up("call", 200)], ["call-short"]],
  ["a release without a press is nothing", [up("call", 200)], []],
  [
    "both keys live side by side",
    [down("call", 0), down("pause", 10), up("call", 100), up("pause", 200)],
    ["call-short", "pause-short"],
  ],
  [
    "a press in the dead time is refused, its release too",
    [changed(1000), down("call", 1999), up("call", 2500)],
    ["dead"],
  ],
  ["the dead time ends after 1 s", [changed(1000), down("call", 2000), up("call", 2100)], ["call-short"]],
  ["a dead press does not become a long one", [changed(0), down("call", 500), threshold("call", 1, 2000)], ["dead"]],
  [
    "help works in the dead time",
    [changed(0), down("pause", 500), threshold("pause", 1, 3500)],
    ["dead", "pause-hold"],
  ],
  [
    "a press under way when the meaning changes is kept",
    [down("call", 0), changed(100), up("call", 200)],
    ["call-short"],
  ],
])("%s", (_, script, gestures) => {
  expect(play(script)).toEqual(gestures);
});

// A finger means what it saw when it went down: the press carries that meaning, not a newer one.
test("a press is judged by what the keys meant at its start", () => {
  const [pressed] = stepKeys(NO_KEYS, down("call", 0, SEEN));
  const [moved] = stepKeys(pressed, changed(100));
  const [, effects] = stepKeys(moved, edge("call", "released", 200, LATER));
  expect(effects).toEqual([{ type: "gesture", gesture: "call-short", key: "call", context: SEEN }]);
});

test("each key asks to be woken at its own threshold", () => {
  expect(stepKeys(NO_KEYS, down("call", 0))[1]).toEqual([
    { type: "wake-at-threshold", key: "call", press: 1, after: 1500 },
  ]);
  expect(stepKeys(NO_KEYS, down("pause", 0))[1]).toEqual([
    { type: "wake-at-threshold", key: "pause", press: 1, after: 3000 },
  ]);
});
