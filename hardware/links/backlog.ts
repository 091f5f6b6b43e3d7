import { type Clock, elapsed, type MonoMs, seconds } from "../../protocol/base/time.ts";

/** A device that has taken nothing of what waits for it for so long takes nothing any more. */
export const LINK_TAKES_WITHIN = seconds(10);

/** What was handed to a device that has not taken it yet: bounded in size, watched in time. */
export class Backlog {
  readonly #clock: Clock;
  readonly #max: number;
  #waiting = 0;
  /** Of the latest that was taken, or of the first that waits. */
  #movedAt: MonoMs;

  constructor(clock: Clock, max: number) {
    this.#clock = clock;
    this.#max = max;
    this.#movedAt = clock.mono();
  }

  /** False when there is no room: what is too much is dropped whole. */
  admit(size: number): boolean {
    if (this.#waiting + size > this.#max) return false;
    if (this.#waiting === 0) this.#movedAt = this.#clock.mono();
    this.#waiting += size;
    return true;
  }

  taken(size: number): void {
    this.#waiting -= size;
    this.#movedAt = this.#clock.mono();
  }

  get isStuck(): boolean {
    return this.#waiting > 0 && elapsed(this.#movedAt, this.#clock.mono()) >= LINK_TAKES_WITHIN;
  }
}
