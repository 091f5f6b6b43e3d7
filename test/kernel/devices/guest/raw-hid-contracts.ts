import { bytesOfBadge } from "../../../../hardware/codecs/badge-form.ts";
import { type HidBadgeReport, reportOfCard } from "../../../../hardware/codecs/hid-badge.ts";
import { createHidKeypad, type RawReport, rawKeys } from "../../../../hardware/drivers/hid-keypad.ts";
import { createRawHidReader } from "../../../../hardware/drivers/hid-reader.ts";
import type { HidDriver } from "../../../../hardware/links/hid-module.ts";
import type { CanonicalBadge } from "../../../../hardware/ports/badge-reader.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import type { Level } from "../../../../protocol/base/levels.ts";
import { milliseconds } from "../../../../protocol/base/time.ts";
import { badgeReaderContract } from "../../../contract/badge-reader-contract.ts";
import { ratingKeypadContract } from "../../../contract/rating-keypad-contract.ts";
import { cableOf, faceOf, IDLE, KEYPAD_LAMPS, linkTo, type MakeHidDevice } from "./hid-rig.ts";
import { NUMBERED_REPORTS, VENDOR_BYTES, VENDOR_REPORTS } from "./hid-reports.ts";
import { LONG, passed, until } from "./time.ts";
import type { GadgetIdentity } from "./usb-gadget.ts";

const READER: GadgetIdentity = { name: "raw-reader-1", vendorId: 0x1209, productId: 0x0002 };
const KEYPAD: GadgetIdentity = { name: "raw-keypad-1", vendorId: 0x1209, productId: 0x0003 };

const CARD: HidBadgeReport = { reportId: 1, offset: 2, length: 4, endian: "little" };
const REPEATS = milliseconds(50);
const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];
const bitOf = (level: Level): number => 1 << (level + 1);
const KEYS: RawReport = {
  reportId: null,
  offset: 3,
  form: "bits",
  keys: new Map(LEVELS.map((level) => [bitOf(level), level])),
};

/** Devices whose reports are their makers' own, read as a board's file describes them. */
export function rawHidContracts(name: string, driver: HidDriver, makeDevice: MakeHidDevice): void {
  badgeReaderContract(`numbered reports, ${name}`, async () => {
    const device = makeDevice(READER, NUMBERED_REPORTS);
    const reader = createRawHidReader({ link: linkTo(READER, driver), clock: systemClock, report: CARD });
    let resting: CanonicalBadge | null = null;
    const send = (): void => {
      if (resting !== null) device.say(filled(reportOfCard(CARD, bytesOfBadge(resting))));
    };
    const repeating = systemClock.every(REPEATS, send);
    await device.plug();
    return {
      ...cableOf(device),
      reader,
      lay(badge) {
        resting = badge;
        send();
      },
      lift: () => (resting = null),
      pass: passed,
      until,
      longAfter: LONG,
      async release() {
        repeating.cancel();
        await reader.close();
        await device.release();
      },
    };
  });

  ratingKeypadContract(`a bit for each key, ${name}`, async () => {
    const device = makeDevice(KEYPAD, VENDOR_REPORTS);
    const link = linkTo(KEYPAD, driver);
    const keypad = createHidKeypad({ link, clock: systemClock, keysIn: rawKeys(KEYS), lamps: KEYPAD_LAMPS });
    let down = 0;
    const tell = (): void => device.say(filled(Uint8Array.of(0, 0, 0, down)));
    const idle = systemClock.every(IDLE, tell);
    await device.plug();
    return {
      ...cableOf(device),
      keypad,
      finger(level, edge) {
        down = edge === "pressed" ? down | bitOf(level) : down & ~bitOf(level);
        tell();
      },
      face: faceOf(device),
      pass: passed,
      until,
      seesChangesAlone: true,
      longHold: LONG,
      tolerance: milliseconds(60),
      async release() {
        idle.cancel();
        await keypad.close();
        await device.release();
      },
    };
  });
}

function filled(report: Uint8Array): Uint8Array {
  const whole = new Uint8Array(VENDOR_BYTES);
  whole.set(report);
  return whole;
}
