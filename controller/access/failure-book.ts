import { type Clock, type DurationMs, elapsed, type MonoMs } from "../../protocol/index.ts";

export interface FailureLimits {
  /** Wrong tries within `window` before the key is locked, */
  readonly failuresMax: number;
  readonly window: DurationMs;
  /** for so long. */
  readonly lockedFor: DurationMs;
  /** Keys remembered at once: when there are more, the one that failed longest ago is forgotten, locked ones last. */
  readonly keysMax: number;
}

interface Failures {
  count: number;
  firstAt: MonoMs;
  lockedAt: MonoMs | null;
}

/** Counts wrong tries by key, in bounded memory. A try counts before it is judged, so that tries at once count too. */
export class FailureBook {
  readonly #clock: Pick<Clock, "mono">;
  readonly #limits: FailureLimits;
  /** Oldest first try first. */
  readonly #failures = new Map<string, Failures>();

  constructor(clock: Pick<Clock, "mono">, limits: FailureLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  get size(): number {
    return this.#failures.size;
  }

  isLocked(key: string): boolean {
    return typeof this.#current(key)?.lockedAt === "number";
  }

  /** True when this one locked the key. */
  note(key: string): boolean {
    const known = this.#current(key);
    const failures = known ?? { count: 0, firstAt: this.#clock.mono(), lockedAt: null };
    if (known === undefined) this.#makeRoom();
    this.#failures.set(key, failures);
    failures.count += 1;
    if (failures.lockedAt !== null || failures.count < this.#limits.failuresMax) return false;
    failures.lockedAt = this.#clock.mono();
    return true;
  }

  /** The right word was said. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** The right word was said: the try that was counted for it counts no more. Earlier ones do. */
  forgive(key: string): void {
    const failures = this.#current(key);
    if (failures === undefined) return;
    failures.count -= 1;
    if (failures.count < this.#limits.failuresMax) failures.lockedAt = null;
    if (failures.count === 0) this.#failures.delete(key);
  }

  #current(key: string): Failures | undefined {
    const failures = this.#failures.get(key);
    if (failures === undefined) return undefined;
    const now = this.#clock.mono();
    const { lockedAt, firstAt } = failures;
    const over =
      lockedAt === null
        ? elapsed(firstAt, now) >= this.#limits.window
        : elapsed(lockedAt, now) >= this.#limits.lockedFor;
    if (!over) return failures;
    this.#failures.delete(key);
    return undefined;
  }

  #makeRoom(): void {
    if (this.#failures.size < this.#limits.keysMax) return;
    for (const key of this.#failures.keys()) this.#current(key); // What is over makes room first.
    if (this.#failures.size < this.#limits.keysMax) return;
    const [oldest] = this.#failures.keys();
    const open = [...this.#failures].find(([, { lockedAt }]) => lockedAt === null)?.[0];
    this.#failures.delete(open ?? oldest ?? "");
  }
}
