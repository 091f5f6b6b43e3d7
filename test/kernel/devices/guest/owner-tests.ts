import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { BUTTONS, DeskChip, LAMPS, type LinesOf } from "./desk-chip.ts";
import { until } from "./time.ts";
import { wordsIn } from "./with-lines.ts";

export interface Owner {
  /** Of the part that `--hold` starts as a process of its own. */
  readonly part: string;
  readonly linesOf: LinesOf;
  /** Processes that should have gone with the one that had the lines. */
  readonly orphans: () => number;
}

/** Lines have one owner at a time, and none for longer than it lives. */
export function ownerTests(name: string, { part, linesOf, orphans }: Owner): void {
  test(`${name}: a line that somebody else holds is busy, and taken once it is free`, async () => {
    const chip = new DeskChip();
    // Low, which its contact is not: the chip shows when the line is held.
    const holder = spawn("gpioset", ["-c", chip.chipName, `${BUTTONS.call}=0`], { stdio: "ignore" });
    const lines = linesOf(Object.values(BUTTONS), [LAMPS.call]);
    const words: string[] = [];
    try {
      await until("held", () => !chip.isLit(BUTTONS.call));
      await lines.open(wordsIn(words));
      await until("busy", () => words.length > 0);
      holder.kill("SIGKILL");
      await until("up", () => words.includes("up"));
      chip.finger(BUTTONS.call, "pressed");
      await until("pressed", () => words.includes(`${BUTTONS.call} pressed`));
      expect(words).toEqual(["down busy", "up", `${BUTTONS.call} pressed`]);
    } finally {
      holder.kill("SIGKILL");
      await lines.close();
      chip.release();
    }
  });

  test(`${name}: kill -9 leaves no process behind, and the next has the lines at once, lamps dark`, async () => {
    const chip = new DeskChip();
    const child = spawn(process.execPath, [process.argv[1] ?? "", "--hold", part], { stdio: "inherit" });
    const exit = once(child, "exit");
    const lines = linesOf(Object.values(BUTTONS), [LAMPS.call]);
    const words: string[] = [];
    try {
      await until("its lamp burns", () => chip.isLit(LAMPS.call));
      child.kill("SIGKILL");
      await exit;
      await until("no orphan", () => orphans() === 0);
      await lines.open(wordsIn(words));
      await until("a word", () => words.length > 0);
      await until("dark", () => !chip.isLit(LAMPS.call));
      chip.finger(BUTTONS.pause, "pressed");
      await until("pressed", () => words.includes(`${BUTTONS.pause} pressed`));
      expect(words).toEqual(["up", `${BUTTONS.pause} pressed`]);
    } finally {
      child.kill("SIGKILL");
      await lines.close();
      chip.release();
    }
  });
}
