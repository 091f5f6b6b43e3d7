import { canonicalJson, type Clock, HallError, type Json, type Log, milliseconds } from "../../protocol/index.ts";
import type { HallEvent } from "../core/events.ts";
import { emptyHall, type HallState, type HallView } from "../core/state.ts";
import { digestOf, GENESIS, logBroken, verifyChain } from "./chain.ts";
import type { EventStore, LogHead, Snapshot } from "./ports.ts";
import { foldStored, type Recovered, VERIFY_AT_START_MAX } from "./recovery.ts";

/** Records looked at in one go: about two milliseconds, so that nobody waits for it. */
export const CHECK_SLICE = 200;
export const CHECK_PAUSE = milliseconds(20);

export interface BackgroundCheckOptions {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly evolve: (hall: HallState, event: HallEvent) => void;
  readonly freezeHall: (hall: HallView) => Json;
  /** The engine's `halt`. */
  readonly halt: (error: HallError) => void;
}

/**
 * Goes once, in slices, over what a start from a snapshot took on trust: the chain up to the snapshot, and, for a small
 * log, whether folding it gives the very state the snapshot holds (I7). What it finds ends the writer, and the next
 * start verifies the whole log before it writes. Returns what cancels it.
 */
export function checkInBackground(options: BackgroundCheckOptions, recovered: Recovered): () => void {
  const { snapshot, head } = recovered;
  const small = head.seq <= VERIFY_AT_START_MAX;
  if (snapshot === null || (recovered.verifiedWhole && !small)) return () => {};
  return new BackgroundCheck(options, snapshot, small ? emptyHall() : null).start();
}

class BackgroundCheck {
  readonly #options: BackgroundCheckOptions;
  readonly #snapshot: Snapshot;
  /** Folded along for I7; null when the log is too long for that. */
  readonly #refolded: HallState | null;
  #head: LogHead = GENESIS;
  #cancelled = false;

  constructor(options: BackgroundCheckOptions, snapshot: Snapshot, refolded: HallState | null) {
    this.#options = options;
    this.#snapshot = snapshot;
    this.#refolded = refolded;
  }

  start(): () => void {
    let timer = this.#options.clock.after(CHECK_PAUSE, () => turn());
    const turn = (): void => {
      if (!this.#cancelled && this.#slice()) timer = this.#options.clock.after(CHECK_PAUSE, turn);
    };
    return () => {
      this.#cancelled = true;
      timer.cancel();
    };
  }

  /** True when there is more to do. */
  #slice(): boolean {
    const { store, evolve } = this.#options;
    const from = this.#head.seq + 1;
    const records = [];
    try {
      for (const stored of store.read(from, Math.min(CHECK_SLICE, this.#snapshot.seq - this.#head.seq))) {
        records.push(stored);
      }
    } catch (thrown) {
      if (!(thrown instanceof HallError)) throw thrown;
      return this.#broken(Number(thrown.context["seq"] ?? from), thrown.message);
    }
    const verdict = verifyChain(records, this.#head);
    if (!verdict.ok) return this.#broken(verdict.badSeq, verdict.reason);
    if (records.length === 0) return this.#broken(from, "records are missing");
    if (this.#refolded !== null) for (const stored of records) foldStored(evolve, this.#refolded, stored);
    this.#head = verdict.head;
    return this.#head.seq < this.#snapshot.seq || this.#finish();
  }

  #finish(): false {
    const { log, freezeHall, store, halt } = this.#options;
    const { seq, hash, state } = this.#snapshot;
    if (this.#head.hash !== hash) return this.#broken(seq, "the log was rewritten before its signed head");
    if (this.#refolded !== null && digestOf(canonicalJson(freezeHall(this.#refolded))) !== digestOf(state)) {
      store.dropSnapshots();
      const line = `the snapshot at seq ${seq} is not the fold of the log; start again, without it`;
      halt(new HallError("STATE_DIVERGED", line, { seq }));
      return false;
    }
    log.info("log.verified", { upTo: seq, refolded: this.#refolded !== null });
    return false;
  }

  #broken(badSeq: number, reason: string): false {
    const { store, halt } = this.#options;
    try {
      store.suspect(true);
    } finally {
      halt(logBroken(badSeq, reason));
    }
    return false;
  }
}
