// Real gpiomon, gpioget and gpioset on chips of the kernel's simulator.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createGpioButtons } from "../../../../hardware/drivers/gpio-buttons.ts";
import { createGpiodLines } from "../../../../hardware/links/gpiod-lines.ts";
import { systemTools, type Tools } from "../../../../hardware/links/tools.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { elapsed, milliseconds, monoMs } from "../../../../protocol/base/time.ts";
import { cableTests } from "./cable-tests.ts";
import { BUTTONS, DESK_LABEL, DeskChip, gpiodLines, LAMPS } from "./desk-chip.ts";
import { gpioContracts } from "./gpio-contracts.ts";
import { ownerTests } from "./owner-tests.ts";
import { passed, until } from "./time.ts";
import { withLines, wordsIn } from "./with-lines.ts";

gpioContracts("gpiomon on a kernel's chip", gpiodLines());

cableTests("gpiomon", async () => {
  const chip = new DeskChip();
  const lines = gpiodLines()(Object.values(BUTTONS), []);
  const panel = createGpioButtons({ lines, clock: systemClock, buttons: BUTTONS });
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

const BOUNCES = 20;

function bounce(chip: DeskChip, last: "pressed" | "released"): void {
  const other = last === "pressed" ? "released" : "pressed";
  for (let at = 0; at < BOUNCES; at += 1) {
    chip.finger(BUTTONS.call, last);
    chip.finger(BUTTONS.call, other);
  }
  chip.finger(BUTTONS.call, last);
}

test("a worn contact is settled by the kernel: one edge for twenty bounces", () =>
  withLines(gpiodLines(), async (chip, words) => {
    for (const edge of ["pressed", "released"] as const) {
      bounce(chip, edge);
      await passed(milliseconds(100));
    }
    expect(words).toEqual(["up", `${BUTTONS.call} pressed`, `${BUTTONS.call} released`]);
  }));

test("without the kernel's debouncing the bounces come through", () =>
  withLines(gpiodLines(0), async (chip, words) => {
    bounce(chip, "pressed");
    await until("pressed, and pressed again", () => words.length > 5);
  }));

test("the pull-up that was asked for holds a line that nobody touches", async () => {
  const chip = new DeskChip();
  chip.finger(BUTTONS.call, "pressed"); // gpio-sim's only pull is now down: the asked one must replace it.
  const wiring = { chip: DESK_LABEL, inputs: [BUTTONS.call], bias: "pull-up", debounceMs: 5 } as const;
  const lines = createGpiodLines({ wiring, pressedLevel: "low", clock: systemClock });
  const words: string[] = [];
  try {
    await lines.open(wordsIn(words));
    await until("up", () => words.length > 0);
    expect(words).toEqual(["up"]); // A level is told with it.
    const held = execFileSync("gpioinfo", ["-c", chip.chipName], { encoding: "utf8" }).split("\n");
    const line = held.find((text) => text.includes(`"${BUTTONS.call}"`));
    for (const word of ["input", "edges=both", "bias=pull-up", "debounce-period=5ms", "gpiomon"]) {
      expect(line).toContain(word);
    }
  } finally {
    await lines.close();
    chip.release();
  }
});

/** Ids of running tools of that name. */
function running(...names: readonly string[]): readonly number[] {
  const isOne = (id: string): boolean => {
    try {
      return names.includes(readFileSync(`/proc/${id}/comm`, "utf8").trim());
    } catch {
      return false;
    }
  };
  return readdirSync("/proc")
    .filter((id) => /^\d+$/u.test(id) && isOne(id))
    .map(Number);
}

test("gpiomon killed by somebody is started again", () =>
  withLines(gpiodLines(), async (chip, words) => {
    for (const id of running("gpiomon")) process.kill(id, "SIGKILL");
    await until("up again", () => words.filter((word) => word === "up").length === 2);
    chip.finger(BUTTONS.pause, "pressed");
    await until("pressed", () => words.includes(`${BUTTONS.pause} pressed`));
    expect(words).toEqual(["up", "down failed", "up", `${BUTTONS.pause} pressed`]);
    expect(running("gpiomon")).toHaveLength(1);
  }));

/** A hand that moves when the levels have been read, and gpiomon has not begun. */
const whenRead = (hand: () => void): Tools => ({
  ...systemTools,
  start(command, args, listener) {
    if (command === "gpiomon") hand();
    return systemTools.start(command, args, listener);
  },
});

test("a contact that closes after it was read and before it is watched is told once it shows itself", async () => {
  const chip = new DeskChip();
  const wiring = { chip: DESK_LABEL, inputs: Object.values(BUTTONS), bias: "disabled", debounceMs: 5 } as const;
  const hand = (): void => chip.finger(BUTTONS.call, "pressed");
  const lines = createGpiodLines({ wiring, pressedLevel: "low", clock: systemClock, tools: whenRead(hand) });
  const words: string[] = [];
  let upAt = monoMs(0);
  let pressedAt = monoMs(0);
  const listener = wordsIn(words);
  try {
    await lines.open({
      ...listener,
      onUp() {
        upAt = systemClock.mono();
        listener.onUp();
      },
      onEdge(line, edge) {
        if (edge.edge === "pressed") pressedAt = edge.at;
        listener.onEdge(line, edge);
      },
    });
    await until("up", () => words.includes("up"));
    await passed(milliseconds(700));
    expect(words).toEqual(["up"]);
    chip.finger(BUTTONS.call, "released");
    await until("released", () => words.includes(`${BUTTONS.call} released`));
    expect(words).toEqual(["up", `${BUTTONS.call} pressed`, `${BUTTONS.call} released`]);
    expect(Math.abs(elapsed(upAt, pressedAt)), "ms from up to the press").toBeLessThan(100);
  } finally {
    await lines.close();
    chip.release();
  }
});

ownerTests("gpiomon", {
  part: "gpiod",
  linesOf: gpiodLines(),
  orphans: () => running("gpiomon", "gpioset").length,
});

test("closed lines leave no gpiomon and no gpioset", async () => {
  const chip = new DeskChip();
  const lines = gpiodLines()(Object.values(BUTTONS), Object.values(LAMPS));
  const words: string[] = [];
  try {
    await lines.open(wordsIn(words));
    await until("up", () => words.includes("up"));
    lines.write(LAMPS.call, true);
    await until("lit", () => chip.isLit(LAMPS.call));
    expect(running("gpiomon", "gpioset")).toHaveLength(2);
    await lines.close();
    expect(running("gpiomon", "gpioset")).toEqual([]);
  } finally {
    await lines.close();
    chip.release();
  }
});
