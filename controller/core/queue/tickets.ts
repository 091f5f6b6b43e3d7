import {
  accepted,
  assert,
  type BusinessDate,
  type QueueId,
  refused,
  type Result,
  type ServiceId,
  type TicketId,
} from "../../../protocol/index.ts";
import { noteWork } from "../closing/extended-service.ts";
import { ticketHoursAt } from "../closing/ticket-hours.ts";
import type { Rejection } from "../commands.ts";
import { dayAt, type Instant, openDay } from "../days.ts";
import { CITIZEN, draft } from "../drafts.ts";
import type { Actor, EventBodies, EventDraft } from "../events.ts";
import { changeKeys, type Folds } from "../fold.ts";
import { isToJump, leftOutOn } from "../numbers-drawn.ts";
import type { ReasonId } from "../reasons.ts";
import { forgetCalls } from "../sequencing/announcer.ts";
import type { HallView, Ticket } from "../state.ts";
import { enterLine, leaveLine } from "./lines.ts";
import { ORDINARY_RANK, type PriorityId } from "./priorities.ts";
import { rememberClosed } from "./re-entry.ts";
import { OUTCOME_COLUMN, tallyOf } from "./tally.ts";
import { drawNumber, seriesLength } from "./ticket-number.ts";

export { lineOf } from "./lines.ts";

export interface TicketOrder {
  readonly serviceId: ServiceId;
  readonly ticketId: TicketId;
  readonly priority?: PriorityId;
  readonly awaitsPrint?: boolean;
}

/** A citizen takes a number for a service. */
export function issueTicket(
  hall: HallView,
  order: TicketOrder,
  { at, clockTrusted }: Instant,
): Result<readonly EventDraft[], Rejection> {
  const hours = ticketHoursAt(hall, at);
  if (!hours.open) return refused({ code: "not-open", detail: "outside the hours in which tickets are given" });
  return issue(hall, order, { at, clockTrusted, late: null, actor: CITIZEN });
}

/** AMB-28: staff take a citizen who comes after the ticket cut-off. The daily contingent does not bind them. */
export function issueLateTicket(
  hall: HallView,
  order: TicketOrder,
  late: Instant & { readonly late: ReasonId; readonly actor: Actor },
): Result<readonly EventDraft[], Rejection> {
  return issue(hall, order, late);
}

/** HRS-21: somebody who booked is here. Neither the ticket hours nor the daily contingent bind them. */
export function issueBookedTicket(
  hall: HallView,
  order: TicketOrder,
  asked: Instant & { readonly actor: Actor },
): Result<readonly EventDraft[], Rejection> {
  return issue(hall, order, { ...asked, late: null, booked: true });
}

interface Issue extends Instant {
  readonly booked?: true;
  readonly late: ReasonId | null;
  readonly actor: Actor;
}

function issue(hall: HallView, order: TicketOrder, asked: Issue): ReturnType<typeof issueTicket> {
  const { late, actor, booked } = asked;
  const service = hall.configuration?.services.find((entry) => entry.id === order.serviceId);
  if (service === undefined) return refused({ code: "unknown-service", detail: `no service "${order.serviceId}"` });
  const priority = hall.configuration?.priorities.find((entry) => entry.id === order.priority) ?? null;
  if (order.priority !== undefined && priority === null)
    return refused({ code: "unknown-priority", detail: `no priority class "${order.priority}"` });
  const day = dayAt(hall, asked);
  const newDay = openDay(hall, asked);
  if (late === null && booked === undefined && contingentLeft(hall, service.queue, day.date) === 0)
    return refused({ code: "contingent-exhausted", detail: `today's contingent of ${service.queue} is used up` });
  const drawn = drawNumber(hall, service.queue, day.date);
  if (drawn === null)
    return refused({ code: "series-exhausted", detail: `all numbers of ${service.queue} are in use` });
  const issued: EventBodies["ticket.issued"] = {
    ticketId: order.ticketId,
    number: drawn.number,
    serviceId: service.id,
    queueId: service.queue,
    date: day.date,
    ordinal: drawn.ordinal,
    rank: priority?.rank ?? ORDINARY_RANK,
    ahead: newDay.length > 0 ? 0 : (hall.lines.get(service.queue)?.size ?? 0),
    priority: priority?.id ?? null,
    print: order.awaitsPrint === true ? "awaited" : "none",
    late,
  };
  return accepted([...newDay, draft("ticket.issued", issued, actor)]);
}

/** Tickets that may still be given today; null where nothing bounds them. */
export function contingentLeft(hall: HallView, queueId: QueueId, date: BusinessDate): number | null {
  const contingent = hall.configuration?.queues.find((entry) => entry.id === queueId)?.contingent;
  if (contingent === undefined) return null;
  const series = hall.series.get(queueId);
  const issued = series?.date === date ? series.issued : 0;
  return Math.max(0, contingent - issued);
}

export const ticketFolds: Folds<"ticket.issued" | "ticket.closed"> = {
  "ticket.issued": (hall, { data, recordedAtMs, seq }) => {
    assert(!hall.openNumbers.has(data.number), `number ${data.number} given twice`);
    const ticket: Ticket = {
      ticketId: data.ticketId,
      number: data.number,
      serviceId: data.serviceId,
      queueId: data.queueId,
      homeQueueId: data.queueId,
      priority: data.priority,
      classRank: data.rank,
      rank: data.rank,
      enteredAtMs: recordedAtMs,
      position: seq,
      print: data.print,
      boundTo: null,
      boundSinceMs: null,
      legs: [],
      reEntered: false,
      phase: "waiting",
      held: null,
      returned: null,
    };
    hall.tickets.set(ticket.ticketId, ticket);
    hall.openNumbers.add(ticket.number);
    const series = hall.series.get(ticket.queueId);
    const before = series?.date === data.date ? series.issued : 0;
    const queue = hall.configuration?.queues.find(({ id }) => id === data.queueId);
    const leftOut = queue === undefined ? [] : leftOutOn(hall, data.queueId, data.date, seriesLength(queue));
    if (hall.restored !== null && isToJump(hall, data.queueId, data.date)) {
      hall.restored = { ...hall.restored, jumped: [...hall.restored.jumped, data.queueId] };
    }
    const drawn = { date: data.date, drawn: data.ordinal, issued: before + 1 };
    hall.series.set(ticket.queueId, leftOut.length > 0 ? { ...drawn, leftOut } : drawn);
    enterLine(hall, ticket);
    tallyOf(hall, ticket.homeQueueId).issued += 1;
  },
  "ticket.closed": (hall, event) => {
    const { ticketId, outcome, visitId, counterId } = event.data;
    const ticket = hall.tickets.get(ticketId);
    if (ticket === undefined) return;
    if (ticket.phase === "waiting") leaveLine(hall, ticket);
    hall.tickets.delete(ticketId);
    hall.unconfirmed.delete(ticketId);
    hall.openNumbers.delete(ticket.number);
    tallyOf(hall, ticket.homeQueueId)[OUTCOME_COLUMN[outcome]] += 1;
    rememberClosed(hall, ticket, event);
    if (visitId !== null) forgetCalls(hall, visitId);
    const counter = counterId === null ? undefined : hall.counters.get(counterId);
    if (counter !== undefined) noteWork(counter, event.recordedAtMs);
    if (counter?.visit?.ticketId !== ticketId) return; // Served: its end has freed the window already.
    changeKeys(hall, event, counter.counterId, () => {
      counter.visit = null;
    });
  },
};
