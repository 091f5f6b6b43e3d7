import { z } from "zod";
import { Bilingual, type EpochMs, QueueId } from "../../protocol/index.ts";
import { isOpenAt } from "../core/staff/sessions.ts";
import type { HallView } from "../core/state.ts";
import { clockAlarms, HallAlarm, postAlarms, RestoredPicture, restoredPicture } from "./alarms.ts";
import { dutyAlarmLines } from "./duty-alarm-lines.ts";
import { CounterOverview, counterOverviews } from "./overview-counters.ts";

const count = z.int().nonnegative();

/** One line of people. */
export const QueueOverview = z.object({
  queue: QueueId,
  letter: z.string(),
  /** The services that share it. */
  names: z.array(Bilingual),
  waiting: count,
  /** When the one who waits longest came; null when nobody waits. UTC milliseconds. */
  longestSinceMs: z.number().nonnegative().nullable(),
  issued: count,
  served: count,
  noShow: count,
  /** Windows where somebody is on duty for it, paused ones not counted. */
  open: count,
});
export type QueueOverview = z.infer<typeof QueueOverview>;

/** The hall as those who run it see it: what needs somebody, and how the day goes. No citizen, and nobody's ratings. */
export const HallOverview = z.object({
  hall: Bilingual,
  /** A working session is running. */
  working: z.boolean(),
  alarms: z.array(HallAlarm),
  /** Null when no ticket of a restored log waits to be confirmed. */
  restored: RestoredPicture.nullable(),
  counters: z.array(CounterOverview),
  queues: z.array(QueueOverview),
  today: z.object({
    issued: count,
    served: count,
    noShow: count,
    waiting: count,
    held: count,
    ratingsAsked: count,
    ratingsGiven: count,
  }),
});
export type HallOverview = z.infer<typeof HallOverview>;

/** Null before the hall is configured. `alarms`: of the machine it runs on. */
export function hallOverview(hall: HallView, now: EpochMs, alarms: readonly HallAlarm[] = []): HallOverview | null {
  if (hall.configuration === null) return null;
  const counters = counterOverviews(hall, now);
  const queues = queueOverviews(hall, counters);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    hall: hall.configuration.name,
    working: isOpenAt(hall, now),
    alarms: [...alarms, ...clockAlarms(hall), ...postAlarms(hall), ...dutyAlarmLines(hall)],
    restored: restoredPicture(hall),
    counters,
    queues,
    today: {
      issued: sum(queues.map(({ issued }) => issued)),
      served: sum(queues.map(({ served }) => served)),
      noShow: sum(queues.map(({ noShow }) => noShow)),
      waiting: sum(queues.map(({ waiting }) => waiting)),
      held: sum(counters.map(({ held }) => held.count)),
      ratingsAsked: sum(counters.map(({ ratings }) => ratings.asked)),
      ratingsGiven: sum(counters.map(({ ratings }) => ratings.given)),
    },
  };
}

const OPEN_PHASES: ReadonlySet<CounterOverview["phase"]> = new Set([
  "idle",
  "armed",
  "called",
  "presumed",
  "serving",
  "rating",
]);

function queueOverviews(hall: HallView, counters: readonly CounterOverview[]): QueueOverview[] {
  const { queues = [], services = [], counters: windows = [] } = hall.configuration ?? {};
  const open = new Set(counters.filter(({ phase }) => OPEN_PHASES.has(phase)).map(({ counter }) => counter));
  const longest = longestWaits(hall);
  return queues.map(({ id, letter }) => {
    const tally = hall.tally.get(id);
    return {
      queue: id,
      letter,
      names: services.filter(({ queue }) => queue === id).map(({ name }) => name),
      waiting: longest.get(id)?.waiting ?? 0,
      longestSinceMs: longest.get(id)?.sinceMs ?? null,
      issued: tally?.issued ?? 0,
      served: tally?.served ?? 0,
      noShow: tally?.noShow ?? 0,
      open: windows.filter((window) => window.queues.includes(id) && open.has(window.id)).length,
    };
  });
}

/** Whoever waits, in line or bound to one window or person, waits for the queue of the present leg. */
function longestWaits({ tickets }: HallView): ReadonlyMap<QueueId, { waiting: number; sinceMs: EpochMs }> {
  const waits = new Map<QueueId, { waiting: number; sinceMs: EpochMs }>();
  for (const { phase, queueId, enteredAtMs } of tickets.values()) {
    if (phase !== "waiting") continue;
    const wait = waits.get(queueId) ?? { waiting: 0, sinceMs: enteredAtMs };
    wait.waiting += 1;
    if (enteredAtMs < wait.sinceMs) wait.sinceMs = enteredAtMs;
    waits.set(queueId, wait);
  }
  return waits;
}
