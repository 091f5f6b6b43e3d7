import { drawMix, FAULT_FAMILIES, type FaultChoice } from "../faults.ts";
import { Chance } from "../time/chance.ts";
import { type SeedOutcome, type SeedPlay, playSeed } from "./seed-play.ts";

/** Seeds played anew at most: a long one takes seconds. */
const TRIES_MAX = 60;
const MINUTES_DEFAULT = 60;

export interface Shrunk {
  readonly play: SeedPlay;
  readonly outcome: SeedOutcome;
  readonly tries: number;
}

export type PlaySeed = (seed: number, play: SeedPlay) => SeedOutcome;

/**
 * The least with which the seed still breaks the same thing: families of faults go one by one, then minutes, then
 * counters. What is left is played as it stands.
 */
export function shrink(failed: SeedOutcome, play: SeedPlay, replay: PlaySeed = playSeed): Shrunk {
  const { seed } = failed;
  let tries = 0;
  let best: Omit<Shrunk, "tries"> = { play, outcome: failed };
  const attempt = (changed: Partial<SeedPlay>): boolean => {
    if (tries >= TRIES_MAX) return false;
    tries += 1;
    const smaller = { ...best.play, ...changed };
    const outcome = replay(seed, smaller);
    if (!sameFault(failed, outcome)) return false;
    best = { play: smaller, outcome };
    return true;
  };
  for (const family of familiesOf(seed, play.faults)) {
    attempt({ faults: listOf(familiesOf(seed, best.play.faults).filter((name) => name !== family)) });
  }
  for (const share of [0.1, 0.25, 0.5, 0.75, 0.5, 0.75]) {
    attempt({ minutes: Math.max(1, Math.round((best.play.minutes ?? MINUTES_DEFAULT) * share)) });
  }
  for (let counters = 1; counters < (play.counters ?? COUNTERS_DRAWN_MAX); counters += 1) {
    if (attempt({ counters })) break;
  }
  return { ...best, tries };
}

const COUNTERS_DRAWN_MAX = 8;

/** The families that are on in this seed. */
export function familiesOf(seed: number, faults: FaultChoice): readonly string[] {
  const mix = drawMix(new Chance(seed).stream("mix"), faults);
  return FAULT_FAMILIES.filter((family) => mix[family] !== null);
}

/** Each family has a stream of its own: naming all that are on is the same mix as drawing them. */
const listOf = (families: readonly string[]): FaultChoice => (families.length === 0 ? "none" : families);

const sameFault = (a: SeedOutcome, b: SeedOutcome): boolean =>
  a.verdict === b.verdict && a.violations[0]?.invariant === b.violations[0]?.invariant;
