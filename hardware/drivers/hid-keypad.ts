import { assert } from "../../protocol/base/assert.ts";
import type { Level } from "../../protocol/base/levels.ts";
import type { Clock } from "../../protocol/base/time.ts";
import { usagesIn } from "../codecs/boot-keyboard.ts";
import type { HidLink } from "../ports/hid-link.ts";
import type { RatingKeypad } from "../ports/rating-keypad.ts";
import { KeypadKeys } from "./keypad-keys.ts";
import type { KeypadFace, KeypadLamps } from "./keypad-lamps.ts";

/** What the keys of such a keypad are. Null: the report says nothing of them, and those that are down stay down. */
export type KeysIn = (report: Uint8Array) => ReadonlySet<Level> | null;

/** A keypad that is a keyboard to the system: usages of the boot report. */
export const keyboardKeys =
  (levels: ReadonlyMap<number, Level>): KeysIn =>
  (report) => {
    const usages = usagesIn(report);
    return usages === null ? null : levelsOf(usages, levels);
  };

/** The digits of the keypad and of the main block, as most such keypads send them: 5 is 非常满意. */
export const DIGIT_USAGES: ReadonlyMap<number, Level> = new Map(
  ([1, 2, 3, 4, 5] as const).flatMap((level) => [
    [0x58 + level, level],
    [0x1d + level, level],
  ]),
);

export interface RawReport {
  /** The number the report begins with; null: reports are not numbered. */
  readonly reportId: number | null;
  /** Where the key stands, the number counted. */
  readonly offset: number;
  /** `code`: the byte names the key that is down. `bits`: each key has a bit of it. */
  readonly form: "code" | "bits";
  readonly keys: ReadonlyMap<number, Level>;
}

/** A keypad with reports of its own, as described. */
export const rawKeys =
  ({ reportId, offset, form, keys }: RawReport): KeysIn =>
  (report) => {
    const byte = report[offset];
    if (byte === undefined || (reportId !== null && report[0] !== reportId)) return null;
    const codes = form === "code" ? [byte] : [...keys.keys()].filter((bit) => (byte & bit) !== 0);
    return levelsOf(codes, keys);
  };

function levelsOf(codes: Iterable<number>, levels: ReadonlyMap<number, Level>): ReadonlySet<Level> {
  const found = new Set<Level>();
  for (const code of codes) {
    const level = levels.get(code);
    if (level !== undefined) found.add(level);
  }
  return found;
}

export interface HidKeypadOptions {
  readonly link: HidLink;
  readonly clock: Clock;
  readonly keysIn: KeysIn;
  /** Default: the keypad has no lamps. */
  readonly lamps?: KeypadLamps | undefined;
}

/** A rating keypad on USB. Health: ok while it is there, else a fault named by the link (LinkFault). */
export function createHidKeypad({ link, clock, keysIn, lamps }: HidKeypadOptions): RatingKeypad {
  const keys = new KeypadKeys();
  let face: KeypadFace = "dark";
  const light = (): void => {
    if (lamps !== undefined) link.write(lamps[face]);
  };
  return {
    driver: "hid-keypad",
    open(listener) {
      assert(!keys.isOpen, "a keypad is opened once");
      keys.open(listener);
      return link.open({
        onUp: () => {
          keys.sayHealth(null);
          light();
        },
        onDown: (fault) => keys.sayHealth(fault),
        onReport: (report) => {
          const down = keysIn(report);
          if (down !== null) keys.set(down, clock.mono());
        },
      });
    },
    show(shown) {
      face = shown;
      if (keys.isOpen) light();
    },
    async close() {
      keys.silence();
      await link.close();
    },
  };
}
