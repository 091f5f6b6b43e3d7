// Rating keypads on USB and on serial lines, their bytes over emulated wires, keep the contract of a rating keypad.
import { type KeypadFrame, ONE_BYTE } from "../../hardware/codecs/keypad-frame.ts";
import { createGpioKeypad } from "../../hardware/drivers/gpio-keypad.ts";
import { createHidKeypad, DIGIT_USAGES, keyboardKeys } from "../../hardware/drivers/hid-keypad.ts";
import { createFirmataLines } from "../../hardware/links/firmata-lines.ts";
import { createSerialKeypad, KEY_HELD } from "../../hardware/drivers/serial-keypad.ts";
import { assert } from "../../protocol/base/assert.ts";
import { type DurationMs, milliseconds } from "../../protocol/base/time.ts";
import type { Level } from "../../protocol/base/levels.ts";
import { FrameKeypad, KeyboardKeypad } from "../../simulator/wire/keypads.ts";
import { MemoryWire } from "../../simulator/wire/memory-wire.ts";
import { FakeLines } from "../support/fake-lines.ts";
import { firmataBench } from "../support/firmata-bench.ts";
import { VirtualClock } from "../support/virtual-clock.ts";
import { ratingKeypadContract, type RatingKeypadRig } from "./rating-keypad-contract.ts";

const FACES = ["dark", "asking", "thanks"] as const;
const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];
const LAMPS = { dark: Uint8Array.of(0, 0), asking: Uint8Array.of(0, 1), thanks: Uint8Array.of(0, 2) };

function around(clock: VirtualClock, wire: MemoryWire, keypad: RatingKeypadRig["keypad"]) {
  let lamps = 0;
  wire.onHeard = (report) => (lamps = report[1] ?? 0);
  return {
    keypad,
    face: () => FACES[lamps] ?? "dark",
    unplug: async () => {
      lamps = 0;
      wire.unplug();
    },
    pass: (duration: DurationMs) => clock.advanceSettled(duration),
    until: async (what: string, holds: () => boolean) => {
      for (let step = 0; step < 50 && !holds(); step += 1) await clock.advanceSettled(milliseconds(20));
      assert(holds(), what);
    },
  };
}

ratingKeypadContract("USB keyboard", async () => {
  const clock = new VirtualClock();
  const wire = new MemoryWire(clock);
  const device = new KeyboardKeypad((report) => wire.say(report));
  const keysIn = keyboardKeys(DIGIT_USAGES);
  const keypad = createHidKeypad({ link: wire.hidLink(), clock, keysIn, lamps: LAMPS });
  return {
    ...around(clock, wire, keypad),
    finger: (level, edge) => (edge === "pressed" ? device.press(level) : device.lift(level)),
    plug: async () => {
      wire.plug();
      device.tell();
    },
    release: async () => {
      await keypad.close();
      await clock.advanceSettled(milliseconds(10));
      assert(clock.pending === 0, "a closed keypad leaves no timer");
    },
    seesChangesAlone: true,
    tolerance: milliseconds(12),
  };
});

ratingKeypadContract("five buttons", async () => {
  const clock = new VirtualClock();
  const lines = new FakeLines(clock);
  const keys = new Map(LEVELS.map((level) => [`rate-${level}`, level]));
  const keypad = createGpioKeypad({ lines, keys, lamps: { asking: "ask", thanks: "thank" } });
  const isLit = (line: string): boolean => lines.lit.get(line) === true;
  return {
    keypad,
    finger: (level, edge) => lines.move(`rate-${level}`, edge),
    face: () => (isLit("ask") ? "asking" : isLit("thank") ? "thanks" : "dark"),
    unplug: async () => lines.unplug(),
    plug: async () => lines.plug(),
    pass: (duration) => clock.advanceSettled(duration),
    until: async (what, holds) => assert(holds(), what),
    release: () => keypad.close(),
    tolerance: milliseconds(0),
  };
});

ratingKeypadContract("five buttons on an Arduino", async () => {
  const { clock, sketch, board, unplug, plug } = firmataBench();
  const keys = new Map(LEVELS.map((level) => [`D${level + 1}`, level]));
  const inputs = [...keys.keys()];
  const lines = createFirmataLines({ board, inputs, bias: "pull-up", pressedLevel: "low", clock });
  const keypad = createGpioKeypad({ lines, keys, lamps: { asking: "D12", thanks: "D13" } });
  return {
    keypad,
    finger: (level, edge) => sketch.contact(level + 1, edge === "pressed" ? "low" : null),
    face: () => (sketch.isLit(12) ? "asking" : sketch.isLit(13) ? "thanks" : "dark"),
    unplug: async () => unplug(),
    plug: async () => plug(),
    pass: (duration) => clock.advanceSettled(duration),
    until: async (what, holds) => {
      for (let step = 0; step < 50 && !holds(); step += 1) await clock.advanceSettled(milliseconds(20));
      assert(holds(), what);
    },
    release: async () => {
      await keypad.close();
      sketch.cutPower();
      await clock.advanceSettled(milliseconds(10));
      assert(clock.pending === 0, "a closed keypad leaves no timer");
    },
    tolerance: milliseconds(0),
  };
});

const FRAMED: KeypadFrame = {
  header: [0xaa, 0x55],
  length: { kind: "field", at: 2, plus: 0 },
  keyAt: 3,
  checksum: { kind: "xor", from: 0 },
};

for (const [name, frame] of [
  ["one byte a key", ONE_BYTE],
  ["framed", FRAMED],
] as const) {
  ratingKeypadContract(`serial, ${name}`, async () => {
    const clock = new VirtualClock();
    const wire = new MemoryWire(clock);
    const keys = new Map(LEVELS.map((level) => [0x30 + level, level]));
    const codes = new Map(LEVELS.map((level) => [level, 0x30 + level]));
    const device = new FrameKeypad({ clock, frame, codes, say: (bytes) => wire.say(bytes) });
    const keypad = createSerialKeypad({ link: wire.byteLink(), clock, frame, keys, lamps: LAMPS });
    return {
      ...around(clock, wire, keypad),
      finger: (level, edge) => (edge === "pressed" ? device.press(level) : device.lift(level)),
      plug: async () => wire.plug(),
      release: async () => {
        await keypad.close();
        device.release();
        await clock.advanceSettled(milliseconds(10));
        assert(clock.pending === 0, "a closed keypad leaves no timer");
      },
      tolerance: KEY_HELD,
    };
  });
}
