import { accepted, type EpochMs, refused, type Result, type TicketId } from "../../../protocol/index.ts";
import type { Rejection } from "../commands.ts";
import { draft } from "../drafts.ts";
import type { Actor, Binding, EventDraft, EventOf } from "../events.ts";
import type { Folds } from "../fold.ts";
import { rejection } from "../refusals.ts";
import type { ClosedTicket, HallState, HallView, Ticket } from "../state.ts";
import { enterAtHead } from "./lines.ts";
import { OUTCOME_COLUMN, tallyOf } from "./tally.ts";

/** Closed tickets remembered at once; the oldest are forgotten first. */
const LATELY_MAX = 1_000;

/** For the fold of `ticket.closed`: who may still come back. */
export function rememberClosed(hall: HallState, ticket: Ticket, event: EventOf<"ticket.closed">): void {
  const { outcome, counterId } = event.data;
  const withinMs = hall.configuration?.rules.reEntryWithinMs ?? 0;
  while (hall.lately[0] !== undefined && event.recordedAtMs - hall.lately[0].closedAtMs > withinMs) hall.lately.shift();
  if ((outcome !== "no-show" && outcome !== "served") || counterId === null) return;
  const staffId = event.actor.kind === "staff" ? event.actor.staffId : null;
  hall.lately.push({ ticket, outcome, closedAtMs: event.recordedAtMs, counterId, staffId });
  if (hall.lately.length > LATELY_MAX) hall.lately.shift();
}

type Closed = HallView["lately"][number];

/** Until when a closed ticket may come back. */
export const reEntryEndsAt = (hall: HallView, { closedAtMs }: Pick<ClosedTicket, "closedAtMs">): number =>
  closedAtMs + (hall.configuration?.rules.reEntryWithinMs ?? 0);

/** A no-show who came after all: once, in time, at the head of the queue of the leg they missed. */
export function reEnter(
  hall: HallView,
  ticketId: TicketId,
  at: EpochMs,
  actor: Actor,
): Result<readonly EventDraft[], Rejection> {
  const closed = hall.lately.find((entry) => entry.ticket.ticketId === ticketId);
  if (closed?.outcome !== "no-show") return refused(rejection("no-such-ticket"));
  if (closed.ticket.reEntered) return refused(rejection("re-entry-over"));
  return comeBack({ hall, closed, at, actor, how: "came-back", boundTo: closed.ticket.boundTo });
}

/** Somebody who was served is asked back by the same person: first in line there, and for nobody else. */
export function askBack(
  hall: HallView,
  ticketId: TicketId,
  at: EpochMs,
  actor: Extract<Actor, { kind: "staff" }>,
): Result<readonly EventDraft[], Rejection> {
  const closed = hall.lately.find((entry) => entry.ticket.ticketId === ticketId);
  if (closed?.outcome !== "served") return refused(rejection("no-such-ticket"));
  if (closed.staffId !== actor.staffId) return refused(rejection("not-here"));
  const boundTo: Binding = { counterId: null, staffId: actor.staffId };
  return comeBack({ hall, closed, at, actor, how: "asked-back", boundTo });
}

interface Return {
  readonly hall: HallView;
  readonly closed: Closed;
  readonly at: EpochMs;
  readonly actor: Actor;
  readonly how: "came-back" | "asked-back";
  readonly boundTo: Binding | null;
}

function comeBack({ hall, closed, at, actor, how, boundTo }: Return): ReturnType<typeof reEnter> {
  const { ticketId, number } = closed.ticket;
  if (at > reEntryEndsAt(hall, closed)) return refused(rejection("re-entry-over"));
  if (hall.openNumbers.has(number)) return refused(rejection("number-taken"));
  return accepted([draft("ticket.re-entered", { ticketId, number, how, boundTo }, actor)]);
}

export const reEntryFolds: Folds<"ticket.re-entered"> = {
  "ticket.re-entered": (hall, { data, recordedAtMs }) => {
    const closed = hall.lately.find((entry) => entry.ticket.ticketId === data.ticketId);
    if (closed === undefined) return;
    hall.lately = hall.lately.filter((entry) => entry !== closed);
    const { ticket } = closed;
    ticket.phase = "waiting";
    ticket.boundTo = data.boundTo;
    ticket.boundSinceMs = data.boundTo === null ? null : recordedAtMs;
    if (data.how === "came-back") ticket.reEntered = true;
    hall.tickets.set(ticket.ticketId, ticket);
    hall.openNumbers.add(ticket.number);
    tallyOf(hall, ticket.homeQueueId)[OUTCOME_COLUMN[closed.outcome]] -= 1;
    enterAtHead(hall, ticket);
  },
};
