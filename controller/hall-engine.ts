import type { Clock, HallError, Log, Random } from "../protocol/index.ts";
import { openLogSeal } from "./adapters/authority/log-seal.ts";
import { openEventStore } from "./adapters/store/sqlite-event-store.ts";
import { assembleHallEngine, type EngineWatch, type HallEngine } from "./assembled-engine.ts";
import type { MachineBoot } from "./engine/engine.ts";
import { timedStore } from "./observation/timed-store.ts";

export interface HallEngineParts {
  readonly directory: string;
  readonly clock: Clock;
  readonly boot?: MachineBoot | undefined;
  readonly random: Random;
  readonly log: Log;
  readonly onCommit: Parameters<typeof timedStore>[2];
  readonly onFatal: (error: HallError) => void;
  readonly watch?: EngineWatch;
}

/** The hall's directory opened, its log verified and folded, with the writer on it. */
export function openHallEngine({
  directory,
  clock,
  boot,
  random,
  log,
  onCommit,
  onFatal,
  watch,
}: HallEngineParts): HallEngine {
  const store = timedStore(openEventStore(directory), clock, onCommit);
  try {
    return assembleHallEngine({ store, seal: openLogSeal(directory), clock, boot, random, log, onFatal, watch });
  } catch (thrown) {
    store.close();
    throw thrown;
  }
}
