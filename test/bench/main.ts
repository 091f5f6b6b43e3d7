import { mkdirSync, writeFileSync } from "node:fs";
import { arch, cpus, release } from "node:os";
import { dirname } from "node:path";
import { systemClock } from "../../hardware/system/system-clock.ts";
import { HallError, messageOf } from "../../protocol/index.ts";
import { RunningBench } from "./bench.ts";
import { MEASUREMENTS } from "./measurements.ts";
import { optionsFrom } from "./options.ts";
import { isMet, jsonOf, type Row, tableOf } from "./report.ts";

async function main(): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  const names = MEASUREMENTS.map(({ name }) => name);
  const { quick, only, json } = optionsFrom(process.argv.slice(2), names);
  const bench = new RunningBench(quick);
  const rows: Row[] = [];
  const begun = systemClock.now();
  try {
    for (const measurement of MEASUREMENTS) {
      const { name } = measurement;
      // Raw figures are what the rest is held against, so they belong to every run.
      if (name !== "raw" && only.length > 0 && !only.includes(name)) continue;
      bench.say(`measuring ${name}`);
      rows.push(...(await measurement.measure(bench)));
      await bench.endWorkers();
    }
  } finally {
    await bench.close();
  }
  process.stdout.write(`${tableOf(rows)}\n`);
  const where = {
    node: process.version,
    arch: arch(),
    kernel: release(),
    cores: cpus().length,
    model: cpus()[0]?.model,
  };
  const at = new Date(begun).toISOString();
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify({ at, quick, machine: where, rows: jsonOf(rows) }, null, 2)}\n`);
  const missed = rows.filter((row) => isMet(row) === false).length;
  process.stdout.write(`\n${missed === 0 ? "every mark met" : `${missed} marks missed`}; the same as JSON: ${json}\n`);
}

try {
  await main();
} catch (thrown) {
  const isUsage = thrown instanceof HallError && thrown.code === "USAGE";
  const line = isUsage || !(thrown instanceof Error) ? messageOf(thrown) : (thrown.stack ?? thrown.message);
  process.stderr.write(`${line}\n`);
  process.exitCode = isUsage ? 64 : 1;
}
