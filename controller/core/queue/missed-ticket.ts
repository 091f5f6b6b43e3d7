import { type EpochMs, refused, type Result, type TicketNumber } from "../../../protocol/index.ts";
import type { Rejection } from "../commands.ts";
import { CITIZEN } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import { rejection } from "../refusals.ts";
import type { HallView, Ticket } from "../state.ts";
import { reEnter, reEntryEndsAt } from "./re-entry.ts";
import { checkOf } from "./ticket-check.ts";

export interface PaperWords {
  /** As printed. */
  readonly number: TicketNumber;
  readonly check: string;
}

const WHILE_OPEN = { waiting: "still-waiting", called: "called-now", serving: "at-window", held: "at-window" } as const;

/**
 * A no-show comes back with what stands on their paper, at any kiosk. The check is looked at first: whoever does not
 * have the paper hears nothing of the ticket.
 */
export function reEnterByNumber(
  hall: HallView,
  { number, check }: PaperWords,
  at: EpochMs,
): Result<readonly EventDraft[], Rejection> {
  const open = ticketsOpen(hall, number);
  const closed = hall.lately.filter(({ ticket }) => ticket.number === number).toReversed();
  if (open.length + closed.length === 0) return refused(rejection("unknown-number"));
  const here = open.find(({ ticketId }) => checkOf(ticketId) === check);
  if (here !== undefined) return refused(rejection(WHILE_OPEN[here.phase]));
  const missed = closed.find(({ ticket }) => checkOf(ticket.ticketId) === check);
  if (missed === undefined) return refused(rejection("wrong-check"));
  if (missed.outcome === "served") return refused(rejection("already-served"));
  if (missed.ticket.reEntered) return refused(rejection("came-back-before"));
  if (at > reEntryEndsAt(hall, missed)) return refused(rejection("re-entry-late"));
  return reEnter(hall, missed.ticket.ticketId, at, CITIZEN);
}

/** At most one: numbers are unique among open tickets (I3). */
const ticketsOpen = (hall: HallView, number: TicketNumber): readonly Readonly<Ticket>[] =>
  hall.openNumbers.has(number) ? [...hall.tickets.values()].filter((ticket) => ticket.number === number) : [];
