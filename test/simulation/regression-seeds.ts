import type { SeedPlay } from "../../simulator/seeds/seed-play.ts";

/** A seed that has failed once, with its options then, and why. It is played on every run from then on. */
export interface RegressionSeed {
  readonly seed: number;
  readonly play: Omit<SeedPlay, "canary">;
  /** What it found, in a sentence. */
  readonly found: string;
}

const WITH_RESTORES = ["restoredBackup", "terminalKill", "lineReset", "controllerKill", "freshCard", "lateWills"];

/** Families that came later: without them a seed is what it was when it failed. */
const LATER = ["versionSkew", "brokerRestart", "cleanStop", "anyBoundary", "garbledReads", "pulledPlug", "smallCard"];
const AS_IT_WAS = [...LATER, "storeDamage"].map((family) => `-${family}`);

/** Seeds that failed in twenty minutes of the swarm, all of the same cause. */
const swarm = (seeds: readonly number[], found: string, minutes = 20): readonly RegressionSeed[] =>
  seeds.map((seed) => ({ seed, play: { minutes, faults: AS_IT_WAS }, found }));

export const REGRESSION_SEEDS: readonly RegressionSeed[] = [
  {
    seed: 2,
    play: { faults: ["restoredBackup"] },
    found: "A restored hall gave numbers again that were on papers: restoring was not on record, no series jumped.",
  },
  {
    seed: 15,
    play: { faults: ["restoredBackup"] },
    found: "Two restores in a day: a series of 999 numbers that left out 500 twice came round to its own numbers.",
  },
  {
    seed: 145,
    play: { minutes: 120, counters: 3, faults: ["restoredBackup"] },
    found:
      "Two restores without a ticket between them left out one gap; a restore onto a snapshot diverged from the log.",
  },
  {
    seed: 6,
    play: { minutes: 120, counters: 3, faults: WITH_RESTORES },
    found: "Six restores in two hours: the series had none left, came round, and the checker took it for a repeat.",
  },
  {
    seed: 122,
    play: { minutes: 120, counters: 3, faults: WITH_RESTORES },
    found: "A tap after the copy went with its card before the restore: gone by the contract, and not excused.",
  },
  {
    seed: 128_240,
    play: { minutes: 5, faults: "swarm" },
    found: "A birth that a full disk refused was ended by the answer to a health, and its terminal stayed lost.",
  },
  {
    seed: 186_808,
    play: { minutes: 5, faults: "swarm" },
    found: "A terminal was lost by a silence that fell into a broken line to the broker.",
  },
  ...swarm(
    [209, 246, 411, 675, 684, 706, 974, 1310, 1522, 1741],
    "A press of a standstill acted late: the world's beats made up for it, so the terminal did not see that it stood.",
  ),
  ...swarm(
    [286, 503],
    "The late will of an old stream counted as a sign of life: the dead terminal was shown too long.",
  ),
  ...swarm(
    [520, 789, 815, 930, 1783],
    "A loss was written in time and thrown away by a restore: the checker read the last log alone.",
  ),
  ...swarm(
    [1460],
    "The hands after the faults asked for one ticket, once, before the healed disk was looked at again.",
  ),
  ...swarm(
    [32_793, 32_967],
    "A tap after the copy was gone with its card or its stream before the restore: by the contract, and not excused.",
  ),
  ...swarm(
    [120_730_480],
    "A call fired 200 s late: terminal and controller had both been away, and the controller had no clock.",
    60,
  ),
  {
    seed: 17,
    play: { minutes: 20, faults: "swarm", attendance: "kept" },
    found: "A hall whose first start had no clock wrote its first day down as one of 1970, for good.",
  },
  {
    seed: 130,
    play: { minutes: 60, faults: "swarm", attendance: "kept" },
    found: "A tap that was sent after a reboot bore no doubt for the message from which its terminal had the time.",
  },
  {
    seed: 171,
    play: { minutes: 60, faults: "swarm", attendance: "kept" },
    found: "A hall copied before it had begun gave numbers again that were on papers: without a zone no series jumped.",
  },
  ...swarm([32_974], "Two restores without a ticket between them left out one gap."),
  ...swarm([1657, 1947], "A face, and an input, of the world's last milliseconds were still under way."),
];
