import {
  type Clock,
  type DurationMs,
  type EpochMs,
  elapsed,
  epochMs,
  type MonoMs,
  minutes,
  seconds,
} from "../../protocol/index.ts";

export interface HallTime {
  readonly at: EpochMs;
  /** False while the machine's wall clock contradicts the hall's time: nobody is late by such a clock. */
  readonly trusted: boolean;
}

/**
 * No hall was ever opened before 2026: a wall clock before that has not been set. Boxes without a battery wake in 1970,
 * or on the day on which their system was built.
 */
export const CLOCKS_SET_AFTER = epochMs(Date.UTC(2026, 0, 1));

/** A wall clock that differs from the hall's time by more than this has been stepped. Less is drift, and followed. */
const STEP = seconds(2);
/** A step is believed when the wall clock has held to it for so long. */
const STEP_HELD = minutes(5);
/** While the wall clock stands a little behind, hall time runs at this part of the real pace, until both meet again. */
const PACE_BEHIND = 0.95;
/** A wall clock further behind is wrong, not late: to wait for it would cost 24 minutes of every working day. */
const BEHIND_MAX = minutes(120);

/**
 * The hall's time: the machine's wall clock while that goes steadily, else the monotonic clock. It never runs back and
 * never jumps for a clock that was wrong for a moment, because a jump past midnight would close a whole day.
 *
 * A step ahead is believed once it has held; at once, if the wall clock stood before the last record until then (no
 * battery: it has just been set). A step back is never followed: hall time goes on, a little slower if the wall clock
 * can catch up, until both meet again. Meanwhile the time is not trusted, and says so.
 */
export class HallClock {
  readonly #clock: Clock;
  #at: EpochMs;
  #mono: MonoMs;
  #trusted: boolean;
  /** True until the wall clock has once been at or after the last record. */
  #neverSet: boolean;
  #guessed: boolean;
  #stepped: { readonly offset: DurationMs; readonly since: MonoMs } | null = null;

  constructor(clock: Clock, lastRecordedAt: EpochMs) {
    this.#clock = clock;
    this.#mono = clock.mono();
    const now = clock.now();
    const floor = epochMs(Math.max(lastRecordedAt, CLOCKS_SET_AFTER));
    this.#neverSet = now < floor;
    this.#trusted = !this.#neverSet;
    this.#at = this.#neverSet ? floor : now;
    this.#guessed = this.#neverSet && lastRecordedAt < CLOCKS_SET_AFTER;
  }

  /** False while neither the wall clock nor any record tells so much as the year. */
  get isKnown(): boolean {
    if (this.#guessed && this.read().trusted) this.#guessed = false;
    return !this.#guessed;
  }

  /** True until the wall clock has been set: the time is then the last record's and what has passed since the start. */
  get isGuess(): boolean {
    return this.#neverSet;
  }

  /** When it was read last, on the monotonic clock. */
  get readAt(): MonoMs {
    return this.#mono;
  }

  read(): HallTime {
    const now = this.#clock.now();
    const mono = this.#clock.mono();
    const expected = this.#at + elapsed(this.#mono, mono);
    const offset = (now - expected) as DurationMs;
    if (Math.abs(offset) <= STEP || this.#believes(offset, mono)) this.#follow(now, mono);
    else this.#goOn(expected, offset, mono);
    return { at: epochMs(Math.floor(this.#at)), trusted: this.#trusted };
  }

  #believes(offset: DurationMs, mono: MonoMs): boolean {
    if (offset < 0) return false;
    if (this.#neverSet) return true;
    const stepped = this.#stepped;
    if (stepped === null || Math.abs(stepped.offset - offset) > STEP) {
      this.#stepped = { offset, since: mono };
      return false;
    }
    return elapsed(stepped.since, mono) >= STEP_HELD;
  }

  #follow(now: EpochMs, mono: MonoMs): void {
    this.#at = epochMs(Math.max(this.#at, now));
    this.#mono = mono;
    this.#stepped = null;
    this.#neverSet = false;
    this.#trusted = true;
  }

  #goOn(expected: number, offset: DurationMs, mono: MonoMs): void {
    const gone = expected - this.#at;
    const slower = offset < 0 && Math.abs(offset) <= BEHIND_MAX;
    this.#at = epochMs(this.#at + (slower ? gone * PACE_BEHIND : gone));
    this.#mono = mono;
    this.#trusted = false;
  }
}
