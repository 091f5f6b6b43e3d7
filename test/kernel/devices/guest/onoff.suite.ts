// Real onoff in the kernel's sysfs, on a chip of the kernel's simulator whose base is wherever the kernel put it.
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { createGpioButtons } from "../../../../hardware/drivers/gpio-buttons.ts";
import { SYSFS_GPIO, sysfsChip } from "../../../../hardware/links/sysfs-chip.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { cableTests } from "./cable-tests.ts";
import { BEEPER, BUTTONS, DESK_LABEL, DeskChip, LAMPS, onoffLines, OTHER_LABELS } from "./desk-chip.ts";
import { gpioContracts } from "./gpio-contracts.ts";
import { ownerTests } from "./owner-tests.ts";
import { until } from "./time.ts";
import { withLines, wordsIn } from "./with-lines.ts";

gpioContracts("onoff on a kernel's chip", onoffLines);

cableTests("onoff", async () => {
  const chip = new DeskChip();
  const panel = createGpioButtons({
    lines: onoffLines(Object.values(BUTTONS), []),
    clock: systemClock,
    buttons: BUTTONS,
  });
  return {
    open: (onHealth) => panel.open({ onHealth, onEdge: () => {} }),
    unplug: async () => chip.unplug(),
    plug: async () => chip.plug(),
    async release() {
      await panel.close();
      chip.release();
    },
  };
});

ownerTests("onoff", { part: "onoff", linesOf: onoffLines, orphans: () => 0 });

/** The numbers of lines that are taken in sysfs, by anybody. */
const taken = (): readonly number[] =>
  readdirSync(SYSFS_GPIO)
    .filter((entry) => /^gpio\d+$/u.test(entry))
    .map((entry) => Number(entry.slice("gpio".length)))
    .toSorted((a, b) => a - b);

test("onoff: lines are taken by the numbers of their own chip, and every one is given back", async () => {
  const chip = new DeskChip();
  const lines = onoffLines(Object.values(BUTTONS), [...Object.values(LAMPS), BEEPER]);
  const words: string[] = [];
  try {
    await lines.open(wordsIn(words));
    await until("up", () => words.includes("up"));
    const base = sysfsChip(DESK_LABEL)?.base ?? expect.unreachable("the chip is in sysfs");
    const [first, last] = OTHER_LABELS.map((label) => Number(sysfsChip(label)?.base));
    expect(first).toBeGreaterThan(base);
    expect(last).toBeLessThan(base);
    expect(taken()).toEqual([1, 2, 3, 4, 5].map((offset) => base + offset));
    await lines.close();
    expect(taken()).toEqual([]);
  } finally {
    await lines.close();
    chip.release();
  }
});

// onoff reads in a native callback, where an exception would end the process.
test("onoff: an edge whose chip is gone before it is read is a loss, and healed", () =>
  withLines(onoffLines, async (chip, words) => {
    chip.finger(BUTTONS.call, "pressed");
    chip.unplug();
    await until("down", () => words.length > 1);
    chip.plug();
    await until("pressed", () => words.includes(`${BUTTONS.call} pressed`));
    expect(words).toEqual(["up", "down unplugged", "up", `${BUTTONS.call} pressed`]);
  }));
