import { type EpochMs, minutes, present } from "../../../protocol/index.ts";
import { dayAt, reckonDay, takenAt } from "../days.ts";
import type { HallDay } from "../hall-day.ts";
import type { HallView } from "../state.ts";

/** Days ahead in which the next opening is looked for. */
const DAYS_AHEAD_MAX = 14;

export interface TicketHours {
  readonly open: boolean;
  /** Ticket cut-off of the open session; null while closed. */
  readonly closesAtMs: EpochMs | null;
  /** When tickets are given again; null while they are, and when no session is in sight. */
  readonly opensAtMs: EpochMs | null;
}

/** Whether tickets are given now (AMB-28, HRS-20): from before a session until its cut-off. */
export function ticketHoursAt(hall: HallView, at: EpochMs): TicketHours {
  const spans = spansOf(hall, dayAt(hall, takenAt(at)));
  const open = spans.find(({ fromMs, toMs }) => at >= fromMs && at < toMs);
  return open === undefined
    ? { open: false, closesAtMs: null, opensAtMs: nextOpening(hall, at) }
    : { open: true, closesAtMs: open.toMs, opensAtMs: null };
}

interface Span {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

function spansOf(hall: HallView, day: HallDay): readonly Span[] {
  const { ticketsFromMinutes, cutOffMinutes } = present(hall.configuration, "configuration").rules;
  return day.sessions.map(({ fromMs, toMs }) => ({
    fromMs: (fromMs - minutes(ticketsFromMinutes)) as EpochMs,
    // A session that ends with the day goes on in the next: a hall that is open day and night has no cut-off.
    toMs: (toMs >= day.endsAtMs ? toMs : Math.max(fromMs, toMs - minutes(cutOffMinutes))) as EpochMs,
  }));
}

function nextOpening(hall: HallView, at: EpochMs): EpochMs | null {
  const configuration = present(hall.configuration, "configuration");
  let day = dayAt(hall, takenAt(at));
  for (let ahead = 0; ahead < DAYS_AHEAD_MAX; ahead += 1) {
    const next = spansOf(hall, day).find(({ fromMs }) => fromMs > at);
    if (next !== undefined) return next.fromMs;
    day = reckonDay(configuration, day.endsAtMs);
  }
  return null;
}
