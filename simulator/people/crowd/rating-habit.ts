import type { Level } from "../../../protocol/index.ts";
import type { Chance } from "../../time/chance.ts";
import type { Habits } from "./habits.ts";

/** One press on a rating key, so many milliseconds after the keypad was seen to ask. */
export interface RatingPress {
  readonly afterMs: number;
  readonly level: Level;
}

/** A mild hall: most are content. The simulator's own figures, no hall's. */
const MOODS: readonly (readonly [Level, number])[] = [
  [5, 62],
  [4, 22],
  [3, 9],
  [2, 5],
  [1, 2],
];

const moodOf = (chance: Chance): Level => {
  let left = chance.next() * 100;
  for (const [level, weight] of MOODS) {
    left -= weight;
    if (left < 0) return level;
  }
  return 5;
};

/** Most press once and soon; some never, some when it is too late, some whatever keys they find. */
export function ratingPresses(chance: Chance, habits: Habits): readonly RatingPress[] {
  const { neverRates, ratesLate, hammersKeypad } = habits;
  if (chance.happens(neverRates)) return [];
  const level = moodOf(chance);
  if (chance.happens(ratesLate)) return [{ afterMs: chance.between(16_000, 75_000), level }];
  const first = { afterMs: chance.between(1_500, 9_000), level };
  if (!chance.happens(hammersKeypad)) return [first];
  const more = Array.from({ length: 2 + chance.below(6) }, (_, times): RatingPress => {
    const other = chance.happens(0.5) ? level : moodOf(chance);
    return { afterMs: first.afterMs + (times + 1) * chance.between(60, 700), level: other };
  });
  return [first, ...more];
}
