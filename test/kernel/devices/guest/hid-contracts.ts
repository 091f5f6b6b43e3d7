import { wedgeReports } from "../../../../hardware/codecs/wedge-keys.ts";
import { createHidKeypad, DIGIT_USAGES, keyboardKeys } from "../../../../hardware/drivers/hid-keypad.ts";
import { createWedgeReader } from "../../../../hardware/drivers/hid-reader.ts";
import { createHidLink } from "../../../../hardware/links/hid-link.ts";
import type { HidDriver } from "../../../../hardware/links/hid-module.ts";
import type { CanonicalBadge } from "../../../../hardware/ports/badge-reader.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { milliseconds } from "../../../../protocol/base/time.ts";
import { KeyboardKeypad } from "../../../../simulator/wire/keypads.ts";
import { badgeReaderContract } from "../../../contract/badge-reader-contract.ts";
import { ratingKeypadContract } from "../../../contract/rating-keypad-contract.ts";
import { cableTests } from "./cable-tests.ts";
import { loud, passed, until } from "./time.ts";
import type { GadgetIdentity } from "./usb-gadget.ts";

/** A keyboard at the far end, by whichever of the kernel's simulators. */
export interface FarKeyboard {
  plug(): Promise<void>;
  unplug(): Promise<void>;
  say(report: Uint8Array): void;
  hear(): Uint8Array | null;
  release(): Promise<void>;
}

const clock = systemClock;
const FACES = ["dark", "asking", "thanks"] as const;
const LAMPS = { dark: Uint8Array.of(0, 0), asking: Uint8Array.of(0, 1), thanks: Uint8Array.of(0, 2) };
/** A keyboard says which keys are down even when nothing changes: the idle rate of the HID specification, 7.2.4. */
const IDLE = milliseconds(500);
/** Typing a card's number takes a reader half of this. */
const TYPES_EVERY = milliseconds(80);
const TEN_DIGITS = { kind: "decimal", digits: 10 } as const;

const READER: GadgetIdentity = { name: "wedge-1", vendorId: 0xffff, productId: 0x0035 };
const KEYPAD: GadgetIdentity = { name: "keypad-1", vendorId: 0x1a86, productId: 0xe026 };

export const digitsOf = (badge: CanonicalBadge): string => Number.parseInt(badge, 16).toString().padStart(10, "0");

export function wedgeRig(driver: HidDriver, makeKeyboard: (identity: GadgetIdentity) => FarKeyboard) {
  const keyboard = makeKeyboard(READER);
  const { name: serialNumber, ...ids } = READER;
  const link = createHidLink({ match: { ...ids, serialNumber }, driver, clock, log: loud });
  const reader = createWedgeReader({ link, clock, text: TEN_DIGITS });
  let resting: CanonicalBadge | null = null;
  const type = (): void => {
    if (resting !== null) for (const report of wedgeReports(digitsOf(resting))) keyboard.say(report);
  };
  const repeating = clock.every(TYPES_EVERY, type);
  return {
    reader,
    lay(badge: CanonicalBadge) {
      resting = badge;
      type();
    },
    lift: () => (resting = null),
    plug: () => keyboard.plug(),
    unplug: () => keyboard.unplug(),
    pass: passed,
    until,
    async release() {
      repeating.cancel();
      await reader.close();
      await keyboard.release();
    },
  };
}

export function hidContracts(
  name: string,
  driver: HidDriver,
  makeKeyboard: (identity: GadgetIdentity) => FarKeyboard,
): void {
  badgeReaderContract(`keyboard wedge, ${name}`, async () => {
    const rig = wedgeRig(driver, makeKeyboard);
    await rig.plug();
    return rig;
  });

  ratingKeypadContract(`USB keyboard, ${name}`, async () => {
    const keyboard = makeKeyboard(KEYPAD);
    const device = new KeyboardKeypad((report) => keyboard.say(report));
    const idle = clock.every(IDLE, () => device.tell());
    const { name: serialNumber, ...ids } = KEYPAD;
    const link = createHidLink({ match: { ...ids, serialNumber }, driver, clock, log: loud });
    const keypad = createHidKeypad({ link, clock, keysIn: keyboardKeys(DIGIT_USAGES), lamps: LAMPS });
    let lamps = 0;
    const face = (): (typeof FACES)[number] => {
      for (let report = keyboard.hear(); report !== null; report = keyboard.hear()) lamps = report.at(-1) ?? 0;
      return FACES[lamps] ?? "dark";
    };
    await keyboard.plug();
    return {
      keypad,
      finger: (level, edge) => (edge === "pressed" ? device.press(level) : device.lift(level)),
      face,
      plug: () => keyboard.plug(),
      unplug: () => keyboard.unplug(),
      pass: passed,
      until,
      seesChangesAlone: true,
      tolerance: milliseconds(60),
      async release() {
        idle.cancel();
        await keypad.close();
        await keyboard.release();
      },
    };
  });

  cableTests(name, async () => {
    const rig = wedgeRig(driver, makeKeyboard);
    await rig.plug();
    return {
      ...rig,
      open: (onHealth) => rig.reader.open({ onHealth, onBadge: () => {}, onBadFrame: () => {} }),
    };
  });
}
