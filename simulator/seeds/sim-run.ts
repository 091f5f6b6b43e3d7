import { writeFileSync } from "node:fs";
import { type Clock, elapsed } from "../../protocol/index.ts";
import { failureReport, happeningLine } from "./failure-report.ts";
import { farmSeeds } from "./seed-farm.ts";
import { optionsOf, type SeedOutcome, type SeedPlay } from "./seed-play.ts";
import { shrink } from "./shrink.ts";
import type { SeedRange } from "./sim-options.ts";
import { SOMETIMES_AFTER, Tally } from "./tally.ts";
import { runSeed } from "../run-seed.ts";

export interface SimRun extends SeedRange {
  readonly play: SeedPlay;
  readonly jobs: number;
  /** Prints every happening and log line of every seed, here and in this process. */
  readonly trace: boolean;
  readonly json: string | null;
  /** True: the first failure ends the run. */
  readonly stopAtFirst: boolean;
}

export interface SimWorld {
  readonly clock: Clock;
  readonly say: (line: string) => void;
  /** For what only somebody who waits wants to read. */
  readonly complain: (line: string) => void;
  /** What the tree that plays is, for the report of a failure. */
  readonly commit: string;
}

/** Failures that are shrunk and shown in full; the others by their replay line. */
const REPORTS_MAX = 3;
const PROGRESS_STEPS = 20;

/** Plays the seeds and says what came of them. */
export async function runSim(run: SimRun, world: SimWorld): Promise<Tally> {
  const { from, to, play, jobs } = run;
  const tally = new Tally();
  const begun = world.clock.mono();
  const step = Math.max(1, Math.ceil((to - from + 1) / PROGRESS_STEPS));
  const onOutcome = (outcome: SeedOutcome): void => {
    tally.add(outcome);
    if (from === to) world.say(`log ${outcome.logHash}`); // The same on every machine.
    if (outcome.verdict !== "passed") tellFailure(outcome, run, world, tally.failed);
    if (tally.played % step === 0) world.complain(progressLine(run, tally, elapsed(begun, world.clock.mono())));
  };
  const isEnough = (): boolean => run.stopAtFirst && tally.failed > 0;
  if (run.trace) for (let seed = from; seed <= to; seed += 1) onOutcome(traced(seed, play, world.say));
  else await farmSeeds({ from, to, jobs, play, onOutcome, isEnough });
  const took = elapsed(begun, world.clock.mono());
  if (run.json !== null) writeFileSync(run.json, `${JSON.stringify(summary(run, world, tally, took), null, 2)}\n`);
  return tally;
}

function tellFailure(failed: SeedOutcome, { play, trace }: SimRun, { say, commit }: SimWorld, count: number): void {
  const isShown = count <= REPORTS_MAX && !trace && failed.logHash !== "";
  const shrunk = isShown ? shrink(failed, play) : { play, outcome: failed, tries: 0 };
  const lines = failureReport(failed, play, shrunk, commit);
  for (const line of isShown ? lines : lines.slice(0, 2)) say(line);
}

function traced(seed: number, play: SeedPlay, say: (line: string) => void): SeedOutcome {
  const result = runSeed({
    ...optionsOf(seed, play),
    onTrace(atMs, line) {
      say(line.type === "line" ? happeningLine({ atMs, ...line } as never) : happeningLine(line));
    },
  });
  return result;
}

function progressLine({ from, to }: SeedRange, { played, failed }: Tally, tookMs: number): string {
  const rate = (played / Math.max(0.001, tookMs / 1000)).toFixed(1);
  return `${played} of ${to - from + 1} seeds, ${failed} failed, ${rate} seeds/s`;
}

/** The last lines: what happened how often, what never did, and the two numbers. */
export function closing(tally: Tally, isSwarm: boolean): string[] {
  const { counters, passed, failed } = tally;
  const counts = Object.keys(counters).sort();
  const never = isSwarm ? tally.neverSeen() : [];
  return [
    "sometimes:",
    ...counts.map((what) => `  ${String(counters[what]).padStart(9)}  ${what}`),
    ...never.map((what) => `NEVER in ${tally.played} seeds (${SOMETIMES_AFTER} are enough): ${what}`),
    `${passed} passed, ${failed + (never.length > 0 ? 1 : 0)} failed`,
  ];
}

function summary({ from, to, play }: SimRun, { commit }: SimWorld, tally: Tally, tookMs: number): object {
  const { passed, failed, steps, events, counters, failures } = tally;
  const failedSeeds = failures.map(({ seed, verdict, violations, logHash }) => ({
    seed,
    verdict,
    violations,
    logHash,
  }));
  return { from, to, ...play, commit, passed, failed, steps, events, tookMs, counters, failures: failedSeeds };
}
