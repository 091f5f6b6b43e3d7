import { assert, type Timer } from "../../protocol/index.ts";
import type { Life } from "./life.ts";

/** Something that happens at an instant of the world. Those of one instant happen in the order of asking. */
export class Wake implements Timer {
  readonly atUs: number;
  readonly order: number;
  readonly life: Life | null;
  run: (() => void) | null;

  constructor(atUs: number, order: number, life: Life | null, run: () => void) {
    this.atUs = atUs;
    this.order = order;
    this.life = life;
    this.run = run;
  }

  cancel(): void {
    this.run = null;
  }
}

/** What runs a wake that belongs to a life, and what becomes of what it throws. */
export type Dispatch = (life: Life, run: () => void) => void;

/**
 * The world's only queue: a binary heap over (instant, order of asking), in whole virtual microseconds since the
 * world's start. Everything that ever happens in a simulated hall is a wake in it, so one seed gives one history.
 */
export class Scheduler {
  nowUs = 0;
  /** Wakes that ran. */
  steps = 0;
  readonly #heap: Wake[] = [];
  #order = 0;
  #dispatch: Dispatch = (_life, run) => run();

  onDispatch(dispatch: Dispatch): void {
    this.#dispatch = dispatch;
  }

  /** `life`: whose wake it is; it dies with it. Null for the world's own. An instant that is over counts as now. */
  at(atUs: number, run: () => void, life: Life | null = null): Wake {
    assert(!Number.isNaN(atUs), "an instant is a number");
    const wake = new Wake(Math.max(Math.ceil(atUs), this.nowUs), this.#order, life, run);
    this.#order += 1;
    this.#push(wake);
    return wake;
  }

  afterMs(delayMs: number, run: () => void, life: Life | null = null): Wake {
    return this.at(this.nowUs + delayMs * 1000, run, life);
  }

  /** Runs everything up to and with `untilUs`; false when `stepsMax` did not suffice: somebody wakes for ever. */
  runUntil(untilUs: number, stepsMax: number): boolean {
    for (let next = this.#heap[0]; next !== undefined && next.atUs <= untilUs; next = this.#heap[0]) {
      this.#pop();
      if (next.run === null || next.life?.isDead === true) continue;
      if (this.steps >= stepsMax) return false;
      this.nowUs = next.atUs;
      this.#perform(next);
    }
    this.nowUs = untilUs;
    return true;
  }

  /** Hands something to a life within the running step: now, or when it moves again. Not from within a node's step. */
  deliver(life: Life, run: () => void): void {
    if (life.isDead) return;
    if (life.isFrozen) life.putOff.push({ run });
    else this.#dispatch(life, run);
  }

  /** Runs what a life had to put off, now. */
  resume(life: Life): void {
    for (const late of life.putOff.splice(0)) this.at(this.nowUs, () => late.run?.(), life);
  }

  #perform(wake: Wake): void {
    const { life, run } = wake;
    if (run === null) return;
    if (life === null) {
      this.steps += 1;
      return run();
    }
    if (life.isFrozen) return void life.putOff.push(wake);
    this.steps += 1;
    this.#dispatch(life, run);
  }

  #push(wake: Wake): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(wake);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(wake, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = wake;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      let below = heap[child];
      if (below === undefined) break;
      const right = heap[child + 1];
      if (right !== undefined && isBefore(right, below)) {
        child += 1;
        below = right;
      }
      if (!isBefore(below, last)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
  }
}

const isBefore = (a: Wake, b: Wake): boolean => a.atUs < b.atUs || (a.atUs === b.atUs && a.order < b.order);
