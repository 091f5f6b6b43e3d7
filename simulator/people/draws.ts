import { type DurationMs, milliseconds, present, type Random } from "../../protocol/index.ts";

/** A length of time, uniform between `from` and `to` seconds, whole milliseconds. */
export const secondsBetween = (random: Random, from: number, to: number): DurationMs =>
  milliseconds(Math.round(1000 * (from + (to - from) * random.next())));

/** True with probability `share`. */
export const happens = (random: Random, share: number): boolean => random.next() < share;

/** The gap to the next arrival of people who do not know each other: exponential with this mean, at most 5 means. */
export function gapOf(random: Random, mean: DurationMs): DurationMs {
  const gap = -Math.log(1 - random.next()) * mean;
  return milliseconds(Math.round(Math.min(gap, 5 * mean)));
}

/** One of `choices`, each as often as its weight says. */
export function pick<T>(random: Random, choices: readonly (readonly [T, number])[]): T {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.next() * total;
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  return present(choices.at(-1), "a choice")[0];
}
