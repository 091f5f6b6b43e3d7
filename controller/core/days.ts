import {
  type BusinessDate,
  businessDayOf,
  type EpochMs,
  instantAt,
  JOURNAL_KEEP,
  present,
  type StaffId,
  Temporal,
} from "../../protocol/index.ts";
import type { HallConfiguration } from "./configuration.ts";
import { CONTROLLER, draft } from "./drafts.ts";
import type { EventDraft } from "./events.ts";
import type { Folds } from "./fold.ts";
import { noteClose } from "./sealing/day-seals.ts";
import type { HallDay } from "./hall-day.ts";
import { emptyTally } from "./queue/tally.ts";
import type { HallView } from "./state.ts";

/** When a command came, and whether that clock can be trusted with a whole day. */
export interface Instant {
  readonly at: EpochMs;
  readonly clockTrusted: boolean;
}

/** An instant taken at its word: for pictures and questions, which end no day. */
export const takenAt = (at: EpochMs): Instant => ({ at, clockTrusted: true });

/** The business day that contains `at`, in the hall's own zone: the running one, or one reckoned anew. */
export function dayAt(hall: HallView, instant: Instant): HallDay {
  const running = hall.day;
  if (running !== null && !isOver(running, instant)) return running; // Also for a clock that stepped back.
  return reckonDay(present(hall.configuration, "configuration"), instant.at);
}

/** A clock that is not trusted ends no day: it would close every waiting ticket and give the numbers out again. */
const isOver = (day: HallView["day"], { at, clockTrusted }: Instant): boolean =>
  day !== null && clockTrusted && at >= day.endsAtMs;

export function reckonDay(configuration: HallConfiguration, at: EpochMs): HallDay {
  const { zone } = configuration;
  const day = businessDayOf(at, zone);
  return {
    date: day.date,
    startsAtMs: day.startsAt,
    endsAtMs: day.endsAt,
    sessions: sessionsOn(configuration, day.date).map((session) => ({
      fromMs: instantAt(day.date, session.from, zone),
      toMs: instantAt(day.date, session.to, zone),
    })),
    lunchDuty: lunchDutyOn(configuration, day.date),
  };
}

/** The hours of a day: the latest change that holds by then (HRS-12), or those the hall began with. */
function sessionsOn({ sessions, hoursChanges }: HallConfiguration, date: BusinessDate): HallConfiguration["sessions"] {
  return hoursChanges.findLast((change) => change.from <= date)?.sessions ?? sessions;
}

function lunchDutyOn({ lunchDuty }: HallConfiguration, date: BusinessDate): StaffId[] {
  const weekday = Temporal.PlainDate.from(date).dayOfWeek;
  const today = lunchDuty.filter(({ weekdays, dates }) => {
    if (weekdays === undefined && dates === undefined) return true;
    return weekdays?.includes(weekday) === true || dates?.includes(date) === true;
  });
  return [...new Set(today.flatMap(({ staff }) => staff))];
}

/**
 * Opens the next business day when it is due, and closes what still waits from before with an outcome of its own. Only
 * forward: a controller whose clock stepped back goes on with the day it has.
 */
export function openDay(hall: HallView, instant: Instant): EventDraft[] {
  if (hall.day !== null && !isOver(hall.day, instant)) return [];
  const day = dayAt(hall, instant);
  const leftOver = [...hall.tickets.values()].filter(({ phase }) => phase === "waiting" || phase === "held");
  return [
    draft("day.opened", day, CONTROLLER),
    ...leftOver.map(({ ticketId }) =>
      draft("ticket.closed", { ticketId, outcome: "day-ended", visitId: null, counterId: null }, CONTROLLER),
    ),
  ];
}

export const dayFolds: Folds<"day.opened"> = {
  "day.opened": (hall, { data }) => {
    const before = hall.day;
    hall.day = data;
    if (before !== null && before.date !== data.date) noteClose(hall, before.date);
    if (before?.date === data.date) return; // Only the sessions were moved by a new configuration.
    // A terminal that was cut off brings its ratings later. A clock set at last makes the day before one of 1970.
    const kept = Math.min(data.startsAtMs, before?.startsAtMs ?? data.startsAtMs) - JOURNAL_KEEP;
    for (const [visitId, window] of hall.ratings) {
      if (window.state !== "open" && window.openedAtMs < kept) hall.ratings.delete(visitId);
    }
    for (const tally of hall.tally.values()) Object.assign(tally, emptyTally());
    hall.lately = []; // Yesterday's closed tickets stay yesterday's.
    for (const ticket of hall.tickets.values()) {
      const tally = hall.tally.get(ticket.homeQueueId);
      if (tally !== undefined) tally.issued += 1; // Carried over: I6 holds within the new day too.
    }
  },
};
