import { type Clock, type DurationMs, elapsed, milliseconds, type Timer } from "../../protocol/index.ts";

const PROBE_PERIOD = milliseconds(100);

/** Tells, ten times a second, how much later than asked for the event loop came by. */
export class LoopProbe {
  readonly #clock: Clock;
  readonly #onDelay: (by: DurationMs) => void;
  #timer: Timer | null = null;

  constructor(clock: Clock, onDelay: (by: DurationMs) => void) {
    this.#clock = clock;
    this.#onDelay = onDelay;
  }

  start(): void {
    const asked = this.#clock.mono();
    this.#timer = this.#clock.after(PROBE_PERIOD, () => {
      this.#onDelay(milliseconds(Math.max(0, elapsed(asked, this.#clock.mono()) - PROBE_PERIOD)));
      this.start();
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }
}
