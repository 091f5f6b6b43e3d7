import {
  accepted,
  type BusinessDate,
  businessDayOf,
  type EpochMs,
  earlier,
  minutes,
  refused,
  type Result,
  seconds,
  type TicketId,
} from "../../protocol/index.ts";
import type { Order, Rejection } from "./commands.ts";
import { byAccount, CONTROLLER, draft } from "./drafts.ts";
import type { EventDraft } from "./events.ts";
import type { Folds } from "./fold.ts";
import { isToJump, leftOutOn, numbersDrawn } from "./numbers-drawn.ts";
import { enterLine, leaveLine } from "./queue/lines.ts";
import { seriesLength } from "./queue/ticket-number.ts";
import { rejection } from "./refusals.ts";
import type { HallState, HallView } from "./state.ts";

// A log that was restored from a copy lacks what came after the copy. Facts come back from the terminals; tickets that
// were issued and called since exist nowhere else.

/** Numbers each series leaves out, because they may be in citizens' hands: more than a busy queue gives in a day. */
export const RESTORED_NUMBERS_GAP = 500;
/** Epochs left out: more starts than a controller has between two backups, */
export const RESTORED_EPOCHS_GAP = 1_000;
/**
 * and one more for so long since the copy was made, so that one copy restored twice does not give the same epoch twice:
 * terminals would take its faces for old ones.
 */
const EPOCH_PER = seconds(10);
/** A clock that stands far ahead must not carry the epoch beyond what terminals may raise it by. */
const EPOCHS_BY_AGE_MAX = 900_000;
const DAY = minutes(24 * 60);

/** The log goes on after `backupPosition`, and everything that was open waits for a person. */
export function noteRestore(
  hall: HallView,
  order: Extract<Order, { type: "note-restore" }>,
  at: EpochMs,
): EventDraft[] {
  const date = datedFrom(hall, at);
  const byAge = Math.min(Math.floor(Math.max(0, at - order.madeAtMs) / EPOCH_PER), EPOCHS_BY_AGE_MAX);
  const restored = { date, epoch: hall.epoch + RESTORED_EPOCHS_GAP + byAge, numbersGap: RESTORED_NUMBERS_GAP };
  const { madeAtMs, drawn = [], erased = [] } = order;
  const known = { ...(drawn.length > 0 && { drawn }), ...(erased.length > 0 && { erased }) };
  return [draft("hall.restored", { ...restored, ...known, backupPosition: hall.position, madeAtMs }, CONTROLLER)];
}

/** A copy of a hall that had not begun knows no zone: the day before has begun in each of them. */
function datedFrom({ configuration }: HallView, at: EpochMs): BusinessDate {
  if (configuration === null) return businessDayOf(earlier(at, DAY), "UTC").date;
  return businessDayOf(at, configuration.zone).date;
}

/** A person has found out which of the restored tickets are still somebody's. */
export function settleRestored(
  hall: HallView,
  { tickets, how, by }: Extract<Order, { type: "settle-restored" }>,
): Result<readonly EventDraft[], Rejection> {
  const asked = tickets === "all" ? unconfirmedWaiting(hall) : tickets.filter((id) => hall.unconfirmed.has(id));
  const settled = asked.flatMap((ticketId): EventDraft[] => {
    const ticket = hall.tickets.get(ticketId);
    if (ticket === undefined) return [];
    if (how === "confirm") return [draft("ticket.confirmed", { ticketId, number: ticket.number }, byAccount(by))];
    if (ticket.phase !== "waiting" && ticket.phase !== "held") return []; // At a window: its clerk ends it.
    const closed = { ticketId, outcome: "cancelled", visitId: null, counterId: null } as const;
    return [draft("ticket.closed", closed, byAccount(by))];
  });
  const unknown = tickets !== "all" && tickets.some((id) => !hall.tickets.has(id));
  return settled.length === 0 && unknown ? refused(rejection("no-such-ticket")) : accepted(settled);
}

/** Those that nobody at a window has in hand, in the order in which they came. */
export const unconfirmedWaiting = (hall: HallView): TicketId[] =>
  [...hall.unconfirmed]
    .flatMap((ticketId) => hall.tickets.get(ticketId) ?? [])
    .filter(({ phase }) => phase === "waiting" || phase === "held")
    .sort((a, b) => a.enteredAtMs - b.enteredAtMs || a.position - b.position)
    .map(({ ticketId }) => ticketId);

export const restoringFolds: Folds<"hall.restored" | "ticket.confirmed"> = {
  "hall.restored": (hall, { data, recordedAtMs }) => {
    const { date, numbersGap, epoch, drawn = [], erased = [] } = data;
    hall.epoch = epoch;
    for (const digest of erased) hall.office?.evidence.delete(digest);
    if (date !== null) jumpPending(hall, date);
    const jumped = drawn.map(({ queueId }) => queueId);
    hall.restored = { date, numbersGap, atMs: recordedAtMs, madeAtMs: data.madeAtMs, jumped };
    for (const { queueId, ...series } of drawn) hall.series.set(queueId, series);
    for (const ticket of hall.tickets.values()) {
      if (ticket.phase === "waiting") leaveLine(hall, ticket);
      hall.unconfirmed.add(ticket.ticketId);
    }
  },
  "ticket.confirmed": (hall, { data }) => {
    const ticket = hall.tickets.get(data.ticketId);
    if (!hall.unconfirmed.delete(data.ticketId) || ticket === undefined) return;
    if (ticket.print === "awaited") ticket.print = "printed"; // Somebody has seen the paper.
    if (ticket.phase === "waiting") enterLine(hall, ticket);
  },
};

/** A gap that an earlier restore still has pending stays one of its own: numbers after it may have been given since. */
function jumpPending(hall: HallState, date: BusinessDate): void {
  const pendingFrom = hall.restored?.date ?? date;
  const on = pendingFrom > date ? pendingFrom : date;
  for (const queue of hall.configuration?.queues ?? []) {
    if (!isToJump(hall, queue.id, on)) continue;
    const length = seriesLength(queue);
    const known = hall.series.get(queue.id);
    hall.series.set(queue.id, {
      date: on,
      drawn: numbersDrawn(hall, queue.id, on, length),
      issued: known?.date === on ? known.issued : 0,
      leftOut: leftOutOn(hall, queue.id, on, length),
    });
  }
}
