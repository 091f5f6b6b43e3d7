import { ASSISTANCE_HOLD, type Level, LONG_PRESS } from "../../../protocol/index.ts";
import type { DeviceName } from "../devices.ts";
import type { Gesture } from "../gestures.ts";
import { type KeyTraits, keyTraits } from "./key-traits.ts";

/** The clerk's keys, each with a lamp and a gesture of its own. */
export type KeyName = "call" | "pause";
/** Every key at the counter; the citizen's are named by their level. */
export type AnyKeyName = KeyName | `rating-${Level}`;
export type KeyDevice = Extract<DeviceName, "call-key" | "pause-key" | "rating-keypad">;

/** What a kind of key is, and where its faults are filed. `level`: a citizen's key, which acts when it goes down. */
export type KeyKind = { readonly traits: KeyTraits; readonly device: KeyDevice } & (
  | { readonly name: KeyName; readonly short: Gesture; readonly long: Gesture; readonly longActs: "held" | "released" }
  | { readonly level: Level }
);

const rated = (level: Level): KeyKind => ({ traits: keyTraits(null), device: "rating-keypad", level });

export const KEY_KINDS: Readonly<Record<AnyKeyName, KeyKind>> = {
  call: {
    traits: keyTraits(LONG_PRESS),
    device: "call-key",
    name: "call",
    short: "call-short",
    long: "call-long",
    // I19: a folder laid on the key must call nobody and skip nobody, and only the release tells it from a finger.
    longActs: "released",
  },
  pause: {
    traits: keyTraits(ASSISTANCE_HOLD),
    device: "pause-key",
    name: "pause",
    short: "pause-short",
    long: "pause-hold",
    longActs: "held", // Somebody who needs help may not be able to let go.
  },
  "rating-1": rated(1),
  "rating-2": rated(2),
  "rating-3": rated(3),
  "rating-4": rated(4),
  "rating-5": rated(5),
};
export const KEY_NAMES = Object.keys(KEY_KINDS) as readonly AnyKeyName[];
