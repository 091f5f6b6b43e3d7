import type { MonoMs } from "../../../protocol/index.ts";
import type { Allowance } from "./broker-limits.ts";

/** So many at once, so many a second for ever; a debt within bounds is granted and has to be waited for. */
export class TokenBucket {
  readonly #allowance: Allowance;
  #tokens: number;
  #at: MonoMs;

  constructor(allowance: Allowance, now: MonoMs) {
    this.#allowance = allowance;
    this.#tokens = allowance.burst;
    this.#at = now;
  }

  /** Milliseconds until the debt is paid, 0 without one; null when it would be too large: nothing is taken. */
  take(count: number, now: MonoMs): number | null {
    const { perSecond, debt } = this.#allowance;
    const left = this.#refilled(now) - count;
    if (left < -debt) return null;
    this.#tokens = left;
    return left >= 0 ? 0 : (-left * 1000) / perSecond;
  }

  /** Milliseconds until one can be had without debt. */
  nextIn(now: MonoMs): number {
    return (Math.max(0, 1 - this.#refilled(now)) * 1000) / this.#allowance.perSecond;
  }

  #refilled(now: MonoMs): number {
    const { perSecond, burst } = this.#allowance;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) * perSecond) / 1000);
    this.#at = now;
    return this.#tokens;
  }
}
