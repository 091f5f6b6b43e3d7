import type { AttendanceChoice } from "../attendance-plan.ts";
import { CHECKERS } from "../checkers/all.ts";
import type { Checker } from "../checkers/checker.ts";
import type { FaultChoice } from "../faults.ts";
import type { Entry } from "../history.ts";
import { runSeed, type SeedOptions, type SeedResult } from "../run-seed.ts";
import { Chance } from "../time/chance.ts";

/** How every seed of a run is played. Plain values: it goes to the processes that play. */
export interface SeedPlay {
  readonly counters?: number;
  readonly minutes?: number;
  readonly faults: FaultChoice;
  /** Default "none". */
  readonly attendance?: AttendanceChoice;
  /** One seed in a hundred fails on purpose: a run that does not see it sees nothing. */
  readonly canary: boolean;
}

/** What a run needs of one seed; the trace of a failed one alone. */
export type SeedOutcome = Omit<SeedResult, "trace"> & { readonly trace: readonly Entry[] };

const CANARY_SHARE = 0.01;

export function playSeed(seed: number, play: SeedPlay): SeedOutcome {
  const result = runSeed(optionsOf(seed, play));
  return result.verdict === "passed" ? { ...result, trace: [] } : result;
}

export function optionsOf(seed: number, { counters, minutes, faults, attendance, canary }: SeedPlay): SeedOptions {
  return {
    seed,
    faults,
    ...(attendance !== undefined && { attendance }),
    ...(counters !== undefined && { counters }),
    ...(minutes !== undefined && { minutes }),
    ...(canary && { checkers: [...CHECKERS, canaryOf(seed)] }),
  };
}

const canaryOf = (seed: number): Checker => ({
  name: "canary",
  kind: "correctness",
  check: () =>
    new Chance(seed).stream("canary").happens(CANARY_SHARE)
      ? [{ invariant: "canary", detail: "failed on purpose, to be seen" }]
      : [],
});
