import { assembleHallEngine, type MemoryDisk, openMemoryEventStore } from "../../controller/index.ts";
import { epochMs, type Random, silentLog } from "../../protocol/index.ts";
import { plainSeal } from "../disk/faulty-store.ts";
import { Life } from "../time/life.ts";
import { NodeClock } from "../time/node-clock.ts";
import type { NodeWorld } from "./node.ts";

export interface RestoreParts {
  /** The copy, in place. */
  readonly disk: MemoryDisk;
  /** When the backup was taken, UTC. */
  readonly madeAtMs: number;
  readonly world: NodeWorld;
  readonly random: Random;
}

/**
 * What `hallward restore` does once the copy is in place, before any controller starts on it: the first event after the
 * copy says that it is one. The technician's machine neither fails nor drifts.
 */
export function recordRestore({ disk, madeAtMs, world, random }: RestoreParts): void {
  const life = new Life("hallward restore", 0);
  const wallMs = world.nowMs();
  const clock = new NodeClock(world.scheduler, life, { driftPpm: 0, wallMs, soonUs: 0 });
  const store = openMemoryEventStore(disk);
  const onFatal = (error: Error): never => {
    throw error;
  };
  const hall = assembleHallEngine({ store, seal: plainSeal, clock, random, log: silentLog, onFatal });
  hall.engine.submit({ type: "note-restore", madeAtMs: epochMs(Math.floor(madeAtMs)) }, () => {});
  hall.close();
  life.isDead = true;
}
