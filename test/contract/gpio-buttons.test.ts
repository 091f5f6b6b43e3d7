// Buttons, lamps and beeper over libgpiod's tools keep the contract of a button panel.
import { createGpioButtons } from "../../hardware/drivers/gpio-buttons.ts";
import { createGpiodLines } from "../../hardware/links/gpiod-lines.ts";
import type { ButtonLampState, ButtonName } from "../../hardware/ports/button-panel.ts";
import { assert } from "../../protocol/base/assert.ts";
import { elapsed, milliseconds, type MonoMs, monoMs, seconds } from "../../protocol/base/time.ts";
import { VirtualClock } from "../support/virtual-clock.ts";
import { FakeGpiod } from "../unit/hardware/fake-gpiod.ts";
import { buttonPanelContract } from "./button-panel-contract.ts";

const BUTTONS = { call: "call-button", pause: "pause-button" };
const LAMPS = { call: "call-lamp", pause: "pause-lamp" };
/** Sounds closer together are one pattern. */
const PATTERN_GAP = milliseconds(300);

for (const pressedLevel of ["low", "high"] as const) {
  buttonPanelContract(`gpiomon, pressed is ${pressedLevel}`, async () => {
    const clock = new VirtualClock();
    const chip = new FakeGpiod(Object.values(BUTTONS));
    const isHigh = (edge: "pressed" | "released"): boolean => (edge === "pressed") === (pressedLevel === "high");
    for (const line of Object.values(BUTTONS)) chip.level(line, isHigh("released"));
    const changes = new Map<string, MonoMs>();
    let beeps = 0;
    let silentSince = monoMs(-1000);
    let sounding = false;
    chip.onOutput = (line, lit) => {
      if (line !== "beeper" || lit === sounding) return;
      if (lit && elapsed(silentSince, clock.mono()) >= PATTERN_GAP) beeps += 1;
      if (!lit) silentSince = clock.mono();
      sounding = lit;
    };
    const wiring = { chip: "test-chip", inputs: Object.values(BUTTONS), bias: "pull-up", debounceMs: 5 } as const;
    const gpiod = createGpiodLines({ wiring, pressedLevel, clock, tools: chip });
    const write = (line: string, lit: boolean): void => {
      changes.set(line, clock.mono());
      gpiod.write(line, lit);
    };
    const lines = { ...gpiod, write };
    const panel = createGpioButtons({ lines, clock, buttons: BUTTONS, lamps: LAMPS, beeper: "beeper" });
    /** A lamp that is switched while nobody orders anything blinks. */
    const lampOf = (button: ButtonName): ButtonLampState => {
      const line = LAMPS[button];
      const before = changes.get(line);
      clock.advance(milliseconds(300));
      return before !== changes.get(line) ? "blink" : chip.outputs.get(line) === true ? "on" : "off";
    };
    return {
      panel,
      tolerance: milliseconds(6),
      finger: (button, edge) => chip.level(BUTTONS[button], isHigh(edge)),
      unplug: async () => {
        chip.unplug();
        await clock.settle();
      },
      plug: async () => void (chip.plugged = true),
      pass: (duration) => clock.advanceSettled(duration),
      async until(what, holds) {
        for (let tries = 0; tries < 100 && !holds(); tries += 1) await clock.advanceSettled(milliseconds(100));
        assert(holds(), what);
      },
      lampOf,
      beeps: () => beeps,
      async release() {
        await panel.close();
        await clock.advanceSettled(seconds(1));
        assert(clock.pending === 0 && chip.running.size === 0, "a closed panel leaves no timer and no tool");
      },
    };
  });
}
