import {
  createAbsentRatingKeypad,
  createGpioKeypad,
  createHidKeypad,
  createHidLink,
  createSerialKeypad,
  DIGIT_USAGES,
  type HidLink,
  keyboardKeys,
  type KeypadLamps,
  ONE_BYTE,
  type RatingKeypad,
  rawKeys,
} from "../../hardware/index.ts";
import { type Level, unreachable } from "../../protocol/index.ts";
import { type DeviceWorld, pickLine } from "./pick-line.ts";
import { pickLines, type WiredWorld } from "./pick-lines.ts";
import type { RatingKeypadConfig } from "./rating-keypad-config.ts";

type UsbConfig = Extract<RatingKeypadConfig, { driver: "usb-keyboard" | "usb-reports" }>;

export function pickRatingKeypad(config: RatingKeypadConfig, world: WiredWorld): RatingKeypad {
  const { clock } = world;
  switch (config.driver) {
    case "usb-keyboard": {
      const keysIn = keyboardKeys(config.keys === undefined ? DIGIT_USAGES : levelsOf(config.keys));
      return createHidKeypad({ link: usbLink(config, world), clock, keysIn, lamps: lampsOf(config.lamps) });
    }
    case "usb-reports": {
      const { reportId, offset, form } = config;
      const keysIn = rawKeys({ reportId, offset, form, keys: levelsOf(config.keys) });
      return createHidKeypad({ link: usbLink(config, world), clock, keysIn, lamps: lampsOf(config.lamps) });
    }
    case "serial": {
      const { path, baudRate, frame = ONE_BYTE } = config;
      const link = pickLine({ path, baudRate }, world);
      return createSerialKeypad({ link, clock, frame, keys: levelsOf(config.keys), lamps: lampsOf(config.lamps) });
    }
    case "gpiomon":
    case "onoff":
    case "firmata": {
      const { keys, lamps } = config;
      const outputs = [lamps?.asking, lamps?.thanks].filter((line) => line !== undefined);
      const lines = pickLines(config, { inputs: keys, outputs }, world);
      return createGpioKeypad({ lines, keys: levelsOf(keys), lamps });
    }
    case "absent":
      return createAbsentRatingKeypad();
    default:
      return unreachable(config);
  }
}

const usbLink = ({ through, ...match }: UsbConfig, world: DeviceWorld): HidLink =>
  createHidLink({ match, driver: through, ...world });

const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];
const levelsOf = <Key>(keys: readonly Key[]): ReadonlyMap<Key, Level> =>
  new Map(keys.flatMap((key, at) => LEVELS.slice(at, at + 1).map((level) => [key, level])));

type LampsConfig = Extract<RatingKeypadConfig, { driver: "serial" | "usb-keyboard" | "usb-reports" }>["lamps"];

const lampsOf = (lamps: LampsConfig): KeypadLamps | undefined =>
  lamps && {
    dark: Uint8Array.from(lamps.dark),
    asking: Uint8Array.from(lamps.asking),
    thanks: Uint8Array.from(lamps.thanks),
  };
