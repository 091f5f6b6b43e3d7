import {
  DEAD_TIME,
  type DurationMs,
  later,
  type Level,
  type MonoMs,
  monoMs,
  unreachable,
} from "../../protocol/index.ts";
import type { DeviceName } from "./devices.ts";
import type { Gesture, KeyContext } from "./gestures.ts";
import {
  faultsOf,
  type Key,
  type KeyFault,
  type KeyInput as OneKeyInput,
  type KeyReport,
  NEW_KEY,
  stepKey,
} from "./keys/key.ts";
import { type AnyKeyName, KEY_KINDS, KEY_NAMES, type KeyDevice, type KeyName } from "./keys/key-kinds.ts";
import type { Step } from "./step.ts";

export type { AnyKeyName, KeyName } from "./keys/key-kinds.ts";

/** All keys of the counter, from raw edges to gestures. */
export interface KeyGestures {
  readonly keys: Readonly<Record<AnyKeyName, Key<KeyContext | null>>>;
  readonly deadUntil: MonoMs;
}

export type KeyInput =
  | {
      readonly type: "edge";
      readonly key: AnyKeyName;
      readonly edge: "pressed" | "released";
      readonly at: MonoMs;
      readonly context: KeyContext | null;
    }
  | { readonly type: "woken"; readonly key: AnyKeyName; readonly due: MonoMs; readonly at: MonoMs }
  | { readonly type: "meaning-changed"; readonly at: MonoMs }
  /** Cut off or back: no press goes on, and no fault is known. */
  | { readonly type: "device-lost"; readonly device: DeviceName; readonly at: MonoMs };

export type KeyEffect =
  /** A finger came down on a clerk's key; not live in a dead time: beep, nothing else. */
  | { readonly type: "pressed"; readonly key: KeyName; readonly live: boolean }
  /** Long enough for the long gesture, which comes with the release: tell the finger. */
  | { readonly type: "held"; readonly key: KeyName }
  | {
      readonly type: "gesture";
      readonly gesture: Gesture;
      readonly key: KeyName;
      readonly context: KeyContext | null;
      readonly at: MonoMs;
    }
  | { readonly type: "rated"; readonly level: Level; readonly at: MonoMs }
  | {
      readonly type: "fault";
      readonly device: KeyDevice;
      readonly fault: KeyFault;
      readonly state: "raised" | "cleared";
    }
  | { readonly type: "wake"; readonly key: AnyKeyName; readonly due: MonoMs; readonly after: DurationMs };

type KeyStep = Step<KeyGestures, KeyEffect>;
type Report = KeyReport<KeyContext | null>;

export const NO_KEYS: KeyGestures = {
  keys: {
    call: NEW_KEY,
    pause: NEW_KEY,
    "rating-1": NEW_KEY,
    "rating-2": NEW_KEY,
    "rating-3": NEW_KEY,
    "rating-4": NEW_KEY,
    "rating-5": NEW_KEY,
  },
  deadUntil: monoMs(0),
};

export function stepKeys(state: KeyGestures, input: KeyInput): KeyStep {
  switch (input.type) {
    case "edge": {
      const { key, edge, at, context } = input;
      const live = "level" in KEY_KINDS[key] || at >= state.deadUntil; // A citizen's key always means the same.
      return stepOne(state, key, { type: "edge", edge, at, seen: context, live });
    }
    case "woken":
      return stepOne(state, input.key, input);
    case "meaning-changed":
      return [{ ...state, deadUntil: later(input.at, DEAD_TIME) }, []];
    case "device-lost":
      return forget(state, input.device, input.at);
    default:
      return unreachable(input);
  }
}

function stepOne(state: KeyGestures, name: AnyKeyName, input: OneKeyInput<KeyContext | null>): KeyStep {
  const [key, reports] = stepKey(state.keys[name], input, KEY_KINDS[name].traits);
  const keys = { ...state.keys };
  keys[name] = key;
  const next: KeyGestures = { keys, deadUntil: state.deadUntil };
  return [next, reports.flatMap((report) => effectsOf(next, name, report))];
}

/** A panel that is gone as a whole is named by its call key. */
function forget(state: KeyGestures, device: DeviceName, at: MonoMs): KeyStep {
  const effects: KeyEffect[] = [];
  let next = state;
  for (const name of KEY_NAMES) {
    const within = KEY_KINDS[name].device;
    if (within !== device && !(within === "pause-key" && device === "call-key")) continue;
    const [forgotten, said] = stepOne(next, name, { type: "lost", at });
    next = forgotten;
    effects.push(...said);
  }
  return [next, effects];
}

function effectsOf(state: KeyGestures, name: AnyKeyName, report: Report): readonly KeyEffect[] {
  if (report.type === "wake") return [{ type: "wake", key: name, due: report.due, after: report.after }];
  if (report.type === "fault") return faultEffects(state, name, report.fault, report.state);
  const kind = KEY_KINDS[name];
  if ("level" in kind) {
    return report.type === "pressed" && report.live ? [{ type: "rated", level: kind.level, at: report.at }] : [];
  }
  const { at, live, seen: context } = report;
  const long = kind.longActs === report.type;
  switch (report.type) {
    case "pressed":
      return [{ type: "pressed", key: kind.name, live }];
    case "held":
      if (!long) return live ? [{ type: "held", key: kind.name }] : [];
      return mayBecome(live, kind.long) ? [{ type: "gesture", gesture: kind.long, key: kind.name, context, at }] : [];
    case "released": {
      if (report.isLong && !long) return []; // Has been its gesture already.
      const gesture = report.isLong ? kind.long : kind.short;
      return mayBecome(live, gesture) ? [{ type: "gesture", gesture, key: kind.name, context, at }] : [];
    }
    default:
      return unreachable(report);
  }
}

/** Assistance works always, in the dead time too. */
const mayBecome = (live: boolean, gesture: Gesture): boolean => live || gesture === "pause-hold";

/** A device has a fault once, however many of its keys do. */
function faultEffects(
  state: KeyGestures,
  name: AnyKeyName,
  fault: KeyFault,
  change: "raised" | "cleared",
): readonly KeyEffect[] {
  const { device } = KEY_KINDS[name];
  const shared = KEY_NAMES.some(
    (other) => other !== name && KEY_KINDS[other].device === device && faultsOf(state.keys[other]).includes(fault),
  );
  return shared ? [] : [{ type: "fault", device, fault, state: change }];
}

/** What the keys' own faults add to a birth: a device with any is not well. */
export function keyFaults(state: KeyGestures): Readonly<Partial<Record<KeyDevice, KeyFault>>> {
  const faults: Partial<Record<KeyDevice, KeyFault>> = {};
  for (const name of KEY_NAMES) {
    const [fault] = faultsOf(state.keys[name]);
    if (fault !== undefined) faults[KEY_KINDS[name].device] = fault;
  }
  return faults;
}

/** True while a rating key was touched and may still turn out to have been pressed. */
export const ratingKeyMoves = (state: KeyGestures): boolean =>
  KEY_NAMES.some((name) => "level" in KEY_KINDS[name] && state.keys[name].contact.burst !== null);
