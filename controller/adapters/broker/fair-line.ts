/**
 * A line in which every key has its turn, whatever the others bring: whoever sends a thousand waits behind itself.
 * Entries that no longer stand are passed over.
 */
export class FairLine<T> {
  readonly #byKey = new Map<string, T[]>();
  readonly #stands: (entry: T) => boolean;

  constructor(stands: (entry: T) => boolean) {
    this.#stands = stands;
  }

  add(key: string, entry: T): void {
    const line = this.#byKey.get(key);
    if (line === undefined) this.#byKey.set(key, [entry]);
    else line.push(entry);
  }

  /** The oldest entry of the key that has waited for its turn for longest. */
  take(): T | undefined {
    for (const [key, line] of this.#byKey) {
      this.#byKey.delete(key);
      const at = line.findIndex((entry) => this.#stands(entry));
      if (at < 0) continue;
      const rest = line.slice(at + 1);
      if (rest.length > 0) this.#byKey.set(key, rest);
      return line[at];
    }
    return undefined;
  }

  /** Whether anything is left to take; what no longer stands may count. */
  get waits(): boolean {
    return this.#byKey.size > 0;
  }
}
