import { assert } from "../../protocol/index.ts";

/** Measurements of one kind, in whatever unit they were taken. Kept whole: a bench is bounded. */
export class Samples {
  readonly #values: number[];
  #sorted = false;

  constructor(values: readonly number[] = []) {
    this.#values = [...values];
  }

  add(value: number): void {
    assert(Number.isFinite(value), "a sample is a number");
    this.#values.push(value);
    this.#sorted = false;
  }

  addAll(values: readonly number[]): void {
    for (const value of values) this.add(value);
  }

  get count(): number {
    return this.#values.length;
  }

  get mean(): number {
    return this.#values.reduce((sum, value) => sum + value, 0) / this.#values.length;
  }

  /** The smallest sample that at least `percent` of all are not above (nearest rank). */
  percentile(percent: number): number {
    assert(this.#values.length > 0, "there are samples");
    if (!this.#sorted) this.#values.sort((a, b) => a - b);
    this.#sorted = true;
    const rank = Math.max(1, Math.ceil((percent / 100) * this.#values.length));
    return this.#values[rank - 1] ?? Number.NaN;
  }

  get median(): number {
    return this.percentile(50);
  }

  get p99(): number {
    return this.percentile(99);
  }
}
