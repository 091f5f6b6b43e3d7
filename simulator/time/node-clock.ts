import {
  assert,
  type Clock,
  type DurationMs,
  type EpochMs,
  epochMs,
  type MonoMs,
  monoMs,
  type Timer,
} from "../../protocol/index.ts";
import type { Life } from "./life.ts";
import type { Scheduler } from "./scheduler.ts";

export interface NodeClockOptions {
  /** Parts per million by which its seconds are shorter than the world's. */
  readonly driftPpm: number;
  /** What its wall clock says at its birth. */
  readonly wallMs: number;
  /** Microseconds from the end of a callback to what it wanted `soon`: messages that come between share a commit. */
  readonly soonUs: number;
}

/** No timer fires at once: whoever finds that it is a rounding error too early must not ask again for ever. */
const TIMER_LEAST_US = 50;

interface Beat {
  readonly periodUs: number;
  readonly run: () => void;
  sinceUs: number;
  fired: number;
}

/** One generation's clocks. The monotonic one begins at 0, drifts, and stops for nobody; the wall clock can be set. */
export class NodeClock implements Clock {
  readonly #scheduler: Scheduler;
  readonly #life: Life;
  readonly #bornUs: number;
  readonly #rate: number;
  readonly #soonUs: number;
  readonly #beats: Beat[] = [];
  #wallOffsetMs: number;
  /** While a beat runs late: the instant at which it was due. */
  #pinnedUs: number | null = null;

  constructor(scheduler: Scheduler, life: Life, options: NodeClockOptions) {
    this.#scheduler = scheduler;
    this.#life = life;
    this.#bornUs = scheduler.nowUs;
    this.#rate = 1 + options.driftPpm / 1e6;
    this.#soonUs = options.soonUs;
    this.#wallOffsetMs = options.wallMs;
  }

  now(): EpochMs {
    return epochMs(Math.floor(this.#wallOffsetMs + this.mono()));
  }

  mono(): MonoMs {
    const nowUs = this.#pinnedUs ?? this.#scheduler.nowUs;
    return monoMs(((nowUs - this.#bornUs) * this.#rate) / 1000);
  }

  after(delay: DurationMs, wake: () => void): Timer {
    assert(!Number.isNaN(delay), "a delay is a number of milliseconds");
    const us = Math.max(TIMER_LEAST_US, this.#toUs(delay));
    return this.#scheduler.at(this.#scheduler.nowUs + us, wake, this.#life);
  }

  every(period: DurationMs, wake: () => void): Timer {
    assert(period > 0, "a period is longer than 0 ms");
    let timer: Timer;
    const again = (): void => {
      timer = this.after(period, again);
      wake();
    };
    timer = this.after(period, again);
    return { cancel: () => timer.cancel() };
  }

  soon(wake: () => void): void {
    this.#scheduler.at(this.#scheduler.nowUs + this.#soonUs, wake, this.#life);
  }

  /**
   * As `every`, for a beat that does nothing but look at this clock: those that are due are run, with the clock at
   * their own instant, only before something else happens to this node. They cost no place in the world's queue.
   */
  beats(period: DurationMs, run: () => void): Timer {
    const beat: Beat = { periodUs: this.#toUs(period), run, sinceUs: this.#scheduler.nowUs, fired: 0 };
    this.#beats.push(beat);
    return { cancel: () => void this.#beats.splice(this.#beats.indexOf(beat), 1) };
  }

  /** Runs the beats that were due, each at its own instant. To be called before anything else of this node runs. */
  catchUp(): void {
    for (const beat of this.#beats) {
      const due = Math.floor((this.#scheduler.nowUs - beat.sinceUs) / beat.periodUs);
      if (beat.fired >= due) continue;
      while (beat.fired < due) {
        beat.fired += 1;
        this.#pinnedUs = beat.sinceUs + beat.fired * beat.periodUs;
        beat.run();
      }
      this.#pinnedUs = null;
    }
  }

  /** After a standstill: missed beats are not made up for, the next one is a period from now. */
  restartBeats(): void {
    this.missBeats();
    for (const beat of this.#beats) beat.run();
  }

  /** The beats that came due while everything stood still never run: who lives by them sees that time is missing. */
  missBeats(): void {
    for (const beat of this.#beats) {
      beat.sinceUs = this.#scheduler.nowUs;
      beat.fired = 0;
    }
  }

  /** Somebody, or a time server, sets the wall clock. No timer notices. */
  stepWall(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }

  setWall(toMs: number): void {
    this.#wallOffsetMs = toMs - this.mono();
  }

  #toUs(delay: number): number {
    return (delay * 1000) / this.#rate;
  }
}
