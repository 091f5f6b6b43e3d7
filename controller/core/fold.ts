import type { CounterId } from "../../protocol/index.ts";
import type { EventOf, EventType } from "./events.ts";
import type { Counter, HallState } from "./state.ts";

/** How one kind of event changes the state, in place. Total: a fold never throws on an event that is in the log. */
export type Fold<K extends EventType> = (hall: HallState, event: EventOf<K>) => void;
export type Folds<K extends EventType> = { readonly [T in K]: Fold<T> };

/**
 * Runs `change` on a counter and moves its basis: from here on its keys mean something else, and a press made before
 * this event changes nothing.
 */
export function changeKeys(
  hall: HallState,
  event: { readonly seq: number },
  counterId: CounterId,
  change: (counter: Counter) => void,
): void {
  const counter = hall.counters.get(counterId);
  if (counter === undefined) return; // The window was taken out of the configuration since.
  const { onDuty } = counter;
  change(counter);
  // Arming ends by whatever else the counter comes to do, and with the person who armed it.
  if (counter.visit !== null || counter.paused !== null || counter.onDuty !== onDuty) counter.armedSinceMs = null;
  if (counter.paused !== "keys") counter.pause = null;
  counter.basis = { epoch: hall.epoch, position: event.seq };
}
