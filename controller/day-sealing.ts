import { type Clock, HallError, type Log, milliseconds, type Timer } from "../protocol/index.ts";
import { daySealText } from "./core/sealing/seal-events.ts";
import type { Engine } from "./engine/engine.ts";
import { PeopleLeaves } from "./engine/people-leaves.ts";
import { rootOf } from "./engine/people-tree.ts";
import type { EventStore } from "./engine/ports.ts";

/** Signs what stands at a day's close. */
export interface DaySigner {
  /** Ed25519 public key, 64 lower-case hex digits. */
  readonly key: string;
  sign(text: string): string;
}

/** Records read in one go: a few milliseconds, so that nobody waits for it. */
const SLICE = 500;
const PAUSE = milliseconds(5);

export interface DaySealingOptions {
  readonly engine: Engine;
  readonly store: Pick<EventStore, "read">;
  readonly signer: DaySigner;
  readonly clock: Pick<Clock, "after">;
  readonly log: Log;
}

/**
 * Signs the log's head when a business day has closed, and at the start what a crash left unsigned. The records that
 * are signed are read in slices; meanwhile the hall goes on.
 */
export class DaySealing {
  readonly #options: DaySealingOptions;
  readonly #leaves = new PeopleLeaves();
  #readTo = 0;
  #pending: Timer | null = null;
  #busy = false;

  constructor(options: DaySealingOptions) {
    this.#options = options;
  }

  /** From now on, once the hall has begun. */
  begin(): void {
    const { engine, signer } = this.#options;
    engine.onCommitted((events) => {
      if (events.some(({ type }) => type === "day.opened")) this.#look();
    });
    engine.onWritable((fault) => {
      if (fault === null) this.#look();
    });
    engine.submit({ type: "name-log-key", key: signer.key }, () => this.#look());
  }

  close(): void {
    this.#pending?.cancel();
    this.#busy = true;
  }

  #look(): void {
    const { engine } = this.#options;
    const { seals } = engine.hall;
    if (this.#busy || engine.unwritable !== null || seals === null || seals.unsealed.length === 0) return;
    this.#busy = true;
    const { seq, hash } = engine.head;
    this.#read(seals.sealedTo, seq, () => this.#seal(seals.sealedTo + 1, seq, hash));
  }

  /** Reads on to `seq`; what was signed before is read for the roster and the documents it holds. */
  #read(sealedTo: number, seq: number, done: () => void): void {
    if (this.#readTo >= seq) return done();
    const upTo = this.#readTo < sealedTo ? sealedTo : seq;
    try {
      for (const stored of this.#options.store.read(this.#readTo + 1, Math.min(SLICE, upTo - this.#readTo))) {
        this.#leaves.note(stored);
        this.#readTo = stored.seq;
      }
    } catch (thrown) {
      if (!(thrown instanceof HallError)) throw thrown;
      return this.#options.log.error("day.unsealed", { code: thrown.code, reason: thrown.message });
    }
    if (this.#readTo === sealedTo) this.#leaves.take();
    this.#pending = this.#options.clock.after(PAUSE, () => this.#read(sealedTo, seq, done));
  }

  #seal(fromSeq: number, seq: number, hash: string): void {
    const { engine, signer, log } = this.#options;
    const { seals, configuration } = engine.hall;
    const people = rootOf(this.#leaves.take());
    const date = seals?.unsealed.at(-1);
    this.#busy = false;
    if (date === undefined || configuration === null) return;
    const unsigned = { date, fromSeq, seq, hash, people };
    const signature = signer.sign(daySealText(configuration.hall, unsigned));
    engine.submit({ type: "seal-day", seal: { ...unsigned, key: signer.key, signature } }, ({ type }) => {
      log.info("day.sealed", { date, seq, outcome: type });
    });
  }
}
