import { present } from "../../../protocol/index.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import { changeKeys, type Folds } from "../fold.ts";
import { actorAt, type BodyOf, type InputContext, recordFact } from "../inputs/context.ts";
import { forgetCalls } from "../sequencing/announcer.ts";

// Start and finish of the visit at the counter are facts: taken without the controller too, never refused for age. They
// act if the visit they name is still the one at hand, which makes them the latest word whenever they arrive.

export function startService(context: InputContext, { visitId }: BodyOf<"service-started">): EventDraft[] {
  const { counter } = context;
  const visit = counter.visit;
  if (visit?.visitId !== visitId) return recordFact(context, "not-at-hand", visitId);
  if (visit.phase !== "called") return recordFact(context, "already-started", visitId);
  const started = draft("visit.started", { visitId, counterId: counter.counterId }, actorAt(counter), visitId);
  if (counter.rating === null) return [started];
  const expired = { visitId: counter.rating, counterId: counter.counterId, how: "next-start" } as const;
  return [draft("rating.expired", expired, CONTROLLER, counter.rating), started];
}

/** Ends the visit, closes the ticket as served and opens the rating window, with staff and counter frozen. */
export function finishService(context: InputContext, { visitId }: BodyOf<"service-finished">): EventDraft[] {
  const { counter } = context;
  const visit = counter.visit;
  if (visit?.visitId !== visitId) return recordFact(context, "not-at-hand", visitId);
  if (visit.phase !== "serving") return recordFact(context, "not-started", visitId);
  const { counterId } = counter;
  const staffId = present(counter.onDuty, "staff on duty");
  const { number, serviceId, ticketId } = visit;
  const actor = actorAt(counter);
  const ended = draft("visit.ended", { visitId, counterId, staffId, number, serviceId }, actor, visitId);
  const closed = draft("ticket.closed", { ticketId, outcome: "served", visitId, counterId }, actor, visitId);
  const paused = counter.pausePlanned ? [draft("counter.paused", { counterId }, actor)] : [];
  return [ended, closed, ...paused];
}

export const visitFolds: Folds<"visit.started" | "visit.ended"> = {
  "visit.started": (hall, event) => {
    const { visitId, counterId } = event.data;
    changeKeys(hall, event, counterId, (counter) => {
      const visit = counter.visit;
      if (visit?.visitId !== visitId) return;
      visit.phase = "serving";
      visit.startedAtMs = event.occurredAtMs;
      const ticket = hall.tickets.get(visit.ticketId);
      if (ticket !== undefined) ticket.phase = "serving";
    });
    forgetCalls(hall, visitId);
  },
  "visit.ended": (hall, event) => {
    const { visitId, counterId, staffId } = event.data;
    hall.ratings.set(visitId, { visitId, counterId, staffId, openedAtMs: event.occurredAtMs, state: "open" });
    changeKeys(hall, event, counterId, (counter) => {
      counter.visit = null;
      counter.rating = visitId;
    });
  },
};
