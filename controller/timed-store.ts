import { type Clock, type DurationMs, elapsed } from "../protocol/index.ts";
import type { EventStore } from "./engine/ports.ts";

/** `store` itself, which from now on tells how long each commit took, and how many events it held. */
export function timedStore(
  store: EventStore,
  clock: Clock,
  onCommit: (took: DurationMs, events: number) => void,
): EventStore {
  const append = store.append.bind(store);
  return Object.assign(store, {
    append(batch: Parameters<EventStore["append"]>[0]) {
      const begun = clock.mono();
      append(batch);
      onCommit(elapsed(begun, clock.mono()), batch.records.length);
    },
  });
}
