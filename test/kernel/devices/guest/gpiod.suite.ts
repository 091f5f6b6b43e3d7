// Real gpiomon, gpioget and gpioset on chips of the kernel's simulator.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createGpioButtons } from "../../../../hardware/drivers/gpio-buttons.ts";
import { createGpiodLines } from "../../../../hardware/links/gpiod-lines.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { milliseconds } from "../../../../protocol/base/time.ts";
import { cableTests } from "./cable-tests.ts";
import { BEEPER, BUTTONS, DESK_LABEL, DeskChip, gpiodLines, LAMPS } from "./desk-chip.ts";
import { gpioContracts } from "./gpio-contracts.ts";
import { passed, until } from "./time.ts";

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

/** Opens lines with the chip there, and hands their words to `use`. */
async function withLines(make: typeof gpiodLines, use: (chip: DeskChip, words: string[]) => Promise<void>, ms = 5) {
  const chip = new DeskChip();
  const lines = make(ms)(Object.values(BUTTONS), []);
  const words: string[] = [];
  try {
    await lines.open({
      onUp: () => void words.push("up"),
      onDown: (fault) => void words.push(`down ${fault}`),
      onEdge: (line, { edge }) => void words.push(`${line} ${edge}`),
    });
    await until("gpiomon watches", () => words.length > 0 && running("gpiomon").length === 1);
    await passed(milliseconds(300));
    await use(chip, words);
  } finally {
    await lines.close();
    chip.release();
  }
}

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
  withLines(gpiodLines, async (chip, words) => {
    for (const edge of ["pressed", "released"] as const) {
      bounce(chip, edge);
      await passed(milliseconds(100));
    }
    expect(words).toEqual(["up", `${BUTTONS.call} pressed`, `${BUTTONS.call} released`]);
  }));

test("without the kernel's debouncing the bounces come through", () =>
  withLines(
    gpiodLines,
    async (chip, words) => {
      bounce(chip, "pressed");
      await passed(milliseconds(100));
      expect(words.length).toBeGreaterThan(5);
    },
    0,
  ));

test("the pull-up that was asked for holds a line that nobody touches", async () => {
  const chip = new DeskChip();
  chip.finger(BUTTONS.call, "pressed"); // gpio-sim's only pull is now down: the asked one must replace it.
  const wiring = { chip: DESK_LABEL, inputs: [BUTTONS.call], bias: "pull-up", debounceMs: 5 } as const;
  const lines = createGpiodLines({ wiring, pressedLevel: "low", clock: systemClock });
  const words: string[] = [];
  await lines.open({
    onUp: () => void words.push("up"),
    onDown: (fault) => void words.push(fault),
    onEdge: (line, { edge }) => void words.push(`${line} ${edge}`),
  });
  await passed(milliseconds(500));
  expect(words).toEqual(["up"]);
  await lines.close();
  chip.release();
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
  withLines(gpiodLines, async (chip, words) => {
    for (const id of running("gpiomon")) process.kill(id, "SIGKILL");
    await until("up again", () => words.filter((word) => word === "up").length === 2);
    await passed(milliseconds(500)); // An edge before the new gpiomon watches is noticed with the next one alone.
    chip.finger(BUTTONS.pause, "pressed");
    await until("pressed", () => words.includes(`${BUTTONS.pause} pressed`));
    expect(running("gpiomon")).toHaveLength(1);
  }));

test("a line that somebody else holds is busy, and taken once it is free", async () => {
  const other = new DeskChip();
  const holder = spawn("gpioset", ["-c", other.chipName, `${BUTTONS.call}=1`], { stdio: "ignore" });
  await until("held", () => running("gpioset").length === 1);
  await passed(milliseconds(200));
  const lines = gpiodLines()([BUTTONS.call], []);
  const words: string[] = [];
  const onDown = (fault: string): void => void words.push(fault);
  await lines.open({ onUp: () => void words.push("up"), onDown, onEdge: () => {} });
  await until("busy", () => words.length > 0);
  holder.kill("SIGKILL");
  await until("up", () => words.includes("up"));
  expect(words).toEqual(["busy", "up"]);
  await lines.close();
  other.release();
});

test("kill -9 leaves no gpiomon and no gpioset behind, and the next process has the lines at once", async () => {
  const chip = new DeskChip();
  const child = spawn(process.execPath, [process.argv[1] ?? "", "--hold"], { stdio: "inherit" });
  await until("its lamp burns", () => chip.isLit(LAMPS.call));
  expect(running("gpiomon")).toHaveLength(1);
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
  await until("no tool runs", () => running("gpiomon", "gpioset").length === 0);
  const lines = gpiodLines()(Object.values(BUTTONS), []);
  const words: string[] = [];
  const onDown = (fault: string): void => void words.push(fault);
  await lines.open({ onUp: () => void words.push("up"), onDown, onEdge: () => {} });
  await until("a word", () => words.length > 0);
  expect(words).toEqual(["up"]);
  await lines.close();
  chip.release();
});

/** The process that is killed: holds buttons and a lamp until its end. */
export async function hold(): Promise<void> {
  const lines = gpiodLines()(Object.values(BUTTONS), []);
  const panel = createGpioButtons({ lines, clock: systemClock, buttons: BUTTONS, lamps: LAMPS, beeper: BEEPER });
  panel.light("call", "on");
  await panel.open({ onEdge: () => {}, onHealth: () => {} });
}
