import { expect, test } from "vitest";
import { monoMs } from "../../../protocol/index.ts";
import type { KeyContext } from "../../../terminal/core/gestures.ts";
import {
  type AnyKeyName,
  type KeyEffect,
  keyFaults,
  type KeyInput,
  NO_KEYS,
  stepKeys,
} from "../../../terminal/core/key-gestures.ts";

const SEEN: KeyContext = { row: "idle", basis: { epoch: 1, position: 1 }, visitId: null };
const LATER: KeyContext = { row: "called", basis: { epoch: 1, position: 2 }, visitId: null };

type Script = readonly KeyInput[];

const edge = (key: AnyKeyName, which: "pressed" | "released", at: number, context = SEEN): KeyInput => ({
  type: "edge",
  key,
  edge: which,
  at: monoMs(at),
  context,
});
const down = (key: AnyKeyName, at: number, context = SEEN) => edge(key, "pressed", at, context);
const up = (key: AnyKeyName, at: number) => edge(key, "released", at);
const changed = (at: number): KeyInput => ({ type: "meaning-changed", at: monoMs(at) });
const lost = (device: "call-key" | "rating-keypad", at: number): KeyInput => ({
  type: "device-lost",
  device,
  at: monoMs(at),
});

class Player {
  state = NO_KEYS;
  readonly effects: KeyEffect[] = [];
  #wakes: Extract<KeyEffect, { type: "wake" }>[] = [];

  feed(input: KeyInput): void {
    const [state, effects] = stepKeys(this.state, input);
    this.state = state;
    for (const effect of effects) {
      if (effect.type === "wake") this.#wakes.push(effect);
      else this.effects.push(effect);
    }
  }

  runTo(at: number): void {
    for (;;) {
      this.#wakes.sort((a, b) => a.due - b.due);
      const next = this.#wakes[0];
      if (next === undefined || next.due > at) return;
      this.#wakes.shift();
      this.feed({ type: "woken", key: next.key, due: next.due, at: next.due });
    }
  }

  play(script: Script, end = 100_000): this {
    for (const input of script) {
      if (input.type !== "woken") this.runTo(input.at);
      this.feed(input);
    }
    this.runTo(end);
    return this;
  }

  /** What came out, as short words; live presses aside. */
  get words(): string[] {
    return this.effects.flatMap((effect) => {
      switch (effect.type) {
        case "pressed":
          return effect.live ? [] : ["dead"];
        case "held":
          return ["held"];
        case "gesture":
          return [`${effect.gesture} ${effect.at}`];
        case "rated":
          return [`rated ${effect.level} ${effect.at}`];
        case "fault":
          return [`${effect.device} ${effect.fault} ${effect.state}`];
        case "wake":
          return [];
      }
    });
  }
}

const STUCK_CALL = ["call-key stuck raised", "call-key stuck cleared"];
const STUCK_PAUSE = ["pause-key stuck raised", "pause-key stuck cleared"];

// One press of a finger is one gesture, at the instant of the edge that made it.
test.each<[string, Script, string[]]>([
  ["a tap is short, on release", [down("call", 0), up("call", 200)], ["call-short 200"]],
  ["just under the threshold is short", [down("call", 0), up("call", 1499)], ["call-short 1499"]],
  ["call held to the threshold is long, on release", [down("call", 0), up("call", 4000)], ["held", "call-long 4000"]],
  ["pause for 2.9 s is still short", [down("pause", 0), up("pause", 2999)], ["pause-short 2999"]],
  ["pause for 3 s asks for help at once, and once", [down("pause", 0), up("pause", 3100)], ["pause-hold 3000"]],
  ["I19: a stuck call key is one fault and no gesture", [down("call", 0), up("call", 20_000)], ["held", ...STUCK_CALL]],
  [
    "I19: a stuck pause key is one call for help",
    [down("pause", 0), up("pause", 20_000)],
    ["pause-hold 3000", ...STUCK_PAUSE],
  ],
  ["a rating key acts when it goes down", [down("rating-4", 0), up("rating-4", 200)], ["rated 4 0"]],
  [
    "a stuck rating key has rated once",
    [down("rating-1", 0), up("rating-1", 20_000)],
    ["rated 1 0", "rating-keypad stuck raised", "rating-keypad stuck cleared"],
  ],
  [
    "both keys live side by side",
    [down("call", 0), down("pause", 10), up("call", 100), up("pause", 200)],
    ["call-short 100", "pause-short 200"],
  ],
  [
    "a press in the dead time is refused, its release too",
    [changed(1000), down("call", 1999), up("call", 2500)],
    ["dead"],
  ],
  ["the dead time ends after 1 s", [changed(1000), down("call", 2000), up("call", 2100)], ["call-short 2100"]],
  ["a dead press does not become a long one", [changed(0), down("call", 500), up("call", 3000)], ["dead"]],
  ["help works in the dead time", [changed(0), down("pause", 500), up("pause", 4000)], ["dead", "pause-hold 3500"]],
  ["a citizen's key knows no dead time", [changed(0), down("rating-5", 10), up("rating-5", 90)], ["rated 5 10"]],
  [
    "a press under way when the meaning changes is kept",
    [down("call", 0), changed(100), up("call", 200)],
    ["call-short 200"],
  ],
  [
    "also when it changes before the contact has settled",
    [down("call", 0), changed(5), up("call", 200)],
    ["call-short 200"],
  ],
  [
    "a panel that is lost takes both keys' presses with it",
    [down("call", 0), down("pause", 0), lost("call-key", 50), up("call", 100)],
    [],
  ],
  [
    "a keypad that is lost leaves the clerk's keys alone",
    [down("call", 0), lost("rating-keypad", 50), up("call", 100)],
    ["call-short 100"],
  ],
])("%s", (_, script, words) => {
  expect(new Player().play(script).words).toEqual(words);
});

// A finger means what it saw when it went down: the press carries that meaning, not a newer one.
test("a press is judged by what the keys meant at its start", () => {
  const { effects } = new Player().play([down("call", 0), changed(100), edge("call", "released", 200, LATER)]);
  expect(effects.at(-1)).toEqual({ type: "gesture", gesture: "call-short", key: "call", context: SEEN, at: 200 });
});

// The keypad is one device: two of its keys stuck are one fault, which ends with the last of them.
test("two stuck rating keys are one fault of the keypad", () => {
  const script = [down("rating-1", 0), down("rating-2", 500), up("rating-1", 20_000), up("rating-2", 30_000)];
  const player = new Player().play(script, 25_000);
  expect(player.words).toEqual(["rated 1 0", "rated 2 500", "rating-keypad stuck raised"]);
  expect(keyFaults(player.state)).toEqual({ "rating-keypad": "stuck" });
  player.runTo(40_000);
  expect(player.words.at(-1)).toBe("rating-keypad stuck cleared");
  expect(keyFaults(player.state)).toEqual({});
});
