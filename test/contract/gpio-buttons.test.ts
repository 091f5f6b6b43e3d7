// Buttons, lamps and beeper over libgpiod's tools, over onoff and over an Arduino keep the contract of a button panel.
import { createGpioButtons } from "../../hardware/drivers/gpio-buttons.ts";
import { createFirmataLines } from "../../hardware/links/firmata-lines.ts";
import { createGpiodLines } from "../../hardware/links/gpiod-lines.ts";
import { createOnoffLines } from "../../hardware/links/onoff-lines.ts";
import type { ButtonLampState, ButtonName } from "../../hardware/ports/button-panel.ts";
import type { GpioLines } from "../../hardware/ports/gpio-lines.ts";
import { assert } from "../../protocol/base/assert.ts";
import { elapsed, milliseconds, type MonoMs, monoMs, seconds } from "../../protocol/base/time.ts";
import { firmataBench } from "../support/firmata-bench.ts";
import { VirtualClock } from "../support/virtual-clock.ts";
import { FakeGpiod } from "../unit/hardware/fake-gpiod.ts";
import { FakeSysfs } from "../unit/hardware/fake-sysfs.ts";
import { buttonPanelContract, type ButtonPanelRig } from "./button-panel-contract.ts";

/** Sounds closer together are one pattern. */
const PATTERN_GAP = milliseconds(300);

/** A board with two buttons, their lamps and a beeper. */
interface WiredBoard {
  readonly clock: VirtualClock;
  readonly lines: GpioLines;
  readonly buttons: Readonly<Record<ButtonName, string>>;
  readonly lamps: Readonly<Record<ButtonName, string>>;
  readonly beeper: string;
  finger(line: string, edge: "pressed" | "released"): void;
  isLit(line: string): boolean;
  unplug(): void;
  plug(): void;
  assertNothingLeft(): void;
}

/** Counts patterns of a beeper that is told of every change. */
class Ear {
  beeps = 0;
  readonly #clock: VirtualClock;
  #silentSince: MonoMs = monoMs(-1000);
  #sounding = false;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  hear(sounds: boolean): void {
    if (sounds === this.#sounding) return;
    if (sounds && elapsed(this.#silentSince, this.#clock.mono()) >= PATTERN_GAP) this.beeps += 1;
    if (!sounds) this.#silentSince = this.#clock.mono();
    this.#sounding = sounds;
  }
}

function rigOf(wired: WiredBoard, ear: Ear): ButtonPanelRig {
  const { clock, buttons, lamps, beeper } = wired;
  const changes = new Map<string, MonoMs>();
  const write = (line: string, lit: boolean): void => {
    changes.set(line, clock.mono());
    wired.lines.write(line, lit);
  };
  const panel = createGpioButtons({ lines: { ...wired.lines, write }, clock, buttons, lamps, beeper });
  /** A lamp that is switched while nobody orders anything blinks. */
  const lampOf = (button: ButtonName): ButtonLampState => {
    const line = lamps[button];
    const before = changes.get(line);
    clock.advance(milliseconds(300));
    return before !== changes.get(line) ? "blink" : wired.isLit(line) ? "on" : "off";
  };
  return {
    panel,
    tolerance: milliseconds(6),
    finger: (button, edge) => wired.finger(buttons[button], edge),
    unplug: async () => {
      wired.unplug();
      await clock.settle();
    },
    plug: async () => wired.plug(),
    pass: (duration) => clock.advanceSettled(duration),
    async until(what, holds) {
      for (let tries = 0; tries < 100 && !holds(); tries += 1) await clock.advanceSettled(milliseconds(100));
      assert(holds(), what);
    },
    lampOf,
    beeps: () => ear.beeps,
    async release() {
      await panel.close();
      await clock.advanceSettled(seconds(1));
      wired.assertNothingLeft();
      assert(clock.pending === 0, "a closed panel leaves no timer");
    },
  };
}

for (const pressedLevel of ["low", "high"] as const) {
  buttonPanelContract(`gpiomon, pressed is ${pressedLevel}`, async () => {
    const clock = new VirtualClock();
    const buttons = { call: "call-button", pause: "pause-button" };
    const inputs = Object.values(buttons);
    const chip = new FakeGpiod(inputs);
    const ear = new Ear(clock);
    chip.onOutput = (line, lit) => {
      if (line === "beeper") ear.hear(lit);
    };
    const isHigh = (edge: "pressed" | "released"): boolean => (edge === "pressed") === (pressedLevel === "high");
    for (const line of inputs) chip.level(line, isHigh("released"));
    const wiring = { chip: "test-chip", inputs, bias: "pull-up", debounceMs: 5 } as const;
    const wired: WiredBoard = {
      clock,
      lines: createGpiodLines({ wiring, pressedLevel, clock, tools: chip }),
      buttons,
      lamps: { call: "call-lamp", pause: "pause-lamp" },
      beeper: "beeper",
      finger: (line, edge) => chip.level(line, isHigh(edge)),
      isLit: (line) => chip.outputs.get(line) === true,
      unplug: () => chip.unplug(),
      plug: () => void (chip.plugged = true),
      assertNothingLeft: () => assert(chip.running.size === 0, "a closed panel leaves no tool"),
    };
    return rigOf(wired, ear);
  });
}

buttonPanelContract("onoff", async () => {
  const clock = new VirtualClock();
  const sysfs = new FakeSysfs({ base: 571, lines: 54 });
  const ear = new Ear(clock);
  sysfs.onOutput = (offset, level) => {
    if (offset === 24) ear.hear(level === 1);
  };
  const buttons = { call: "17", pause: "27" };
  const outputs = ["22", "23", "24"];
  const wiring = { chip: "pinctrl-test", inputs: Object.values(buttons), outputs };
  const wired: WiredBoard = {
    clock,
    lines: createOnoffLines({ wiring, pressedLevel: "low", clock, sysfs }),
    buttons,
    lamps: { call: "22", pause: "23" },
    beeper: "24",
    finger: (line, edge) => sysfs.set(Number(line), edge === "pressed" ? 0 : 1),
    isLit: (line) => sysfs.taken.has(571 + Number(line)) && sysfs.level(Number(line)) === 1,
    unplug: () => sysfs.unplug(),
    plug: () => sysfs.plug(),
    assertNothingLeft() {
      assert(sysfs.taken.size === 0, "a closed panel gives its lines back");
      sysfs.remove();
    },
  };
  return rigOf(wired, ear);
});

buttonPanelContract("Arduino", async () => {
  const ears: Ear[] = [];
  const bench = firmataBench({ onOutput: (pin, isHigh) => (pin === 8 ? ears[0]?.hear(isHigh) : undefined) });
  const { clock, sketch, board } = bench;
  const ear = new Ear(clock);
  ears.push(ear);
  const buttons = { call: "D2", pause: "D3" };
  const pinOf = (line: string): number => Number(line.slice(1));
  const inputs = Object.values(buttons);
  const wired: WiredBoard = {
    clock,
    lines: createFirmataLines({ board, inputs, bias: "pull-up", pressedLevel: "low", clock }),
    buttons,
    lamps: { call: "D4", pause: "D5" },
    beeper: "D8",
    finger: (line, edge) => sketch.contact(pinOf(line), edge === "pressed" ? "low" : null),
    isLit: (line) => sketch.isLit(pinOf(line)),
    unplug: () => bench.unplug(),
    plug: () => bench.plug(),
    assertNothingLeft: () => sketch.cutPower(),
  };
  return rigOf(wired, ear);
});
