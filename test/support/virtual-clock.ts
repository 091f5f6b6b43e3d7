import { assert, present } from "../../protocol/base/assert.ts";
import {
  type Clock,
  type DurationMs,
  type EpochMs,
  epochMs,
  later,
  type MonoMs,
  monoMs,
  type Timer,
} from "../../protocol/base/time.ts";

interface Wake {
  due: MonoMs;
  /** Order of asking: two wakes due at the same instant fire in it. */
  order: number;
  readonly period: DurationMs | null;
  readonly wake: () => void;
}

/** 2026-03-02 09:00 in Shanghai, a Monday. */
export const VIRTUAL_START = epochMs(Date.UTC(2026, 2, 2, 1));

/** Wakes at one instant: more means that somebody wakes himself for ever without letting time pass. */
const WAKES_MAX = 100_000;

/** Turns of the promise queue that count as settled: more `await`s in a row than any code under test has. */
const SETTLE_TURNS = 64;

/**
 * A clock that stands still until a test moves it. One instance per node: two of them drift by being advanced apart.
 * Wakes fire inside `advance`, each at exactly its own instant, in order of instant and then of asking; what was asked
 * for with `soon` runs before the next wake, and on `advance(0)`.
 */
export class VirtualClock implements Clock {
  #wall: EpochMs;
  #mono: MonoMs = monoMs(0);
  #order = 0;
  #advancing = false;
  #wakes = new Set<Wake>();
  #soon: (() => void)[] = [];

  constructor(start: EpochMs = VIRTUAL_START) {
    this.#wall = start;
  }

  now(): EpochMs {
    return this.#wall;
  }

  mono(): MonoMs {
    return this.#mono;
  }

  after(delay: DurationMs, wake: () => void): Timer {
    return this.#schedule(delay, null, wake);
  }

  every(period: DurationMs, wake: () => void): Timer {
    assert(period > 0, "a period is longer than 0 ms");
    return this.#schedule(period, period, wake);
  }

  soon(wake: () => void): void {
    this.#soon.push(wake);
  }

  /** Timers that wait: 0 after a clean close. */
  get pending(): number {
    return this.#wakes.size;
  }

  /** The instant of the next wake on this clock's monotonic scale; null when nobody waits. */
  get nextWakeAt(): MonoMs | null {
    return this.#next()?.due ?? null;
  }

  /** Moves both clocks on by `duration` and fires what falls due, the end included. No promise settles meanwhile. */
  advance(duration: DurationMs): void {
    for (const fire of this.#firings(duration)) {
      fire();
      this.#drainSoon();
    }
  }

  /** As `advance`, but promises settle before the first wake and after each: for code that awaits between timers. */
  async advanceSettled(duration: DurationMs): Promise<void> {
    for (const fire of this.#firings(duration)) {
      fire();
      await this.settle();
    }
  }

  /** Lets promises that wait for nothing outside this process settle, and runs what is wanted soon. Time stands. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < SETTLE_TURNS; turn += 1) {
      this.#drainSoon();
      await Promise.resolve();
    }
  }

  /** The wall clock alone jumps, in either direction, as when somebody sets it. No timer notices. */
  stepWall(by: DurationMs): void {
    this.#wall = later(this.#wall, by);
  }

  /** The wall clock alone is set. No timer notices. */
  setWall(at: EpochMs): void {
    this.#wall = at;
  }

  #schedule(delay: DurationMs, period: DurationMs | null, wake: () => void): Timer {
    assert(!Number.isNaN(delay), "a delay is a number of milliseconds");
    const entry: Wake = { due: monoMs(this.#mono + Math.max(0, delay)), order: this.#order++, period, wake };
    this.#wakes.add(entry);
    return { cancel: () => void this.#wakes.delete(entry) };
  }

  /** What is to be fired up to the end of `duration`, one at a time, with the clocks already at its instant. */
  *#firings(duration: DurationMs): Generator<() => void, void, void> {
    assert(!this.#advancing, "a wake must not advance the clock that woke it");
    assert(duration >= 0, "time only moves on: use stepWall for a jump of the wall clock");
    const end = later(this.#mono, duration);
    this.#advancing = true;
    try {
      yield () => {}; // What `soon` was asked for before the first wake.
      for (let standing = 0; ; ) {
        const next = this.#next();
        if (next === null || next.due > end) break;
        standing = next.due === this.#mono ? standing + 1 : 0;
        assert(standing < WAKES_MAX, "somebody wakes himself for ever at one instant");
        this.#moveTo(next.due);
        yield () => this.#fire(next);
      }
      this.#moveTo(end);
    } finally {
      this.#advancing = false;
    }
  }

  #next(): Wake | null {
    let next: Wake | null = null;
    for (const wake of this.#wakes) {
      if (next === null || wake.due < next.due || (wake.due === next.due && wake.order < next.order)) next = wake;
    }
    return next;
  }

  #fire(entry: Wake): void {
    if (entry.period === null) this.#wakes.delete(entry);
    else {
      entry.due = later(entry.due, entry.period);
      entry.order = this.#order++;
    }
    entry.wake();
  }

  #drainSoon(): void {
    for (let ran = 0; this.#soon.length > 0; ran += 1) {
      assert(ran < WAKES_MAX, "somebody asks for ever to be woken soon");
      present(this.#soon.shift(), "a wake asked for soon")();
    }
  }

  #moveTo(instant: MonoMs): void {
    this.#wall = epochMs(this.#wall + (instant - this.#mono));
    this.#mono = instant;
  }
}
