import { ONE_BYTE } from "../../hardware/index.ts";
import { bilingual, type DurationMs, Level, milliseconds, type Timer } from "../../protocol/index.ts";
import { FirmataSketch } from "../wire/firmata-sketch.ts";
import { FrameKeypad } from "../wire/keypads.ts";
import type { EmulatedDevice, Emulator, EmulatorWorld } from "./emulator.ts";

/** How long a finger rests on a key. */
const HELD = milliseconds(120);
const HELD_MAX_MS = 60_000;

const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];
/** Key 1 sends "1", and so on. */
const ASCII_DIGITS: ReadonlyMap<Level, number> = new Map(LEVELS.map((level) => [level, 0x30 + level]));

const hexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString("hex")
    .replaceAll(/(..)(?=.)/gu, "$1 ");

function keypad({ clock, say, tell, sights }: EmulatorWorld): Emulator {
  const keys = new FrameKeypad({ clock, say, frame: ONE_BYTE, codes: ASCII_DIGITS });
  return {
    hear(bytes) {
      sights?.onLamps?.(bytes);
      tell(bilingual(`按键灯 ${hexOf(bytes)}`, `lamps ${hexOf(bytes)}`));
    },
    act([word, digit]) {
      const level = Level.safeParse(Number(digit));
      if (word !== "key" || !level.success) return false;
      keys.press(level.data);
      clock.after(HELD, () => keys.lift(level.data));
      return true;
    },
    boot() {},
    cutPower: () => keys.release(),
  };
}

/** D7 or 7, A0: the pin's number on an Uno. */
function pinIn(name: string): number | null {
  const [, letter, digits] = /^([DA]?)(\d{1,2})$/iu.exec(name) ?? [];
  if (digits === undefined) return null;
  const pin = Number(digits) + (letter?.toUpperCase() === "A" ? 14 : 0);
  return pin >= 2 && pin < 20 ? pin : null;
}

/** Nothing; so many milliseconds; or null for neither. */
function heldIn(word: string | undefined): DurationMs | null {
  if (word === undefined) return HELD;
  const ms = Number(word);
  return /^\d+$/u.test(word) && ms >= 1 && ms <= HELD_MAX_MS ? milliseconds(ms) : null;
}

function firmata({ clock, say, tell, sights }: EmulatorWorld): Emulator {
  const onOutput = (pin: number, isHigh: boolean): void => {
    sights?.onPin?.(pin, isHigh);
    tell(bilingual(`D${pin} ${isHigh ? "亮" : "灭"}`, `D${pin} ${isHigh ? "on" : "off"}`));
  };
  const sketch = new FirmataSketch({ clock, say, onOutput });
  const fingers = new Map<number, Timer>();
  const lift = (pin: number): void => {
    fingers.get(pin)?.cancel();
    fingers.delete(pin);
    sketch.contact(pin, null);
  };
  return {
    hear: (bytes) => sketch.hear(bytes),
    act([word, name = "", howLong]) {
      const pin = pinIn(name);
      const held = heldIn(howLong);
      if (pin === null || held === null) return false;
      if (word === "release") {
        lift(pin);
        return true;
      }
      if (word !== "press" && word !== "hold") return false;
      sketch.contact(pin, "low");
      if (word === "press")
        fingers.set(
          pin,
          clock.after(held, () => lift(pin)),
        );
      return true;
    },
    boot: () => sketch.boot(),
    cutPower() {
      for (const pin of fingers.keys()) lift(pin);
      sketch.cutPower();
    },
  };
}

export const KEYS = {
  keypad: {
    summary: bilingual("评价器，串口，一键一字节 1 到 5", "rating keypad, serial, one byte a key, 1 to 5"),
    commands: ["key N     按评价键 1（非常不满意）到 5 · presses a key, 1 (very dissatisfied) to 5"],
    configuration: "ratingKeypad: { driver: serial, path: PATH }",
    make: keypad,
  },
  firmata: {
    summary: bilingual("Arduino（StandardFirmata），按键与灯", "Arduino with StandardFirmata: buttons and lamps"),
    commands: [
      "press PIN [MS]   接通再断开 · closes and opens a contact: press D2 1700",
      "hold PIN         接通不放 · closes it",
      "release PIN      断开 · opens it",
    ],
    configuration:
      "buttons: { driver: firmata, line: { path: PATH }, buttons: { call: D2, pause: D3 }, " +
      "lamps: { call: D4, pause: D5 }, beeper: D8 }",
    make: firmata,
  },
} satisfies Readonly<Record<string, EmulatedDevice>>;
