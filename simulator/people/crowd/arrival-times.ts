import { present } from "../../../protocol/index.ts";
import type { Chance } from "../../time/chance.ts";
import { timeOfDay } from "./working-hours.ts";

/** Minutes since midnight, and how many come then against an average minute: straight between the knots. */
export type Intensity = readonly (readonly [minute: number, weight: number])[];

const clock = (hours: number, minutes: number): number => hours * 60 + minutes;

/**
 * A working day with its two peaks, half past nine and half past two. The shape is the simulator's own, no hall's
 * figure: mornings are fuller than afternoons, and the last half hour is quiet.
 */
export const TWO_PEAKS: Intensity = [
  [clock(7, 40), 0],
  [clock(8, 0), 0.7],
  [clock(8, 45), 1.2],
  [clock(9, 30), 1.7],
  [clock(10, 30), 1.45],
  [clock(11, 15), 0.9],
  [clock(11, 45), 0.4],
  [clock(12, 0), 0.1],
  [clock(12, 1), 0],
  [clock(13, 40), 0],
  [clock(13, 55), 0.8],
  [clock(14, 30), 1.55],
  [clock(15, 15), 1.35],
  [clock(16, 15), 0.9],
  [clock(17, 0), 0.45],
  [clock(17, 25), 0.15],
  [clock(17, 31), 0],
];

/** Somebody comes at every hour: also to a closed door. */
export const withStragglers = (intensity: Intensity, least: number): Intensity => [
  [0, least],
  ...intensity.map(([minute, weight]) => [minute, Math.max(weight, least)] as const),
  [clock(24, 0), least],
];

export const weightAt = (intensity: Intensity, minute: number): number => {
  const next = intensity.findIndex(([knot]) => knot > minute);
  const [before, after] = [intensity[next - 1], intensity[next]];
  if (before === undefined || after === undefined) return 0;
  return before[1] + ((after[1] - before[1]) * (minute - before[0])) / (after[0] - before[0]);
};

export interface ArrivalSpan {
  readonly startMs: number;
  readonly lengthMs: number;
}

/**
 * When `count` people who do not know each other come, milliseconds since the span's start, in order. A Poisson process
 * whose rate changes with the hour has, given their number, arrivals that are drawn one by one from its rate.
 */
export function arrivalTimes(chance: Chance, intensity: Intensity, span: ArrivalSpan, count: number): number[] {
  const beganAt = timeOfDay(span.startMs) / 60_000;
  const minutes = Math.ceil(span.lengthMs / 60_000);
  const sums: number[] = [0];
  for (let minute = 0; minute < minutes; minute += 1) {
    sums.push(present(sums[minute], "a sum") + weightAt(intensity, (beganAt + minute + 0.5) % clock(24, 0)));
  }
  const total = sums.at(-1) ?? 0;
  if (total === 0) return [];
  const times = Array.from({ length: count }, () => timeIn(sums, chance.next() * total) * 60_000);
  return times.filter((at) => at < span.lengthMs).sort((a, b) => a - b);
}

/** The inverse of the running sums: which minute, and how far in it. */
function timeIn(sums: readonly number[], drawn: number): number {
  let [low, high] = [0, sums.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (present(sums[middle], "a sum") <= drawn) low = middle;
    else high = middle;
  }
  const [from, to] = [present(sums[low], "a sum"), present(sums[high], "a sum")];
  return to === from ? low : low + (drawn - from) / (to - from);
}
