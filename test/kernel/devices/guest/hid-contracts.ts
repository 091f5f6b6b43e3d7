import { expect, test } from "vitest";
import { wedgeReports } from "../../../../hardware/codecs/wedge-keys.ts";
import { createHidKeypad, DIGIT_USAGES, keyboardKeys } from "../../../../hardware/drivers/hid-keypad.ts";
import { createWedgeReader } from "../../../../hardware/drivers/hid-reader.ts";
import type { HidDriver } from "../../../../hardware/links/hid-module.ts";
import { type BadgeReader, type CanonicalBadge, canonicalBadge } from "../../../../hardware/ports/badge-reader.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { milliseconds } from "../../../../protocol/base/time.ts";
import { KeyboardKeypad } from "../../../../simulator/wire/keypads.ts";
import { badgeReaderContract, ReaderDiary } from "../../../contract/badge-reader-contract.ts";
import { ratingKeypadContract } from "../../../contract/rating-keypad-contract.ts";
import { cableTests } from "./cable-tests.ts";
import { BOOT_KEYBOARD } from "./hid-reports.ts";
import { cableOf, faceOf, IDLE, KEYPAD_LAMPS, linkTo, type MakeHidDevice } from "./hid-rig.ts";
import { rawHidContracts } from "./raw-hid-contracts.ts";
import { LONG, passed, until } from "./time.ts";
import type { GadgetIdentity } from "./usb-gadget.ts";

const clock = systemClock;
/** Typing a card's number takes a reader half of this. */
const TYPES_EVERY = milliseconds(80);
const TEN_DIGITS = { kind: "decimal", digits: 10 } as const;

export const READER: GadgetIdentity = { name: "wedge-1", vendorId: 0xffff, productId: 0x0035 };
const KEYPAD: GadgetIdentity = { name: "keypad-1", vendorId: 0x1a86, productId: 0xe026 };

export const digitsOf = (badge: CanonicalBadge): string => Number.parseInt(badge, 16).toString().padStart(10, "0");

export const wedgeReader = (driver: HidDriver): BadgeReader =>
  createWedgeReader({ link: linkTo(READER, driver), clock, text: TEN_DIGITS });

export function wedgeRig(driver: HidDriver, makeDevice: MakeHidDevice) {
  const keyboard = makeDevice(READER, BOOT_KEYBOARD);
  const reader = wedgeReader(driver);
  let resting: CanonicalBadge | null = null;
  const type = (): void => {
    if (resting !== null) for (const report of wedgeReports(digitsOf(resting))) keyboard.say(report);
  };
  const repeating = clock.every(TYPES_EVERY, type);
  return {
    ...cableOf(keyboard),
    reader,
    lay(badge: CanonicalBadge) {
      resting = badge;
      type();
    },
    lift: () => (resting = null),
    pass: passed,
    until,
    longAfter: LONG,
    async release() {
      repeating.cancel();
      await reader.close();
      await keyboard.release();
    },
  };
}

/** The contracts of all ports that can stand on a USB input device. */
export function hidContracts(name: string, driver: HidDriver, makeDevice: MakeHidDevice): void {
  badgeReaderContract(`keyboard wedge, ${name}`, async () => {
    const rig = wedgeRig(driver, makeDevice);
    await rig.plug();
    return rig;
  });

  ratingKeypadContract(`USB keyboard, ${name}`, async () => {
    const keyboard = makeDevice(KEYPAD, BOOT_KEYBOARD);
    const device = new KeyboardKeypad((report) => keyboard.say(report));
    const idle = clock.every(IDLE, () => device.tell());
    const link = linkTo(KEYPAD, driver);
    const keypad = createHidKeypad({ link, clock, keysIn: keyboardKeys(DIGIT_USAGES), lamps: KEYPAD_LAMPS });
    await keyboard.plug();
    return {
      ...cableOf(keyboard),
      keypad,
      finger: (level, edge) => (edge === "pressed" ? device.press(level) : device.lift(level)),
      face: faceOf(keyboard),
      pass: passed,
      until,
      seesChangesAlone: true,
      longHold: LONG,
      tolerance: milliseconds(60),
      async release() {
        idle.cancel();
        await keypad.close();
        await keyboard.release();
      },
    };
  });

  rawHidContracts(name, driver, makeDevice);

  test(`${name}: of two readers alike the one with its serial number is read`, async () => {
    const [badge, other] = [canonicalBadge("0086F444"), canonicalBadge("00C0FFEE")];
    const twin = makeDevice({ ...READER, name: "wedge-0" }, BOOT_KEYBOARD);
    await twin.plug();
    const rig = wedgeRig(driver, makeDevice);
    const diary = new ReaderDiary();
    try {
      await rig.reader.open(diary);
      await until("absent", () => diary.health.length > 0);
      expect(diary.isOk, "with its twin alone").toBe(false);
      await rig.plug();
      await until("well", () => diary.isOk);
      for (const report of wedgeReports(digitsOf(other))) twin.say(report);
      rig.lay(badge);
      await passed(milliseconds(500));
      expect(diary.badges).toEqual([badge]);
    } finally {
      await rig.release();
      await twin.release();
    }
  });

  cableTests(name, async () => {
    const rig = wedgeRig(driver, makeDevice);
    await rig.plug();
    return {
      ...rig,
      open: (onHealth) => rig.reader.open({ onHealth, onBadge: () => {}, onBadFrame: () => {} }),
    };
  });
}
