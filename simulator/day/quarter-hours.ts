import { timeOfDay } from "../people/crowd/working-hours.ts";
import type { WorldPlan } from "../world-plan.ts";
import type { QueueStep } from "./ticket-lives.ts";

/** A quarter of an hour of the day, by its begin as the hall's clock shows it: `09:15`. */
export interface QuarterHour {
  readonly from: string;
  readonly arrivals: number;
  /** Tickets waiting, the most within it. */
  readonly waitingMost: number;
}

const QUARTER_MS = 15 * 60_000;

/** From the quarter hour in which the world begins to the last one in which somebody comes or waits. */
export function quarterHours(
  { startMs }: Pick<WorldPlan, "startMs">,
  arrivedAtMs: readonly number[],
  queue: readonly QueueStep[],
): QuarterHour[] {
  const beganMs = startMs - (startMs % QUARTER_MS);
  const at = (ms: number): number => Math.floor((ms - beganMs) / QUARTER_MS);
  const ends = [arrivedAtMs.at(-1), queue.at(-1)?.atMs].map((ms) => (ms === undefined ? -1 : at(ms)));
  const count = Math.max(...ends) + 1;
  const arrivals = Array.from({ length: count }, () => 0);
  for (const ms of arrivedAtMs) arrivals[at(ms)] = (arrivals[at(ms)] ?? 0) + 1;
  const most = mostWaiting(queue, count, at);
  return arrivals.map((came, index) => ({
    from: clockText(beganMs + index * QUARTER_MS),
    arrivals: came,
    waitingMost: most[index] ?? 0,
  }));
}

function mostWaiting(queue: readonly QueueStep[], count: number, at: (ms: number) => number): number[] {
  const most = Array.from({ length: count }, () => 0);
  let [waiting, quarter] = [0, 0];
  for (const { atMs, by } of queue) {
    // Whoever waits at the end of a quarter waits at the begin of the next.
    while (quarter < at(atMs)) most[(quarter += 1)] = waiting;
    waiting += by;
    most[quarter] = Math.max(most[quarter] ?? 0, waiting);
  }
  return most;
}

/** Hours and minutes of the hall's clock. */
export function clockText(epochMs: number): string {
  const minutes = Math.floor(timeOfDay(epochMs) / 60_000);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
