import type { Clock, DurationMs } from "../../protocol/base/time.ts";

/** Waits for what may never end: a system call into a driver that hangs. */
export class Patience {
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True once `work` is done; false when `limit` has passed, or `end` was called, before that. */
  within(work: Promise<unknown>, limit: DurationMs): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (inTime: boolean): void => {
        timer.cancel();
        this.#waiting.delete(giveUp);
        resolve(inTime);
      };
      const giveUp = (): void => settle(false);
      const timer = this.#clock.after(limit, giveUp);
      this.#waiting.add(giveUp);
      void work.then(() => settle(true));
    });
  }

  /** Waits for nothing any more. */
  end(): void {
    for (const giveUp of this.#waiting) giveUp();
  }
}
