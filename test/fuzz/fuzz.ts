import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { buildSync } from "esbuild";
import { messageOf } from "../../protocol/index.ts";
import type { FuzzTarget } from "./fuzz-target.ts";
import { type Loader, newerLibc } from "./newer-libc.ts";
import { FUZZ_TARGETS } from "./targets.ts";

// `npm run fuzz`: coverage-guided search (Jazzer.js on libFuzzer) in every parser at the edge, one after the other.

const ROOT = resolve(import.meta.dirname, "../..");
const BUILD = join(ROOT, ".build/fuzz");
/** One input that takes longer is a finding. */
const INPUT_SECONDS_MAX = 10;
const MEMORY_MB_MAX = 2_048;
const INPUT_BYTES = 4_096;

interface FuzzOptions {
  readonly runs: number;
  readonly seconds: number;
  readonly seed: number;
}

/** True when no input broke a law. */
function fuzzTarget(target: FuzzTarget, loader: Loader, { runs, seconds, seed }: FuzzOptions): boolean {
  const directory = join(BUILD, target.name);
  const corpus = join(directory, "corpus");
  mkdirSync(corpus, { recursive: true });
  for (const bytes of target.seeds()) {
    writeFileSync(join(corpus, createHash("sha256").update(bytes).digest("hex").slice(0, 16)), bytes);
  }
  const bundle = bundleOf(target, directory);
  const fuzzer = createRequire(import.meta.url).resolve("@jazzer.js/core/dist/cli.js");
  const limits = [`-timeout=${INPUT_SECONDS_MAX}`, `-rss_limit_mb=${MEMORY_MB_MAX}`, `-max_len=${INPUT_BYTES}`];
  const amount = [`-runs=${runs}`, `-max_total_time=${seconds}`, `-seed=${seed}`];
  const jazzer = [fuzzer, bundle, corpus, "--sync", "--includes", bundle, "--", ...limits, ...amount];
  const { status, output } = runInto(join(directory, "output.txt"), directory, loader, jazzer);
  const passed = status === 0 && output.includes("Done ");
  report(target.name, passed, output);
  return passed;
}

/** Into a file: the fuzzer drops what a pipe's slow reader leaves no room for, its last line among it. */
function runInto(path: string, cwd: string, { command, args }: Loader, jazzer: readonly string[]) {
  const file = openSync(path, "w");
  try {
    const whole = [...args, process.execPath, ...jazzer];
    const { status } = spawnSync(command, whole, { cwd, stdio: ["ignore", file, file] });
    return { status, output: readFileSync(path, "utf8") };
  } finally {
    closeSync(file);
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function report(name: string, passed: boolean, output: string): void {
  const [, runs = "0"] = /Done (\d+) runs/u.exec(output) ?? [];
  const coverage = [...output.matchAll(/ cov: (\d+)/gu)].at(-1)?.[1] ?? "?";
  say(`${name}: ${passed ? "passed" : "FAILED"}, ${runs} runs, ${coverage} edges`);
  if (passed) return;
  say(output.split("\n").slice(-30).join("\n"));
  say(`Keep the input above: its file in .build/fuzz/${name} belongs into test/fixtures/fuzz/${name}.`);
}

/** Jazzer.js instruments what is required: one CommonJS file, our code and the parsers beneath it together. */
function bundleOf(target: FuzzTarget, directory: string): string {
  const outfile = join(directory, "target.cjs.js");
  const contents = `import { FUZZ_TARGETS } from "./targets.ts";
    const { fuzz: check } = FUZZ_TARGETS.find(({ name }) => name === ${JSON.stringify(target.name)});
    export const fuzz = (data) => check(new Uint8Array(data));`;
  writeFileSync(join(directory, "package.json"), '{"type":"commonjs"}');
  buildSync({
    stdin: { contents, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile,
    logLevel: "error",
    define: { "import.meta.url": '"file:///"' },
  });
  return outfile;
}

function chosen(names: readonly string[]): readonly FuzzTarget[] {
  const unknown = names.find((name) => FUZZ_TARGETS.every((target) => target.name !== name));
  const known = FUZZ_TARGETS.map(({ name }) => name).join(", ");
  if (unknown !== undefined) throw new InvalidArgumentError(`no target is called ${unknown}; there are ${known}`);
  return names.length === 0 ? FUZZ_TARGETS : FUZZ_TARGETS.filter(({ name }) => names.includes(name));
}

function run(names: readonly string[], options: FuzzOptions): void {
  const targets = chosen(names);
  const loader = newerLibc(join(BUILD, "libc"));
  const failed = targets.filter((target) => !fuzzTarget(target, loader, options)).length;
  say(`${targets.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

const count = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError("a whole number");
  return value;
};

new Command("fuzz")
  .description("Search every parser at the edge for an input that breaks its laws.")
  .argument("[targets...]", "default: all")
  .option("--runs <n>", "inputs per target", count, 150_000)
  .option("--seconds <n>", "at most so long per target", count, 60)
  .option("--seed <n>", "of the search", count, 1)
  .action((names: readonly string[], options: FuzzOptions) => {
    try {
      run(names, options);
    } catch (thrown) {
      process.stderr.write(`${messageOf(thrown)}\n`);
      process.exitCode = 1;
    }
  })
  .parse();
