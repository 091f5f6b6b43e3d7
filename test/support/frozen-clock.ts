import type { Clock, DurationMs } from "../../protocol/index.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** The clock of a process that can be stopped: wakes that fell due meanwhile come late, each once, on `thaw`. */
export class FrozenClock implements Clock {
  readonly real = new VirtualClock();
  #held: Set<() => void> | null = null;

  now = () => this.real.now();
  mono = () => this.real.mono();
  soon = (wake: () => void) => this.real.soon(wake);
  every = (period: DurationMs, wake: () => void) => this.real.every(period, () => this.#fire(wake));
  after = (delay: DurationMs, wake: () => void) => this.real.after(delay, () => this.#fire(wake));

  /** Time goes on for everybody else. */
  freeze(duration: DurationMs): void {
    this.#held ??= new Set();
    this.real.advance(duration);
  }

  /** The overdue wakes fire, as after a poll of the event loop; what devices say before it, came first. */
  thaw(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const wake of held) wake();
  }

  #fire(wake: () => void): void {
    if (this.#held === null) wake();
    else this.#held.add(wake);
  }
}
