import {
  ASSISTANCE_HOLD,
  DEAD_TIME,
  type DurationMs,
  elapsed,
  later,
  LONG_PRESS,
  type MonoMs,
  monoMs,
  unreachable,
} from "../../protocol/index.ts";
import type { Gesture, KeyContext } from "./gestures.ts";
import type { Step } from "./step.ts";

export type KeyName = "call" | "pause";

/**
 * `live`: will be a gesture. `dead`: went down in the dead time, and can only become a call for help. `spent`: has
 * been its gesture already; the release does nothing.
 */
type Key =
  | { readonly down: false }
  | {
      readonly down: true;
      readonly press: number;
      readonly since: MonoMs;
      readonly judged: "live" | "dead" | "spent";
      readonly context: KeyContext | null;
    };

/** The two keys, from debounced edges to gestures. Settling, chatter and stuck keys have their place before `edge`. */
export interface KeyGestures {
  readonly keys: Readonly<Record<KeyName, Key>>;
  /** Numbers the presses, so that a threshold knows whether the press it was set for is still the one. */
  readonly presses: number;
  readonly deadUntil: MonoMs;
}

export type KeyInput =
  | {
      readonly type: "edge";
      readonly key: KeyName;
      readonly edge: "pressed" | "released";
      readonly at: MonoMs;
      readonly context: KeyContext | null;
    }
  | { readonly type: "threshold"; readonly key: KeyName; readonly press: number; readonly at: MonoMs }
  | { readonly type: "meaning-changed"; readonly at: MonoMs };

export type KeyEffect =
  | { readonly type: "gesture"; readonly gesture: Gesture; readonly key: KeyName; readonly context: KeyContext | null }
  /** A press in the dead time: beep, nothing else. */
  | { readonly type: "dead-press"; readonly key: KeyName }
  | { readonly type: "wake-at-threshold"; readonly key: KeyName; readonly press: number; readonly after: DurationMs };

type KeyStep = Step<KeyGestures, KeyEffect>;

const UP: Key = { down: false };
const THRESHOLD: Readonly<Record<KeyName, DurationMs>> = { call: LONG_PRESS, pause: ASSISTANCE_HOLD };
const SHORT: Readonly<Record<KeyName, Gesture>> = { call: "call-short", pause: "pause-short" };
const LONG: Readonly<Record<KeyName, Gesture>> = { call: "call-long", pause: "pause-hold" };

export const NO_KEYS: KeyGestures = { keys: { call: UP, pause: UP }, presses: 0, deadUntil: monoMs(0) };

export function stepKeys(state: KeyGestures, input: KeyInput): KeyStep {
  switch (input.type) {
    case "edge":
      return input.edge === "pressed" ? press(state, input) : release(state, input.key, input.at);
    case "threshold":
      return reach(state, input.key, input.press);
    case "meaning-changed":
      return [{ ...state, deadUntil: later(input.at, DEAD_TIME) }, []];
    default:
      return unreachable(input);
  }
}

function press(state: KeyGestures, input: Extract<KeyInput, { type: "edge" }>): KeyStep {
  const { key, at, context } = input;
  if (state.keys[key].down) return [state, []];
  const number = state.presses + 1;
  const judged = at < state.deadUntil ? "dead" : "live";
  const pressed = withKey(state, key, { down: true, press: number, since: at, judged, context }, number);
  const wake: KeyEffect = { type: "wake-at-threshold", key, press: number, after: THRESHOLD[key] };
  return [pressed, judged === "dead" ? [{ type: "dead-press", key }, wake] : [wake]];
}

function release(state: KeyGestures, name: KeyName, at: MonoMs): KeyStep {
  const key = state.keys[name];
  if (!key.down) return [state, []];
  const released = withKey(state, name, UP);
  // The threshold's own wake may still be on its way: the finger decides, not the timer.
  const gesture = elapsed(key.since, at) >= THRESHOLD[name] ? LONG[name] : SHORT[name];
  return mayBecome(key.judged, gesture)
    ? [released, [{ type: "gesture", gesture, key: name, context: key.context }]]
    : [released, []];
}

function reach(state: KeyGestures, name: KeyName, number: number): KeyStep {
  const key = state.keys[name];
  if (!key.down || key.press !== number || !mayBecome(key.judged, LONG[name])) return [state, []];
  const spent = withKey(state, name, { ...key, judged: "spent" });
  return [spent, [{ type: "gesture", gesture: LONG[name], key: name, context: key.context }]];
}

/** Assistance works always, in the dead time too. */
const mayBecome = (judged: "live" | "dead" | "spent", gesture: Gesture): boolean =>
  judged === "live" || (judged === "dead" && gesture === "pause-hold");

const withKey = (state: KeyGestures, name: KeyName, key: Key, presses = state.presses): KeyGestures => ({
  ...state,
  keys: { ...state.keys, [name]: key },
  presses,
});
