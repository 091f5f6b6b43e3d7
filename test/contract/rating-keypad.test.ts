// Rating keypads on USB, on serial lines and on lines of a board, their bytes over emulated wires, keep the contract of
// a rating keypad.
import { type KeypadFrame, ONE_BYTE } from "../../hardware/codecs/keypad-frame.ts";
import { createGpioKeypad } from "../../hardware/drivers/gpio-keypad.ts";
import { createHidKeypad, DIGIT_USAGES, keyboardKeys, rawKeys } from "../../hardware/drivers/hid-keypad.ts";
import { createFirmataLines } from "../../hardware/links/firmata-lines.ts";
import { createGpiodLines } from "../../hardware/links/gpiod-lines.ts";
import { createOnoffLines } from "../../hardware/links/onoff-lines.ts";
import { createSerialKeypad, KEY_HELD } from "../../hardware/drivers/serial-keypad.ts";
import { assert } from "../../protocol/base/assert.ts";
import { type DurationMs, milliseconds, seconds } from "../../protocol/base/time.ts";
import type { Level } from "../../protocol/base/levels.ts";
import { FrameKeypad, KeyboardKeypad } from "../../simulator/wire/keypads.ts";
import { MemoryWire } from "../../simulator/wire/memory-wire.ts";
import { FakeLines } from "../support/fake-lines.ts";
import { firmataBench } from "../support/firmata-bench.ts";
import { VirtualClock } from "../support/virtual-clock.ts";
import { FakeGpiod } from "../unit/hardware/fake-gpiod.ts";
import { FakeSysfs } from "../unit/hardware/fake-sysfs.ts";
import { ratingKeypadContract, type RatingKeypadRig } from "./rating-keypad-contract.ts";

const FACES = ["dark", "asking", "thanks"] as const;
const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];
const LAMPS = { dark: Uint8Array.of(0, 0), asking: Uint8Array.of(0, 1), thanks: Uint8Array.of(0, 2) };

const timeOf = (clock: VirtualClock) => ({
  pass: (duration: DurationMs) => clock.advanceSettled(duration),
  until: async (what: string, holds: () => boolean) => {
    for (let step = 0; step < 250 && !holds(); step += 1) await clock.advanceSettled(milliseconds(20));
    assert(holds(), what);
  },
});

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
    ...timeOf(clock),
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

const bitOf = (level: Level): number => 1 << (level + 1);

ratingKeypadContract("USB, a bit for each key", async () => {
  const clock = new VirtualClock();
  const wire = new MemoryWire(clock);
  const keys = new Map(LEVELS.map((level) => [bitOf(level), level]));
  const keysIn = rawKeys({ reportId: null, offset: 3, form: "bits", keys });
  const keypad = createHidKeypad({ link: wire.hidLink(), clock, keysIn, lamps: LAMPS });
  let down = 0;
  const tell = (): void => wire.say(Uint8Array.of(0, 0, 0, down));
  return {
    ...around(clock, wire, keypad),
    finger(level, edge) {
      down = edge === "pressed" ? down | bitOf(level) : down & ~bitOf(level);
      tell();
    },
    plug: async () => {
      wire.plug();
      tell();
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

ratingKeypadContract("five buttons, gpiomon", async () => {
  const clock = new VirtualClock();
  const inputs = LEVELS.map((level) => `rate-${level}`);
  const chip = new FakeGpiod(inputs);
  const wiring = { chip: "test-chip", inputs, bias: "pull-up", debounceMs: 5 } as const;
  const lines = createGpiodLines({ wiring, pressedLevel: "low", clock, tools: chip });
  const keys = new Map(LEVELS.map((level) => [`rate-${level}`, level]));
  const keypad = createGpioKeypad({ lines, keys, lamps: { asking: "ask", thanks: "thank" } });
  const isLit = (line: string): boolean => chip.outputs.get(line) === true;
  return {
    ...timeOf(clock),
    keypad,
    finger: (level, edge) => chip.level(`rate-${level}`, edge === "released"),
    face: () => (isLit("ask") ? "asking" : isLit("thank") ? "thanks" : "dark"),
    unplug: async () => {
      chip.unplug();
      chip.outputs.clear();
    },
    plug: async () => void (chip.plugged = true),
    release: async () => {
      await keypad.close();
      await clock.advanceSettled(seconds(1));
      assert(clock.pending === 0 && chip.running.size === 0, "a closed keypad leaves no timer and no tool");
    },
    tolerance: milliseconds(6),
  };
});

ratingKeypadContract("five buttons, onoff", async () => {
  const clock = new VirtualClock();
  const chip = new FakeSysfs({ base: 571, lines: 54 });
  const keys = new Map(LEVELS.map((level) => [String(level), level]));
  const wiring = { chip: "pinctrl-test", inputs: [...keys.keys()], outputs: ["22", "23"] };
  const lines = createOnoffLines({ wiring, pressedLevel: "low", clock, sysfs: chip });
  const keypad = createGpioKeypad({ lines, keys, lamps: { asking: "22", thanks: "23" } });
  const isLit = (line: number): boolean => chip.taken.has(571 + line) && chip.level(line) === 1;
  return {
    ...timeOf(clock),
    keypad,
    finger: (level, edge) => chip.set(level, edge === "pressed" ? 0 : 1),
    face: () => (isLit(22) ? "asking" : isLit(23) ? "thanks" : "dark"),
    unplug: async () => chip.unplug(),
    plug: async () => chip.plug(),
    release: async () => {
      await keypad.close();
      await clock.advanceSettled(seconds(1));
      assert(clock.pending === 0 && chip.taken.size === 0, "a closed keypad gives its lines back");
      chip.remove();
    },
    tolerance: milliseconds(6),
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
    ...timeOf(clock),
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
