import { type EpochMs, RATING_KEEP, RATING_WINDOW, type VisitId } from "../../../protocol/index.ts";
import { CITIZEN, CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft, EventOf } from "../events.ts";
import type { Folds } from "../fold.ts";
import { type BodyOf, type InputContext, recordFact } from "../inputs/context.ts";
import type { HallState, HallView } from "../state.ts";

/**
 * A citizen's key. The terminal is the judge of "inside the window", for it alone sees the citizen and runs the window
 * on its monotonic clock; so a key that arrives after the window has expired here still counts. The first one is final.
 */
export function giveRating(context: InputContext, { visitId, level }: BodyOf<"rating-given">): EventDraft[] {
  const window = context.hall.ratings.get(visitId);
  if (window === undefined) return recordFact(context, "unknown-visit", visitId);
  if (window.counterId !== context.counter.counterId) return recordFact(context, "other-counter", visitId);
  if (window.state === "given") return recordFact(context, "already-rated", visitId);
  const { counterId, staffId } = window;
  return [draft("rating.given", { visitId, level, counterId, staffId }, CITIZEN, visitId)];
}

/** Windows whose time is over: 60 s after they opened, or 15 s when the next ticket has been called meanwhile. */
export function expireRatings(hall: HallView, at: EpochMs): EventDraft[] {
  const expired: EventDraft[] = [];
  for (const counter of hall.counters.values()) {
    const window = counter.rating === null ? undefined : hall.ratings.get(counter.rating);
    if (window === undefined || window.state !== "open") continue;
    const age = at - window.openedAtMs;
    const nextCalled = counter.visit !== null;
    if (age < (nextCalled ? RATING_KEEP : RATING_WINDOW)) continue;
    const how = age >= RATING_WINDOW ? "timeout" : "next-call";
    const { visitId, counterId } = window;
    expired.push(draft("rating.expired", { visitId, counterId, how }, CONTROLLER, visitId));
  }
  return expired;
}

export const ratingFolds: Folds<"rating.given" | "rating.expired"> = {
  "rating.given": (hall, event) => closeWindow(hall, event, "given"),
  "rating.expired": (hall, event) => closeWindow(hall, event, "expired"),
};

function closeWindow(hall: HallState, event: EventOf<"rating.given" | "rating.expired">, state: "given" | "expired") {
  const visitId: VisitId = event.data.visitId;
  const window = hall.ratings.get(visitId);
  if (window !== undefined && window.state !== "given") window.state = state;
  const counter = hall.counters.get(event.data.counterId);
  if (counter?.rating === visitId) counter.rating = null; // The keys mean what they meant: no new basis.
}
