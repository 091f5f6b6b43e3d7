// Lines over libgpiod's tools, in sysfs and over an Arduino keep the contract of lines of a board. The same suite takes
// a rig over a kernel's own chip: gpio-lines-contract.ts.
import { createFirmataLines } from "../../hardware/links/firmata-lines.ts";
import { createOnoffLines } from "../../hardware/links/onoff-lines.ts";
import { createGpiodLines } from "../../hardware/links/gpiod-lines.ts";
import { assert } from "../../protocol/base/assert.ts";
import { type DurationMs, milliseconds, seconds } from "../../protocol/base/time.ts";
import { firmataBench, firmataPackages } from "../support/firmata-bench.ts";
import { VirtualClock } from "../support/virtual-clock.ts";
import { FakeGpiod } from "../unit/hardware/fake-gpiod.ts";
import { FakeSysfs } from "../unit/hardware/fake-sysfs.ts";
import { gpioLinesContract } from "./gpio-lines-contract.ts";

const timeOf = (clock: VirtualClock) => ({
  pass: (duration: DurationMs) => clock.advanceSettled(duration),
  async until(what: string, holds: () => boolean) {
    for (let tries = 0; tries < 200 && !holds(); tries += 1) await clock.advanceSettled(milliseconds(50));
    assert(holds(), what);
  },
});

gpioLinesContract("libgpiod's tools", async () => {
  const clock = new VirtualClock();
  const inputs = ["call", "pause"] as const;
  const chip = new FakeGpiod(inputs);
  const wiring = { chip: "test-chip", inputs, bias: "pull-up", debounceMs: 5 } as const;
  const lines = createGpiodLines({ wiring, pressedLevel: "low", clock, tools: chip });
  return {
    ...timeOf(clock),
    lines,
    inputs,
    outputs: ["lamp-1", "lamp-2"],
    finger: (line, edge) => chip.level(line, edge === "released"),
    isLit: (line) => chip.outputs.get(line) === true,
    unplug: async () => {
      chip.unplug();
      chip.outputs.clear();
    },
    plug: async () => void (chip.plugged = true),
    async release() {
      await lines.close();
      await clock.advanceSettled(seconds(1));
      assert(clock.pending === 0 && chip.running.size === 0, "closed lines leave no timer and no tool");
    },
  };
});

for (const [bias, pressedLevel, open] of [
  ["pull-up", "low", null],
  ["disabled", "high", "low"],
] as const) {
  gpioLinesContract(`Arduino, pressed is ${pressedLevel}`, async () => {
    const { clock, sketch, board, unplug, plug } = firmataBench();
    // On one port with the lamps: they are written together.
    const [inputs, outputs] = [["D2", "4"] as const, ["D3", "5"] as const];
    const pins = new Map([...inputs, ...outputs].map((line) => [line as string, Number(line.replace("D", ""))]));
    const pinOf = (line: string): number => pins.get(line) ?? 0;
    for (const line of inputs) sketch.contact(pinOf(line), open);
    const lines = createFirmataLines({ board, inputs, bias, pressedLevel, clock });
    return {
      ...timeOf(clock),
      lines,
      inputs,
      outputs,
      finger: (line, edge) => sketch.contact(pinOf(line), edge === "pressed" ? pressedLevel : open),
      isLit: (line) => sketch.isLit(pinOf(line)),
      unplug: async () => unplug(),
      plug: async () => plug(),
      async release() {
        assert(bias === "pull-up" || !inputs.some((line) => sketch.isPulledUp(pinOf(line))), "no contact is pulled up");
        await lines.close();
        sketch.cutPower();
        await clock.advanceSettled(seconds(1));
        assert(clock.pending === 0, "closed lines leave no timer");
        assert(firmataPackages.Board.cache.length === 0, "the package keeps no board");
      },
    };
  });
}

gpioLinesContract("onoff", async () => {
  const clock = new VirtualClock();
  const chip = new FakeSysfs({ base: 512, lines: 54 });
  const offsets = new Map([
    ["GPIO17", 17],
    ["GPIO5", 5],
  ]);
  const inputs = ["GPIO17", "27"] as const;
  const outputs = ["GPIO5", "6"] as const;
  const offsetOf = (line: string): number => offsets.get(line) ?? Number(line);
  const wiring = { chip: "pinctrl-test", inputs, outputs, offsets };
  const lines = createOnoffLines({ wiring, pressedLevel: "low", clock, sysfs: chip });
  return {
    ...timeOf(clock),
    lines,
    inputs,
    outputs,
    finger: (line, edge) => chip.set(offsetOf(line), edge === "pressed" ? 0 : 1),
    isLit: (line) => chip.taken.has(512 + offsetOf(line)) && chip.level(offsetOf(line)) === 1,
    unplug: async () => chip.unplug(),
    plug: async () => chip.plug(),
    async release() {
      await lines.close();
      await clock.advanceSettled(seconds(1));
      assert(clock.pending === 0 && chip.taken.size === 0, "closed lines leave no timer, and give their lines back");
      chip.remove();
    },
  };
});
