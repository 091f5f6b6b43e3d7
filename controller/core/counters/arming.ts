import { accepted, ARMED_MAX, type EpochMs, refused } from "../../../protocol/index.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventBodies, EventDraft } from "../events.ts";
import { changeKeys, type Folds } from "../fold.ts";
import { actorAt, type CounterContext, type Decided } from "../inputs/context.ts";
import { chooseStrictly } from "../sequencing/strict.ts";
import type { HallView } from "../state.ts";
import { callTicket, whyNoCall } from "./calling.ts";
import { type CounterView, phaseOf } from "./counter.ts";

// An armed counter is called its next ticket by itself. Arming ends by a key, a pause, a sign-off (`changeKeys`), the
// loss of the terminal's link, a restart of the controller, or time.

export function disarm({ counter }: CounterContext): Decided {
  if (counter.armedSinceMs === null) return refused("not-armed");
  return accepted([draft("counter.disarmed", { counterId: counter.counterId, because: "key" }, actorAt(counter))]);
}

/** For an end that nobody at the counter asked for. */
export function endArming(counter: CounterView, because: EventBodies["counter.disarmed"]["because"]): EventDraft[] {
  if (counter.armedSinceMs === null) return [];
  return [draft("counter.disarmed", { counterId: counter.counterId, because }, CONTROLLER)];
}

/** Counters that have been armed long enough. */
export const expireArming = (hall: HallView, at: EpochMs): EventDraft[] =>
  armedLongestFirst(hall).flatMap((counter) =>
    at - (counter.armedSinceMs ?? at) >= ARMED_MAX ? endArming(counter, "timeout") : [],
  );

/**
 * The ticket that may be called goes to the one armed longest that serves its queue. One call per tick, because a
 * command's id names one call; ticks come four times a second.
 */
export function callForArmed(hall: HallView, commandId: string, at: EpochMs): EventDraft[] {
  for (const counter of armedLongestFirst(hall)) {
    if (phaseOf(counter) !== "armed" || whyNoCall(counter) !== null) continue; // A question is asked there meanwhile.
    const choice = chooseStrictly(hall, counter, at);
    if (choice.chosen === null) continue;
    const context = { hall, counter, at, commandId, occurred: { earliest: at, latest: at } };
    return callTicket(context, choice.chosen, { rule: "strict", occasion: "armed", passedOver: [], goesOn: null });
  }
  return [];
}

/** Of two armed in the same millisecond the one whose key came first in the log. */
function armedLongestFirst(hall: HallView): CounterView[] {
  const armed: CounterView[] = [];
  for (const counter of hall.counters.values()) if (counter.armedSinceMs !== null) armed.push(counter);
  return armed.sort((a, b) => (a.armedSinceMs ?? 0) - (b.armedSinceMs ?? 0) || a.basis.position - b.basis.position);
}

export const armingFolds: Folds<"counter.armed" | "counter.disarmed"> = {
  "counter.armed": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.armedSinceMs = event.recordedAtMs;
    }),
  "counter.disarmed": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.armedSinceMs = null;
    }),
};
