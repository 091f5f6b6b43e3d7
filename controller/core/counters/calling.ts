import {
  accepted,
  assert,
  CallId,
  type EpochMs,
  present,
  refused,
  type StaffId,
  type TicketNumber,
  VisitId,
} from "../../../protocol/index.ts";
import { hasReservedTurn } from "../appointments/appointments.ts";
import { plannedSignOff } from "../closing/close-window.ts";
import { byStaff, CONTROLLER, draft } from "../drafts.ts";
import type { CallRule, EventDraft, EventOf } from "../events.ts";
import { changeKeys, type Folds } from "../fold.ts";
import type { BodyOf, CounterContext, Decided } from "../inputs/context.ts";
import { leaveLine } from "../queue/lines.ts";
import type { Place } from "../queue/waiting-line.ts";
import type { ReasonId } from "../reasons.ts";
import { announceIfFree, noteCall } from "../sequencing/announcer.ts";
import { chooseStrictly, passedOverBy } from "../sequencing/strict.ts";
import type { HallState, Ticket, Visit } from "../state.ts";
import { type CounterView, keypadIsKept, phaseOf } from "./counter.ts";

/** The next ticket is called; when there is none to call, the counter is armed for the next arrival. */
export function callNext(context: CounterContext): Decided {
  const { hall, counter, at } = context;
  const hindrance = whyNoCall(counter);
  if (hindrance !== null) return refused(hindrance);
  const choice = chooseStrictly(hall, counter, at);
  if (choice.chosen !== null) return accepted(callTicket(context, choice.chosen));
  if (counter.armedSinceMs !== null) return refused(choice.because);
  return accepted([draft("counter.armed", { counterId: counter.counterId }, byStaff(onDutyAt(counter)))]);
}

/** A counter that has a ticket called to it or being served never gets a second one. */
export function whyNoCall(counter: CounterView): "has-ticket" | "paused" | "signing-off" | null {
  if (counter.visit !== null) return "has-ticket";
  if (counter.paused !== null) return "paused";
  return counter.signOffPlanned ? "signing-off" : null;
}

/** Why this ticket, by which rule and how it came to be called. */
export interface Calling {
  readonly rule: CallRule;
  readonly occasion: "key" | "armed";
  readonly passedOver: readonly TicketNumber[];
  /** The leg that goes on with it; null begins a new one. */
  readonly goesOn: VisitId | null;
  readonly reason?: ReasonId;
}

const BY_KEY: Calling = { rule: "strict", occasion: "key", passedOver: [], goesOn: null };

/** The call, the announcement if the voice is free, and the end of a rating window that had its 15 s. */
export function callTicket(
  context: CounterContext,
  place: Pick<Place, "ticketId">,
  { rule, occasion, passedOver, goesOn, reason }: Calling = BY_KEY,
): EventDraft[] {
  const { hall, counter, at, commandId } = context;
  const ticket = present(hall.tickets.get(place.ticketId), `ticket ${place.ticketId}`);
  const staffId = onDutyAt(counter);
  const visitId = goesOn ?? VisitId.parse(commandId);
  const callId = CallId.parse(commandId);
  const { counterId } = counter;
  const called = draft(
    "ticket.called",
    {
      ticketId: ticket.ticketId,
      number: ticket.number,
      visitId,
      callId,
      counterId,
      staffId,
      rule: rule === "strict" && hasReservedTurn(hall, ticket) ? "appointment" : rule,
      occasion,
      passedOver: rule === "strict" ? passedOverBy(hall, counter, ticket) : passedOver,
      ...(reason !== undefined && { reason }),
    },
    byStaff(staffId),
    visitId,
  );
  const announced = announceIfFree(hall, { callId, visitId, counterId, callCount: 1 }, at);
  return [...closeOldKeypad(context), called, ...announced];
}

const onDutyAt = (counter: CounterView): StaffId => present(counter.onDuty, "staff on duty");

function closeOldKeypad({ hall, counter, at }: CounterContext): EventDraft[] {
  if (counter.rating === null || keypadIsKept(hall, counter, at)) return [];
  const expired = { visitId: counter.rating, counterId: counter.counterId, how: "next-call" } as const;
  return [draft("rating.expired", expired, CONTROLLER, counter.rating)];
}

/** Bounded, and never before the last call had its time to be heard. */
export function recall(context: CounterContext, { visitId }: BodyOf<"recall">): Decided {
  const { hall, counter, at, commandId } = context;
  const visit = counter.visit;
  const rules = present(hall.configuration, "configuration").rules;
  if (visit?.visitId !== visitId || phaseOf(counter) !== "called") return refused("not-called");
  if (visit.callCount > rules.recallMax) return refused("recall-limit");
  if (hall.pendingCalls.some((call) => call.visitId === visitId)) return refused("not-announced");
  if (since(visit.lastAnnouncedAtMs, at) < rules.recallIntervalMs) return refused("recall-too-soon");
  const call = {
    callId: CallId.parse(commandId),
    visitId,
    counterId: counter.counterId,
    callCount: visit.callCount + 1,
  };
  const staffId = present(counter.onDuty, "staff on duty");
  return accepted([draft("ticket.recalled", call, byStaff(staffId), visitId), ...announceIfFree(hall, call, at)]);
}

/** The citizen did not come. Refused before the call was heard for long enough; then the next ticket is called. */
export function markNoShow(context: CounterContext, { visitId }: BodyOf<"no-show">): Decided {
  const { hall, counter, at } = context;
  const visit = counter.visit;
  const rules = present(hall.configuration, "configuration").rules;
  if (visit?.visitId !== visitId || visit.phase !== "called") return refused("not-called");
  if (visit.firstAnnouncedAtMs === null) return refused("not-announced");
  if (since(visit.firstAnnouncedAtMs, at) < rules.noShowAfterMs) return refused("no-show-too-soon");
  const staffId = present(counter.onDuty, "staff on duty");
  const closed = draft(
    "ticket.closed",
    { ticketId: visit.ticketId, outcome: "no-show", visitId, counterId: counter.counterId },
    byStaff(staffId),
    visitId,
  );
  if (counter.signOffPlanned) {
    return accepted([closed, plannedSignOff(hall, counter, staffId, byStaff(staffId))]);
  }
  const choice = chooseStrictly(hall, counter, at);
  return accepted(choice.chosen === null ? [closed] : [closed, ...callTicket(context, choice.chosen)]);
}

/** I3, I5: out of its line, or out of this counter's own keeping. */
function takeUp(hall: HallState, ticket: Ticket, { number, counterId }: EventOf<"ticket.called">["data"]): void {
  if (ticket.phase === "held") {
    assert(ticket.held?.counterId === counterId, `ticket ${number} is held elsewhere`);
  } else {
    assert(ticket.phase === "waiting", `ticket ${number} called while ${ticket.phase}`);
    assert(leaveLine(hall, ticket), `ticket ${number} was not in its line`);
  }
  hall.unconfirmed.delete(ticket.ticketId); // Its start was heard late: somebody is there.
  ticket.phase = "called";
  ticket.held = null;
  ticket.returned = null;
}

const since = (instant: EpochMs | null, at: EpochMs): number => (instant === null ? 0 : at - instant);

export const callingFolds: Folds<"ticket.called" | "ticket.recalled"> = {
  "ticket.called": (hall, event) => {
    const { ticketId, visitId, callId, counterId, number } = event.data;
    const ticket = present(hall.tickets.get(ticketId), `ticket ${ticketId}`);
    const servedBeforeMs = ticket.held?.servedMs ?? 0;
    const goesOn = ticket.returned?.visitId === visitId ? ticket.returned : null;
    takeUp(hall, ticket, event.data);
    const visit: Visit = {
      visitId,
      ticketId,
      number,
      serviceId: ticket.serviceId,
      calledAtMs: goesOn?.calledAtMs ?? event.recordedAtMs,
      phase: "called",
      callCount: 1,
      firstAnnouncedAtMs: null,
      lastAnnouncedAtMs: null,
      startedAtMs: null,
      presumedAtMs: null,
      servedBeforeMs,
    };
    changeKeys(hall, event, counterId, (counter) => {
      assert(counter.visit === null, `counter ${counterId} has a ticket already`); // I5
      counter.visit = visit;
    });
    noteCall(hall, { callId, visitId, counterId, callCount: 1 }, number, event.recordedAtMs);
  },
  "ticket.recalled": (hall, { data, recordedAtMs }) => {
    const visit = hall.counters.get(data.counterId)?.visit;
    if (visit?.visitId !== data.visitId) return;
    visit.callCount = data.callCount;
    noteCall(hall, data, visit.number, recordedAtMs);
  },
};
