import {
  accepted,
  assert,
  type QueueId,
  refused,
  type Result,
  type ServiceId,
  type TicketId,
} from "../../../protocol/index.ts";
import type { Rejection } from "../commands.ts";
import { dayAt, type Instant, openDay } from "../days.ts";
import { CITIZEN, draft } from "../drafts.ts";
import type { EventDraft, TicketOutcome } from "../events.ts";
import { changeKeys, type Folds } from "../fold.ts";
import { forgetCalls } from "../sequencing/announcer.ts";
import type { HallState, HallView, Tally, Ticket } from "../state.ts";
import { drawNumber } from "./ticket-number.ts";
import { WaitingLine } from "./waiting-line.ts";

/** Ordinary citizens. Priority classes, with their reasons, come before it. */
const ORDINARY_RANK = 0;

/** A citizen takes a number for a service. */
export function issueTicket(
  hall: HallView,
  order: { readonly serviceId: ServiceId; readonly ticketId: TicketId },
  instant: Instant,
): Result<readonly EventDraft[], Rejection> {
  const service = hall.configuration?.services.find((entry) => entry.id === order.serviceId);
  if (service === undefined) return refused({ code: "unknown-service", detail: `no service "${order.serviceId}"` });
  const day = dayAt(hall, instant);
  const newDay = openDay(hall, instant);
  const drawn = drawNumber(hall, service.queue, day.date);
  if (drawn === null)
    return refused({ code: "series-exhausted", detail: `all numbers of ${service.queue} are in use` });
  const issued = draft(
    "ticket.issued",
    {
      ticketId: order.ticketId,
      number: drawn.number,
      serviceId: service.id,
      queueId: service.queue,
      date: day.date,
      ordinal: drawn.ordinal,
      rank: ORDINARY_RANK,
      ahead: newDay.length > 0 ? 0 : (hall.lines.get(service.queue)?.size ?? 0),
    },
    CITIZEN,
  );
  return accepted([...newDay, issued]);
}

export const lineOf = (hall: HallState, queueId: QueueId): WaitingLine => {
  const line = hall.lines.get(queueId) ?? new WaitingLine();
  hall.lines.set(queueId, line);
  return line;
};

export const tallyOf = (hall: HallState, queueId: QueueId): Tally => {
  const tally = hall.tally.get(queueId) ?? { issued: 0, served: 0, noShow: 0, dayEnded: 0 };
  hall.tally.set(queueId, tally);
  return tally;
};

const OUTCOME_COLUMN: { readonly [K in TicketOutcome]: keyof Tally } = {
  served: "served",
  "no-show": "noShow",
  "day-ended": "dayEnded",
};

export const ticketFolds: Folds<"ticket.issued" | "ticket.closed"> = {
  "ticket.issued": (hall, { data, recordedAtMs, seq }) => {
    assert(!hall.openNumbers.has(data.number), `number ${data.number} given twice`);
    const ticket: Ticket = {
      ticketId: data.ticketId,
      number: data.number,
      serviceId: data.serviceId,
      queueId: data.queueId,
      rank: data.rank,
      enteredAtMs: recordedAtMs,
      position: seq,
      phase: "waiting",
    };
    hall.tickets.set(ticket.ticketId, ticket);
    hall.openNumbers.add(ticket.number);
    hall.series.set(ticket.queueId, { date: data.date, drawn: data.ordinal });
    lineOf(hall, ticket.queueId).add(ticket);
    tallyOf(hall, ticket.queueId).issued += 1;
  },
  "ticket.closed": (hall, event) => {
    const { ticketId, outcome, visitId, counterId } = event.data;
    const ticket = hall.tickets.get(ticketId);
    if (ticket === undefined) return;
    if (ticket.phase === "waiting") lineOf(hall, ticket.queueId).remove(ticket);
    hall.tickets.delete(ticketId);
    hall.openNumbers.delete(ticket.number);
    tallyOf(hall, ticket.queueId)[OUTCOME_COLUMN[outcome]] += 1;
    if (visitId !== null) forgetCalls(hall, visitId);
    const counter = counterId === null ? undefined : hall.counters.get(counterId);
    if (counter?.visit?.ticketId !== ticketId) return; // Served: its end has freed the window already.
    changeKeys(hall, event, counter.counterId, () => {
      counter.visit = null;
    });
  },
};
