import type { Clock } from "../../protocol/index.ts";

/**
 * Journal entries that nobody waits for, such as what was acknowledged: each costs an fsync, and is written at the end
 * of the turn, after what this turn shows and says. Lost in a power cut they are learnt again from the controller.
 */
export class WrittenLater {
  readonly #clock: Clock;
  #waiting: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(write: () => void): void {
    this.#waiting.push(write);
    if (this.#waiting.length === 1) this.#clock.soon(() => this.settle());
  }

  /** Writes what waits, in its order: before anything else asks the journal, and at the end. */
  settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const write of waiting) write();
  }
}
