import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { milliseconds, silentLog } from "../../../protocol/index.ts";
import { openSqliteJournal } from "../../../terminal/adapters/sqlite-journal.ts";
import { SeededRandom } from "../../support/seeded-random.ts";

const TAPPING = fileURLToPath(new URL("tapping-process.ts", import.meta.url));
const KILLS = 20;

interface Green {
  readonly seq: number;
  readonly tap: number;
  readonly boot: number;
}

/** Taps until it is killed, `lifetime` after its first word. Returns what it had said to be kept. */
function tapUntilKilled(file: string, boot: number, lifetime: number): Promise<Green[]> {
  const child = spawn(process.execPath, [TAPPING, file], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (said === "") systemClock.after(milliseconds(lifetime), () => child.kill("SIGKILL"));
    said += text;
  });
  return new Promise((resolve) => {
    child.once("close", () => {
      const lines = said.split("\n").slice(0, -1); // What follows the last line end was cut off by the kill.
      const words = lines.map((line) => line.split(" ")).filter(([word]) => word === "green");
      resolve(words.map(([, seq, tap]) => ({ seq: Number(seq), tap: Number(tap), boot })));
    });
  });
}

// Kill -9 at any moment of a terminal loses no tap that showed green, and leaves no gap and no seq used twice.
test(`${KILLS} times kill -9: every green tap is in the journal`, { timeout: 120_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), "hallward-kill-"));
  const file = join(directory, "journal.sqlite");
  const random = new SeededRandom(23);
  const greens: Green[] = [];
  for (let boot = 1; boot <= KILLS; boot += 1) greens.push(...(await tapUntilKilled(file, boot, random.next() * 150)));

  const journal = openSqliteJournal({ file, random, log: silentLog });
  const { head, boot } = journal.state();
  const inputs = journal.read(1, head);
  journal.close();
  rmSync(directory, { recursive: true });

  expect(greens.length).toBeGreaterThan(KILLS);
  expect(inputs.map(({ seq }) => seq)).toEqual(Array.from({ length: head }, (_, index) => index + 1));
  const kept = new Set(inputs.map((input) => `${input.seq} ${input.monoMs} ${input.boot}`));
  expect(greens.filter((green) => !kept.has(`${green.seq} ${green.tap} ${green.boot}`))).toEqual([]);
  expect(boot).toBe(KILLS + 1);
});
