import { type ChildProcess, fork } from "node:child_process";
import { getCompileCacheDir } from "node:module";
import { fileURLToPath } from "node:url";
import type { SeedOutcome, SeedPlay } from "./seed-play.ts";
import type { SeedOrder, SeedReport } from "./seed-worker.ts";

const WORKER = fileURLToPath(new URL("./seed-worker.ts", import.meta.url));
/**
 * Short-lived objects abound: a roomier nursery keeps most of them from being copied. And so does code that is seldom
 * hot: compiling a third of what is usually inlined costs less and runs as fast, 6 % more seeds per second of CPU.
 */
const WORKER_OPTIONS = ["--max-semi-space-size=64", "--max-inlined-bytecode-size-cumulative=300"];
/** Seeds in one order: few enough that all processes end at about the same time. */
const ORDER_MAX = 20;

export interface FarmOptions {
  /** Both included. */
  readonly from: number;
  readonly to: number;
  readonly jobs: number;
  readonly play: SeedPlay;
  readonly onOutcome: (outcome: SeedOutcome) => void;
  /** Asked before every order: true ends the run early. */
  readonly isEnough: () => boolean;
}

/** Plays seeds in child processes. A process that dies fails the seed it was playing, and another takes its place. */
export async function farmSeeds(options: FarmOptions): Promise<void> {
  let next = options.from;
  const takeOrder = (): SeedOrder | null => {
    if (next > options.to || options.isEnough()) return null;
    const from = next;
    next = Math.min(options.to + 1, from + ORDER_MAX);
    return { from, to: next - 1, play: options.play };
  };
  const jobs = Math.max(1, Math.min(options.jobs, options.to - options.from + 1));
  await Promise.all(Array.from({ length: jobs }, () => work(takeOrder, options)));
}

/** One process after the other until nothing is left to do. */
async function work(takeOrder: () => SeedOrder | null, options: FarmOptions): Promise<void> {
  let rest: SeedOrder | null = takeOrder();
  while (rest !== null) rest = await workWithOne(rest, takeOrder, options);
}

/** What is left of the order under way when its process dies; null when all is done. */
function workWithOne(
  first: SeedOrder,
  takeOrder: () => SeedOrder | null,
  options: FarmOptions,
): Promise<SeedOrder | null> {
  return new Promise((resolve) => {
    let order = first;
    let done = order.from - 1;
    let isOver = false;
    const env = { ...process.env, NODE_COMPILE_CACHE: getCompileCacheDir() };
    const child: ChildProcess = fork(WORKER, { execArgv: [...process.execArgv, ...WORKER_OPTIONS], env });
    child.on("message", (report: SeedReport) => {
      if (report.type === "played") {
        done = report.outcome.seed;
        return options.onOutcome(report.outcome);
      }
      const following = takeOrder();
      if (following === null) {
        isOver = true;
        resolve(null);
        return child.disconnect(); // With that it ends.
      }
      order = following;
      done = order.from - 1;
      child.send(order);
    });
    child.once("close", (code, signal) => {
      if (isOver) return;
      const lost = done + 1;
      options.onOutcome(deathOf(lost, `the process that played it ended: ${signal ?? code}`));
      resolve(lost < order.to ? { ...order, from: lost + 1 } : takeOrder());
    });
    child.send(order);
  });
}

const deathOf = (seed: number, detail: string): SeedOutcome => ({
  seed,
  verdict: "crash",
  violations: [{ invariant: "process", detail }],
  logHash: "",
  steps: 0,
  events: 0,
  counters: {},
  faults: "unknown",
  trace: [],
});
