import { hashPassword, isPassword } from "../adapters/accounts/password-hash.ts";

/** Each takes 32 MiB and a core: more at once would be somebody's way to stop the hall. */
const AT_ONCE_MAX = 2;
const WAITING_MAX = 64;

/** Runs the costly arithmetic, a little at a time. Null: too many wait already. */
export class HashGate {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  verify(hash: string | null, password: string): Promise<boolean | null> {
    return this.#pass(() => isPassword(hash, password));
  }

  hash(password: string): Promise<string | null> {
    return this.#pass(() => hashPassword(password));
  }

  async #pass<T>(work: () => Promise<T>): Promise<T | null> {
    if (this.#running >= AT_ONCE_MAX) {
      if (this.#waiting.length >= WAITING_MAX) return null;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift(); // It takes over the place.
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
