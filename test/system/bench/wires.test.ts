import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";

// The bench's wires are plugged, heard, and leave nothing behind. How fast they are, is no test's matter.

const BENCH = fileURLToPath(new URL("../../bench/main.ts", import.meta.url));
const Report = z.object({ rows: z.array(z.object({ name: z.string(), measured: z.number() })) });

const scratch = mkdtempSync(join(tmpdir(), "hallward-wires-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test("a quick run hears every device, and an hour of plugging leaves no handle and no timer", async () => {
  const json = join(scratch, "bench.json");
  const bench = spawn(process.execPath, [BENCH, "--quick", "--only", "wires", "--json", json]);
  expect(await new Promise((resolve) => bench.once("close", resolve))).toBe(0);
  const { rows } = Report.parse(JSON.parse(readFileSync(json, "utf8")));
  const measured = (name: string) => rows.find((row) => row.name.includes(name))?.measured;
  expect(measured("handles and timers left")).toBe(0);
  for (const name of ["key edge", "badge frame", "idle, of one core", "four wired devices, memory"]) {
    expect(measured(name)).toBeGreaterThanOrEqual(0);
  }
});
