import type { Clock, HallError, Log, Random } from "../protocol/index.ts";
import { openLogSeal } from "./adapters/authority/log-seal.ts";
import { openEventStore } from "./adapters/store/sqlite-event-store.ts";
import { decide, evolve } from "./core/hall.ts";
import { freezeHall, thawHall } from "./core/snapshot.ts";
import { checkInBackground } from "./engine/background-check.ts";
import { createEngine, type Engine } from "./engine/engine.ts";
import type { EventStore } from "./engine/ports.ts";
import { recoverHall } from "./engine/recovery.ts";
import { keepSnapshots } from "./engine/snapshots.ts";
import { InvariantWatch } from "./invariant-watch.ts";
import { timedStore } from "./timed-store.ts";
import { VERSION } from "./version.ts";

export interface HallEngineParts {
  readonly directory: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly onCommit: Parameters<typeof timedStore>[2];
  readonly onFatal: (error: HallError) => void;
}

export interface HallEngine {
  readonly engine: Engine;
  readonly store: EventStore;
  readonly invariants: InvariantWatch;
  /** Commits what waits, leaves a snapshot behind and lets go of the directory. */
  close(): void;
}

/** The hall's log opened, verified and folded, with the writer on it. */
export function openHallEngine(parts: HallEngineParts): HallEngine {
  const { directory, clock, random, log, onCommit, onFatal } = parts;
  const store = timedStore(openEventStore(directory), clock, onCommit);
  try {
    const seal = openLogSeal(directory);
    const recovered = recoverHall({ store, log, seal, version: VERSION, evolve, thawHall });
    const engine = createEngine({ store, clock, random, log, decide, evolve, hall: recovered.hall, onFatal });
    const snapshots = keepSnapshots(
      { engine, store, clock, log, seal, version: VERSION, freezeHall },
      recovered.snapshot?.seq ?? 0,
    );
    const invariants = new InvariantWatch(engine, clock, log);
    const halt = (error: HallError): void => engine.halt(error);
    const cancelCheck = checkInBackground({ store, clock, log, evolve, freezeHall, halt }, recovered);
    return {
      engine,
      store,
      invariants,
      close() {
        cancelCheck();
        invariants.close();
        engine.stop();
        snapshots.save();
        store.close();
      },
    };
  } catch (thrown) {
    store.close();
    throw thrown;
  }
}
