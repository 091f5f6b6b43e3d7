import { type Clock, type DurationMs, milliseconds, type Timer } from "../../protocol/base/time.ts";

/** A silence is counted in so many steps. */
const STEPS = 6;

/**
 * Waits for a silence of `length` after the last thing heard. Counted in steps by the process's own turns and not by
 * subtracting instants: while a process stalls (a slow fsync), what the device says waits unread and is no silence. A
 * stall of any length counts as one step.
 */
export class Silence {
  readonly #clock: Clock;
  readonly #step: DurationMs;
  readonly #onSilence: () => void;
  #timer: Timer | null = null;

  constructor(clock: Clock, length: DurationMs, onSilence: () => void) {
    this.#clock = clock;
    this.#step = milliseconds(length / STEPS);
    this.#onSilence = onSilence;
  }

  /** Something was heard: the count starts again. */
  heard(): void {
    this.#wait(STEPS);
  }

  /** Stops waiting, without a word. */
  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #wait(steps: number): void {
    this.#timer?.cancel();
    this.#timer = this.#clock.after(this.#step, () => {
      this.#timer = null;
      if (steps > 1) this.#wait(steps - 1);
      else this.#onSilence();
    });
  }
}
