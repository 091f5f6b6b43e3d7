import type { SeedPlay } from "../../simulator/seeds/seed-play.ts";

/** A seed that has failed once, with its options then, and why. It is played on every run from then on. */
export interface RegressionSeed {
  readonly seed: number;
  readonly play: Omit<SeedPlay, "canary">;
  /** What it found, in a sentence. */
  readonly found: string;
}

export const REGRESSION_SEEDS: readonly RegressionSeed[] = [
  {
    seed: 2,
    play: { faults: ["restoredBackup"] },
    found: "A restored hall gave numbers again that were on papers: restoring was not on record, no series jumped.",
  },
  {
    seed: 15,
    play: { faults: ["restoredBackup"] },
    found:
      "Two restores in a day: a series of 999 numbers that leaves out 500 twice begins anew. One restore a seed since.",
  },
];
