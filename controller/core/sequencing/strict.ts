import type { EpochMs } from "../../../protocol/index.ts";
import type { HallView } from "../state.ts";
import { comparePlaces, type Place } from "../queue/waiting-line.ts";
import type { CounterView } from "../counters/counter.ts";

/** Who is next at a counter, or why nobody is. */
export type Choice =
  | { readonly chosen: Place }
  | { readonly chosen: null; readonly because: "nobody-waiting" | "too-fresh" };

/**
 * The default order: rank, then time entered, over all queues the counter serves. A ticket is not called before the
 * paper can be in the hand; nobody behind such a ticket is called in its stead, for they are fresher still.
 */
export function chooseStrictly(hall: HallView, counter: CounterView, at: EpochMs): Choice {
  const configured = hall.configuration?.counters.find((entry) => entry.id === counter.counterId);
  let best: Place | undefined;
  for (const queueId of configured?.queues ?? []) {
    const head = hall.lines.get(queueId)?.first();
    if (head !== undefined && (best === undefined || comparePlaces(head, best) < 0)) best = head;
  }
  if (best === undefined) return { chosen: null, because: "nobody-waiting" };
  const callableAfterMs = hall.configuration?.rules.callableAfterMs ?? 0;
  return at - best.enteredAtMs < callableAfterMs ? { chosen: null, because: "too-fresh" } : { chosen: best };
}
