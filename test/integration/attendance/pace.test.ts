// Proves that a year of three hundred people is derived whole, in one process started for it, and prints how long that
// took; one tap more is derived without the others.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { elapsed } from "../../../protocol/index.ts";
import { attendanceYear, measureAttendance } from "../../bench/attendance-bench.ts";

const YEAR = { people: 300, days: 250, seed: 1 };
const SESSIONS = 300 * 350 * 2;

test("300 people x 250 days", { timeout: 120_000 }, () => {
  const year = attendanceYear(YEAR);
  const { taps, sessions, readMs, deriveMs, addMs } = measureAttendance(year, systemClock);
  expect(sessions).toBe(SESSIONS);
  const inProcess = `read ${readMs.toFixed(0)} ms, derived ${deriveMs.toFixed(0)} ms`;
  const one = `one tap more: median ${addMs.median.toFixed(2)} ms, max ${addMs.max.toFixed(2)} ms`;
  process.stdout.write(`attendance, ${taps} taps: ${inProcess}; ${one}\n`);
});

test("the command derives the same year from cold", { timeout: 120_000 }, () => {
  const directory = mkdtempSync(join(tmpdir(), "hallward-attendance-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, "year.json");
  writeFileSync(file, JSON.stringify(attendanceYear(YEAR)));
  const began = systemClock.mono();
  const run = spawnSync(process.execPath, ["hallward.ts", "attendance", "derive", file], { maxBuffer: 2 ** 28 });
  const tookMs = elapsed(began, systemClock.mono());
  const sheet = JSON.parse(run.stdout.toString("utf8")) as { sessions: unknown[]; totals: unknown[] };
  expect([run.status, sheet.sessions.length, sheet.totals.length]).toEqual([0, SESSIONS, YEAR.people]);
  process.stdout.write(`attendance, the command with ${run.stdout.length} bytes printed: ${tookMs.toFixed(0)} ms\n`);
});
