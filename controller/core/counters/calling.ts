import { assert, CallId, type EpochMs, present, VisitId } from "../../../protocol/index.ts";
import { byStaff, CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import { changeKeys, type Folds } from "../fold.ts";
import { type BodyOf, type InputContext, refuseIntent } from "../inputs/context.ts";
import { lineOf } from "../queue/tickets.ts";
import type { Place } from "../queue/waiting-line.ts";
import { announceIfFree } from "../sequencing/announcer.ts";
import { chooseStrictly } from "../sequencing/strict.ts";
import type { Visit } from "../state.ts";
import { keypadIsKept } from "./counter.ts";

/** A counter that has a ticket called to it or being served never gets a second one. */
export function callNext(context: InputContext): EventDraft[] {
  const { hall, counter, at } = context;
  if (counter.visit !== null) return refuseIntent(context, "has-ticket");
  if (counter.paused !== null) return refuseIntent(context, "paused");
  if (counter.signOffPlanned) return refuseIntent(context, "signing-off");
  const choice = chooseStrictly(hall, counter, at);
  return choice.chosen === null ? refuseIntent(context, choice.because) : callTicket(context, choice.chosen);
}

/** The call, the announcement if the voice is free, and the end of a rating window that had its 15 s. */
export function callTicket(context: InputContext, place: Place): EventDraft[] {
  const { hall, counter, at, commandId } = context;
  const ticket = present(hall.tickets.get(place.ticketId), `ticket ${place.ticketId}`);
  const staffId = present(counter.onDuty, "staff on duty");
  const visitId = VisitId.parse(commandId);
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
      rule: "strict",
      passedOver: [],
    },
    byStaff(staffId),
    visitId,
  );
  const announced = announceIfFree(hall, { callId, visitId, counterId, callCount: 1 }, at);
  return [...closeOldKeypad(context), called, ...announced];
}

function closeOldKeypad({ hall, counter, at }: InputContext): EventDraft[] {
  if (counter.rating === null || keypadIsKept(hall, counter, at)) return [];
  const expired = { visitId: counter.rating, counterId: counter.counterId, how: "next-call" } as const;
  return [draft("rating.expired", expired, CONTROLLER, counter.rating)];
}

/** Bounded, and never before the last call had its time to be heard. */
export function recall(context: InputContext, { visitId }: BodyOf<"recall">): EventDraft[] {
  const { hall, counter, at, commandId } = context;
  const visit = counter.visit;
  const rules = present(hall.configuration, "configuration").rules;
  if (visit === null || visit.visitId !== visitId || visit.phase !== "called")
    return refuseIntent(context, "not-called");
  if (visit.callCount > rules.recallMax) return refuseIntent(context, "recall-limit");
  if (hall.pendingCalls.some((call) => call.visitId === visitId)) return refuseIntent(context, "not-announced");
  if (since(visit.lastAnnouncedAtMs, at) < rules.recallIntervalMs) return refuseIntent(context, "recall-too-soon");
  const call = {
    callId: CallId.parse(commandId),
    visitId,
    counterId: counter.counterId,
    callCount: visit.callCount + 1,
  };
  const staffId = present(counter.onDuty, "staff on duty");
  return [draft("ticket.recalled", call, byStaff(staffId), visitId), ...announceIfFree(hall, call, at)];
}

/** The citizen did not come. Refused before the call was heard for long enough; then the next ticket is called. */
export function markNoShow(context: InputContext, { visitId }: BodyOf<"no-show">): EventDraft[] {
  const { hall, counter, at } = context;
  const visit = counter.visit;
  const rules = present(hall.configuration, "configuration").rules;
  if (visit === null || visit.visitId !== visitId || visit.phase !== "called")
    return refuseIntent(context, "not-called");
  if (visit.firstAnnouncedAtMs === null) return refuseIntent(context, "not-announced");
  if (since(visit.firstAnnouncedAtMs, at) < rules.noShowAfterMs) return refuseIntent(context, "no-show-too-soon");
  const staffId = present(counter.onDuty, "staff on duty");
  const closed = draft(
    "ticket.closed",
    { ticketId: visit.ticketId, outcome: "no-show", visitId, counterId: counter.counterId },
    byStaff(staffId),
    visitId,
  );
  if (counter.signOffPlanned) {
    return [closed, draft("staff.signed-off", { counterId: counter.counterId, staffId }, byStaff(staffId))];
  }
  const choice = chooseStrictly(hall, counter, at);
  return choice.chosen === null ? [closed] : [closed, ...callTicket(context, choice.chosen)];
}

const since = (instant: EpochMs | null, at: EpochMs): number => (instant === null ? 0 : at - instant);

export const callingFolds: Folds<"ticket.called" | "ticket.recalled"> = {
  "ticket.called": (hall, event) => {
    const { ticketId, visitId, callId, counterId, number } = event.data;
    const ticket = present(hall.tickets.get(ticketId), `ticket ${ticketId}`);
    assert(ticket.phase === "waiting", `ticket ${number} called while ${ticket.phase}`); // I3, I5
    assert(lineOf(hall, ticket.queueId).remove(ticket), `ticket ${number} was not in its line`);
    ticket.phase = "called";
    const visit: Visit = {
      visitId,
      ticketId,
      number,
      serviceId: ticket.serviceId,
      calledAtMs: event.recordedAtMs,
      phase: "called",
      callCount: 1,
      firstAnnouncedAtMs: null,
      lastAnnouncedAtMs: null,
      startedAtMs: null,
    };
    changeKeys(hall, event, counterId, (counter) => {
      assert(counter.visit === null, `counter ${counterId} has a ticket already`); // I5
      counter.visit = visit;
    });
    hall.pendingCalls = [...hall.pendingCalls, { callId, visitId, counterId, callCount: 1 }];
  },
  "ticket.recalled": (hall, { data }) => {
    const visit = hall.counters.get(data.counterId)?.visit;
    if (visit?.visitId !== data.visitId) return;
    visit.callCount = data.callCount;
    hall.pendingCalls = [...hall.pendingCalls, data];
  },
};
