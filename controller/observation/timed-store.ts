import { type Clock, type DurationMs, elapsed, type MonoMs } from "../../protocol/index.ts";
import type { Append, EventStore } from "../engine/ports.ts";

/** `store` itself, which from now on tells how long each commit took, and what it held. */
export function timedStore(
  store: EventStore,
  clock: Clock,
  onCommit: (took: DurationMs, batch: Append, begun: MonoMs) => void,
): EventStore {
  const append = store.append.bind(store);
  return Object.assign(store, {
    append(batch: Append) {
      const begun = clock.mono();
      append(batch);
      onCommit(elapsed(begun, clock.mono()), batch, begun);
    },
  });
}
