import type { Clock, DurationMs, HallError, Log, Random } from "../protocol/index.ts";
import { decide, evolve } from "./core/hall.ts";
import { freezeHall, thawHall } from "./core/snapshot.ts";
import { checkInBackground } from "./engine/background-check.ts";
import type { Decide } from "./engine/batch.ts";
import type { Engine, MachineBoot } from "./engine/engine.ts";
import { createEngine } from "./engine/single-writer.ts";
import type { EventStore, LogSeal } from "./engine/ports.ts";
import { recoverHall } from "./engine/recovery.ts";
import { keepSnapshots } from "./engine/snapshots.ts";
import { InvariantWatch } from "./observation/invariant-watch.ts";
import { VERSION } from "./version.ts";

export interface EngineParts {
  readonly store: EventStore;
  readonly seal: LogSeal;
  readonly clock: Clock;
  readonly boot?: MachineBoot | undefined;
  readonly random: Random;
  readonly log: Log;
  readonly onFatal: (error: HallError) => void;
  readonly watch?: EngineWatch | undefined;
}

/** Told what the engine spends its time on. Changes nothing. */
export interface EngineWatch {
  /** `decide` as it is to be called. */
  readonly watching: (decide: Decide) => Decide;
  readonly onSnapshot: (took: DurationMs, position: number) => void;
}

export interface HallEngine {
  readonly engine: Engine;
  readonly store: EventStore;
  readonly invariants: InvariantWatch;
  /** Commits what waits, leaves a snapshot behind and lets go of the store. */
  close(): void;
}

/** The log in `store` verified and folded, with the writer on it. Throws HallErrors, see `recoverHall`. */
export function assembleHallEngine({ store, seal, clock, boot, random, log, onFatal, watch }: EngineParts): HallEngine {
  const recovered = recoverHall({ store, log, seal, version: VERSION, evolve, thawHall });
  const rebuild = () => recoverHall({ store, log, seal, version: VERSION, evolve, thawHall }).hall;
  const engine = createEngine({
    store,
    clock,
    boot,
    random,
    log,
    decide: watch?.watching(decide) ?? decide,
    evolve,
    hall: recovered.hall,
    rebuild,
    onFatal,
  });
  const snapshots = keepSnapshots(
    { engine, store, clock, log, seal, version: VERSION, freezeHall, onSaved: watch?.onSnapshot },
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
}
