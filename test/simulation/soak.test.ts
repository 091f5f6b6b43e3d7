import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Clock, milliseconds, monoMs } from "../../protocol/index.ts";
import { soak } from "../../simulator/seeds/soak.ts";
import type { SeedPlay } from "../../simulator/seeds/seed-play.ts";
import { EXIT_CORRECTNESS } from "../../simulator/seeds/tally.ts";

// A soak of one batch: the time is over at the second look at the clock.
async function oneBatch(play: SeedPlay, batch: number) {
  const directory = mkdtempSync(join(tmpdir(), "hallward-soak-"));
  const results = join(directory, "results.jsonl");
  let now = 0;
  const clock = { now: () => now, mono: () => monoMs((now += 1)) } as unknown as Clock;
  const said: string[] = [];
  const world = { clock, say: (line: string) => void said.push(line), complain: () => {}, commit: "none" };
  const random = { next: () => 0.000_01, uuid: () => "" };
  try {
    const order = { forMs: milliseconds(2), play, jobs: 1, keepGoing: true, results, batch };
    const exit = await soak(order, { ...world, random });
    return { exit, lines: readFileSync(results, "utf8").trim().split("\n"), said };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test("a soak in which nothing fails ends with 0, and its sums are in its file", async () => {
  const { exit, lines } = await oneBatch({ minutes: 1, faults: "none", canary: false }, 3);
  expect(exit).toBe(0);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ passed: 3, failed: 0 }]);
}, 120_000);

test("a soak in which a seed fails says so by its code", async () => {
  const { exit, said } = await oneBatch({ minutes: 1, faults: "none", canary: true, counters: 1 }, 150);
  expect(exit).toBe(EXIT_CORRECTNESS);
  expect(said.join("\n")).toContain("failed on purpose");
}, 300_000);
