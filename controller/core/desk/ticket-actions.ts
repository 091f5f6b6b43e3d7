import {
  accepted,
  refused,
  type Result,
  type ServiceId,
  type StaffId,
  type TicketId,
} from "../../../protocol/index.ts";
import { ticketHoursAt } from "../closing/ticket-hours.ts";
import type { Rejection } from "../commands.ts";
import { callTicket, whyNoCall } from "../counters/calling.ts";
import { pauseWithTicketsEnd } from "../counters/pausing.ts";
import { byStaff, draft } from "../drafts.ts";
import type { EventDraft, TicketOutcome } from "../events.ts";
import { actorAt, type CounterContext, type Decided } from "../inputs/context.ts";
import { isInHand } from "../queue/lines.ts";
import { issueLateTicket } from "../queue/tickets.ts";
import type { ReasonId, ReasonKind } from "../reasons.ts";
import { rejection } from "../refusals.ts";
import { isTooFresh, linesAt, passedOverInOrder } from "../sequencing/strict.ts";
import type { HallView } from "../state.ts";

type TicketView = NonNullable<ReturnType<HallView["tickets"]["get"]>>;
interface AboutTicket {
  readonly ticket: TicketId;
  readonly reason: ReasonId;
}

/** QUE-04: out of its turn only with a reason; the record names it and who was passed over. */
export function callOutOfOrder(context: CounterContext, { ticket: ticketId, reason }: AboutTicket): Decided {
  const { hall, counter, at } = context;
  if (!isReason(hall, "outOfOrder", reason)) return refused("unknown-reason");
  const hindrance = whyNoCall(counter);
  if (hindrance !== null) return refused(hindrance);
  const ticket = hall.tickets.get(ticketId);
  if (ticket === undefined) return refused("no-such-ticket");
  if (ticket.phase !== "waiting" || !isInHand(ticket)) return refused("not-waiting");
  if (!isCallableAt(context, ticket)) return refused("not-here");
  if (isTooFresh(hall, ticket, at)) return refused("too-fresh");
  const passedOver = passedOverInOrder(hall, counter, ticket);
  const calling = { rule: "out-of-order", occasion: "key", passedOver, goesOn: null, reason } as const;
  return accepted(callTicket(context, ticket, calling));
}

/** HRS-19: after the cut-off a waiting ticket may be declined, one by one, with a filed reason. */
export function declineTicket(context: CounterContext, { ticket: ticketId, reason }: AboutTicket): Decided {
  const { hall, at } = context;
  if (!isReason(hall, "decline", reason)) return refused("unknown-reason");
  if (ticketHoursAt(hall, at).open) return refused("still-open");
  return closeWith(context, ticketId, "declined", reason);
}

export function cancelTicket(context: CounterContext, { ticket: ticketId, reason }: AboutTicket): Decided {
  if (!isReason(context.hall, "cancel", reason)) return refused("unknown-reason");
  return closeWith(context, ticketId, "cancelled", reason);
}

/** Tickets of this window: at hand, held here, or waiting for it. */
function closeWith(context: CounterContext, ticketId: TicketId, outcome: TicketOutcome, reason: ReasonId): Decided {
  const { hall, counter } = context;
  const ticket = hall.tickets.get(ticketId);
  if (ticket === undefined) return refused("no-such-ticket");
  const atHand = counter.visit?.ticketId === ticketId ? counter.visit : null;
  if (atHand === null && ticket.phase === "waiting" && !isOurs(context, ticket)) return refused("not-here");
  if (atHand === null && ticket.phase === "held" && ticket.held?.counterId !== counter.counterId)
    return refused("not-here");
  if (atHand === null && ticket.phase !== "waiting" && ticket.phase !== "held") return refused("not-here");
  const closed = {
    ticketId,
    outcome,
    visitId: atHand?.visitId ?? null,
    counterId: atHand === null ? null : counter.counterId,
    reason,
  };
  const drafted = draft("ticket.closed", closed, actorAt(counter), closed.visitId);
  return accepted([drafted, ...(atHand === null ? [] : pauseWithTicketsEnd(context))]);
}

/** AMB-28: who comes after the cut-off is taken by staff, with a reason; before it the kiosk gives tickets. */
export function takeLateTicket(
  { hall, at }: CounterContext,
  late: {
    readonly serviceId: ServiceId;
    readonly ticketId: TicketId;
    readonly reason: ReasonId;
    readonly staffId: StaffId;
  },
): Result<readonly EventDraft[], Rejection> {
  const { reason, staffId } = late;
  if (!isReason(hall, "late", reason)) return refused(rejection("unknown-reason"));
  if (ticketHoursAt(hall, at).open) return refused(rejection("still-open"));
  const running = { at, clockTrusted: false }; // A late ticket belongs to the running day and opens none.
  return issueLateTicket(hall, late, { ...running, late: reason, actor: byStaff(staffId) });
}

const isReason = (hall: HallView, kind: ReasonKind, id: ReasonId): boolean =>
  hall.configuration?.reasons[kind].some((entry) => entry.id === id) === true;

const isCallableAt = ({ hall, counter }: CounterContext, ticket: TicketView): boolean =>
  linesAt(hall, counter).some((line) => line.has(ticket));

/** Also while its paper is awaited. */
function isOurs(context: CounterContext, ticket: TicketView): boolean {
  if (isInHand(ticket)) return isCallableAt(context, ticket);
  const { hall, counter } = context;
  const queues = hall.configuration?.counters.find((entry) => entry.id === counter.counterId)?.queues ?? [];
  return queues.includes(ticket.queueId);
}
