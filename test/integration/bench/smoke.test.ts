import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";
import { temporaryDirectory } from "../store/store-directory.ts";

// The bench runs, its processes find each other, and what it counts is right. How fast it is, is no test's matter.

const BENCH = fileURLToPath(new URL("../../bench/main.ts", import.meta.url));
const Report = z.object({
  quick: z.literal(true),
  rows: z.array(z.object({ name: z.string(), measured: z.number() })),
});

test("a quick run of calls and tickets leaves no double behind", { timeout: 120_000 }, async () => {
  const json = join(temporaryDirectory(), "bench.json");
  const bench = spawn(process.execPath, [BENCH, "--quick", "--only", "tickets", "--only", "calls", "--json", json]);
  let table = "";
  bench.stdout.setEncoding("utf8").on("data", (text: string) => (table += text));
  expect(await new Promise((resolve) => bench.once("close", resolve))).toBe(0);
  const { rows } = Report.parse(JSON.parse(readFileSync(json, "utf8")));
  const measured = (name: string) => rows.filter((row) => row.name.includes(name)).map((row) => row.measured);
  expect(measured("double")).toEqual([0, 0, 0]);
  expect(measured("durable calls")).toHaveLength(4);
  expect(measured("tickets over HTTP").every((perSecond) => perSecond > 0)).toBe(true);
  expect(table).toContain("ratio");
});
