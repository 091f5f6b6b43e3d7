import { type Clock, type Log, minutes, type Timer } from "../../protocol/index.ts";
import { breachesIn } from "../core/check-hall.ts";
import type { Engine } from "../engine/engine.ts";

const EVERY = minutes(60);

/**
 * Looks at the whole hall at start and once an hour. A breach is a bug that the folds' own assertions did not catch: it
 * is said loudly and does not stop the hall, whose tickets are still to be served.
 */
export class InvariantWatch {
  readonly #engine: Engine;
  readonly #log: Log;
  readonly #timer: Timer;
  breaches = 0;

  constructor(engine: Engine, clock: Clock, log: Log) {
    this.#engine = engine;
    this.#log = log;
    this.#timer = clock.every(EVERY, () => this.#look());
    this.#look();
  }

  close(): void {
    this.#timer.cancel();
  }

  #look(): void {
    const breaches = breachesIn(this.#engine.hall);
    this.breaches = breaches.length;
    for (const breach of breaches) this.#log.error("invariant.broken", { breach });
  }
}
