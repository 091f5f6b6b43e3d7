import {
  canonicalJson,
  type Clock,
  type DurationMs,
  elapsed,
  HallError,
  type Json,
  type Log,
  milliseconds,
  seconds,
  type Timer,
} from "../../protocol/index.ts";
import type { HallView } from "../core/state.ts";
import { digestOf } from "./chain.ts";
import type { Engine } from "./engine.ts";
import type { EventStore, LogSeal, Snapshot } from "./ports.ts";

/** Events after which a snapshot is worth its while, */
export const SNAPSHOT_EVERY = 5_000;
/** and is taken once nothing was committed for so long: writing the state of a large hall stops it for a moment, */
export const SNAPSHOT_QUIET = seconds(1);
/** but taken in any case after so many: a start never folds more. */
export const SNAPSHOT_LATEST = 50_000;

/** What the signature of a snapshot covers: which state, by which build, stands at which place of which chain. */
export function sealText({ seq, hash, version, state }: Omit<Snapshot, "signature">): string {
  return ["hallward-snapshot-1", seq, hash, version, digestOf(state)].join("\n");
}

export interface SnapshotOptions {
  readonly engine: Engine;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly seal: LogSeal;
  readonly version: string;
  readonly freezeHall: (hall: HallView) => Json;
  /** For how long it stopped the hall, and at which seq. */
  readonly onSaved?: ((took: DurationMs, seq: number) => void) | undefined;
}

export interface Snapshots {
  /** Writes one now, unless the newest already stands at the head. For a clean stop; between flushes. */
  save(): void;
}

/** Keeps snapshots of the running hall. `savedAt`: seq of the one it was recovered from, 0 for none. */
export function keepSnapshots(options: SnapshotOptions, savedAt: number): Snapshots {
  const { engine, clock, log } = options;
  let saved = savedAt;
  let pending: Timer | null = null;
  const save = (): void => {
    pending?.cancel();
    pending = null;
    if (engine.unwritable !== null) return;
    const { seq } = engine.head;
    // A writer that failed may hold a hall ahead of its log: such a state is never written.
    if (seq === saved || engine.hall.position !== seq) return;
    const begun = clock.mono();
    try {
      options.store.saveSnapshot(snapshotOf(options));
    } catch (thrown) {
      if (!(thrown instanceof HallError)) throw thrown;
      return engine.halt(thrown);
    }
    saved = seq;
    const took = elapsed(begun, clock.mono());
    log.info("snapshot.saved", { seq, tookMs: Math.round(took) });
    options.onSaved?.(took, seq);
  };
  engine.onCommitted(() => {
    const behind = engine.head.seq - saved;
    if (behind < SNAPSHOT_EVERY) return;
    pending?.cancel();
    pending = clock.after(behind < SNAPSHOT_LATEST ? SNAPSHOT_QUIET : milliseconds(0), save);
  });
  return { save };
}

function snapshotOf({ engine, seal, version, freezeHall }: SnapshotOptions): Snapshot {
  const state = canonicalJson(freezeHall(engine.hall));
  const unsigned = { ...engine.head, version, state };
  return { ...unsigned, signature: seal.sign(sealText(unsigned)) };
}
