import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openLogSeal } from "../../../controller/adapters/authority/log-seal.ts";
import { openEventStore } from "../../../controller/adapters/store/sqlite-event-store.ts";
import type { Engine } from "../../../controller/engine/engine.ts";
import { createEngine } from "../../../controller/engine/single-writer.ts";
import type { EventStore, LogSeal } from "../../../controller/engine/ports.ts";
import { recoverHall } from "../../../controller/engine/recovery.ts";
import { keepSnapshots } from "../../../controller/engine/snapshots.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { systemRandom } from "../../../hardware/system/system-random.ts";
import { type Clock, silentLog } from "../../../protocol/index.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { orderFor } from "../../unit/controller/engine/engine-rig.ts";
import { toyDecide, toyEvolve, toyFreeze, toyThaw } from "../../unit/controller/engine/toy-hall.ts";

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "hallward-store-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

export interface Running {
  readonly engine: Engine;
  readonly store: EventStore;
  readonly seal: LogSeal;
  /** A clean stop: a snapshot at the head, everything closed. */
  stop(): void;
}

/** The toy hall on a real store. */
export function startHall(directory: string, clock: Clock = systemClock): Running {
  const store = openEventStore(directory);
  const seal = openLogSeal(directory);
  const log = silentLog;
  const { hall } = recoverOrClose(store, seal);
  const onFatal = (error: Error): never => {
    throw error;
  };
  const random = systemRandom;
  const engine = createEngine({ store, clock, random, log, decide: toyDecide, evolve: toyEvolve, hall, onFatal });
  const snapshots = keepSnapshots(
    { engine, store, clock, log, seal, version: "toy", freezeHall: toyFreeze },
    hall.position,
  );
  const stop = (): void => {
    engine.stop();
    snapshots.save();
    store.close();
  };
  return { engine, store, seal, stop };
}

function recoverOrClose(store: EventStore, seal: LogSeal): ReturnType<typeof recoverHall> {
  try {
    return recoverHall({ store, log: silentLog, seal, version: "toy", evolve: toyEvolve, thawHall: toyThaw });
  } catch (thrown) {
    store.close();
    throw thrown;
  }
}

/** A closed log of `count` events in `directory`, with a snapshot at its end. */
export function writeLog(directory: string, count: number): void {
  const running = startHall(directory, new VirtualClock());
  for (let written = 0; written < count; written += 1) running.engine.submit(orderFor(), () => {});
  running.stop();
}
