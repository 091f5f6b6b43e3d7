import { type EpochMs, present, type VisitId } from "../../../protocol/index.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import { changeKeys, type Folds } from "../fold.ts";
import { actorAt, type BodyOf, type CounterContext, type InputContext, recordFact } from "../inputs/context.ts";
import { between } from "../mono-mark.ts";
import { callTicket } from "./calling.ts";
import type { CounterView } from "./counter.ts";
import { pauseWithTicketsEnd } from "./pausing.ts";
import { forgetCalls } from "../sequencing/announcer.ts";

type VisitView = NonNullable<CounterView["visit"]>;

// Start and finish of the visit at the counter are facts: taken without the controller too, never refused for age. They
// act if the visit they name is still the one at hand, which makes them the latest word whenever they arrive.

export function startService(context: InputContext, { visitId }: BodyOf<"service-started">): EventDraft[] {
  const { counter } = context;
  const visit = counter.visit;
  if (visit?.visitId !== visitId) return takeBack(context, visitId) ?? recordFact(context, "not-at-hand", visitId);
  if (visit.phase !== "called") return recordFact(context, "already-started", visitId);
  const started = startedAt(context, visitId);
  if (counter.rating === null) return [started];
  const expired = { visitId: counter.rating, counterId: counter.counterId, how: "next-start" } as const;
  return [draft("rating.expired", expired, CONTROLLER, counter.rating), started];
}

/**
 * The terminal was silent, its ticket went back into the line, and now it says that service had begun. If nobody else
 * has called the ticket since, and the window is free, it is served there still. Null otherwise.
 */
function takeBack(context: InputContext, visitId: VisitId): EventDraft[] | null {
  const { hall, counter } = context;
  const { counterId } = counter;
  if (counter.visit !== null || counter.onDuty === null) return null;
  for (const ticket of hall.tickets.values()) {
    const { returned } = ticket;
    if (returned?.visitId !== visitId || returned.counterId !== counterId) continue;
    const called = callTicket(context, ticket, {
      rule: "started-there",
      occasion: "key",
      passedOver: [],
      goesOn: visitId,
    });
    const unheard = called.filter(({ type }) => type !== "call.announced");
    return [...unheard, startedAt(context, visitId)];
  }
  return null;
}

function startedAt({ counter, mark }: InputContext, visitId: VisitId): EventDraft {
  const { counterId } = counter;
  return draft("visit.started", { visitId, counterId, ...(mark && { mark }) }, actorAt(counter), visitId);
}

/**
 * Ends the visit, also one whose start was only presumed, closes the ticket as served and opens the rating window, with
 * staff and counter frozen.
 */
export function finishService(context: InputContext, { visitId }: BodyOf<"service-finished">): EventDraft[] {
  const { counter } = context;
  const visit = counter.visit;
  if (visit?.visitId !== visitId) return recordFact(context, "not-at-hand", visitId);
  const startedAtMs = startOf(visit);
  if (startedAtMs === null) return recordFact(context, "not-started", visitId);
  const { counterId } = counter;
  const staffId = present(counter.onDuty, "staff on duty");
  const { number, serviceId, ticketId } = visit;
  const actor = actorAt(counter);
  const startPresumed = visit.startedAtMs === null;
  const servedMs = servedSoFar(visit, context);
  const service = { visitId, counterId, staffId, number, serviceId, startedAtMs, startPresumed, servedMs };
  const ended = draft("visit.ended", service, actor, visitId);
  const closed = draft("ticket.closed", { ticketId, outcome: "served", visitId, counterId }, actor, visitId);
  return [ended, closed, ...pauseWithTicketsEnd(context)];
}

/** Pressed, or else presumed. Null while the citizen is only called. */
const startOf = ({ startedAtMs, presumedAtMs }: VisitView): EpochMs | null => startedAtMs ?? presumedAtMs;

/**
 * Serving time of the leg until now: its earlier parts, and the one that is running. By the terminal's own clock where
 * it timed both ends, whatever became of the hall's time in between.
 */
export function servedSoFar(visit: VisitView, { mark, occurred }: Pick<CounterContext, "mark" | "occurred">): number {
  const startedAtMs = startOf(visit);
  if (startedAtMs === null) return visit.servedBeforeMs;
  const timed = between(visit.startedMark, mark);
  return visit.servedBeforeMs + (timed ?? Math.max(0, occurred.earliest - startedAtMs));
}

export const visitFolds: Folds<"visit.started" | "visit.ended"> = {
  "visit.started": (hall, event) => {
    const { visitId, counterId } = event.data;
    changeKeys(hall, event, counterId, (counter) => {
      const visit = counter.visit;
      if (visit?.visitId !== visitId) return;
      visit.phase = "serving";
      // Confirming a presumed start leaves it where it was; a start pressed before that and heard late is the earlier.
      const presumed = visit.presumedAtMs !== null && visit.presumedAtMs < event.occurredAtMs;
      visit.startedAtMs = presumed ? visit.presumedAtMs : event.occurredAtMs;
      if (!presumed && event.data.mark !== undefined) visit.startedMark = event.data.mark;
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
