/** A bucket that lets so much through: after it is over it stays so, and says it once. */
export class Flow {
  readonly #perSecond: number;
  readonly #burst: number;
  #level = 0;
  #atMs = 0;
  #isOver = false;

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  /** True once: with this one it is too much. */
  takes(atMs: number): boolean {
    this.#level = Math.max(0, this.#level - ((atMs - this.#atMs) * this.#perSecond) / 1000) + 1;
    this.#atMs = atMs;
    if (this.#isOver || this.#level <= this.#burst) return false;
    this.#isOver = true;
    return true;
  }
}
