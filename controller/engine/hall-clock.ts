import { type Clock, type EpochMs, elapsed, epochMs, type MonoMs } from "../../protocol/index.ts";

export interface HallTime {
  readonly at: EpochMs;
  /** False while the machine's clock stands before the last record: nobody is late by such a clock. */
  readonly trusted: boolean;
}

/** While the wall clock stands before the last record, hall time runs at this part of the monotonic pace. */
const PACE_BEHIND = 0.5;

/**
 * The hall's time, never before the last record. A wall clock that stands before it (no battery, a step back) is not
 * believed, but the hall must not stand still either: its time then goes on slowly by the monotonic clock, so that
 * waits still end, and the wall clock can catch up with it.
 */
export class HallClock {
  readonly #clock: Clock;
  #recordedAt: EpochMs;
  #recordedMono: MonoMs;

  constructor(clock: Clock, lastRecordedAt: EpochMs) {
    this.#clock = clock;
    this.#recordedAt = lastRecordedAt;
    this.#recordedMono = clock.mono();
  }

  read(): HallTime {
    const now = this.#clock.now();
    if (now >= this.#recordedAt) return { at: now, trusted: true };
    const since = elapsed(this.#recordedMono, this.#clock.mono());
    return { at: epochMs(this.#recordedAt + Math.floor(since * PACE_BEHIND)), trusted: false };
  }

  recorded(at: EpochMs): void {
    this.#recordedAt = at;
    this.#recordedMono = this.#clock.mono();
  }
}
