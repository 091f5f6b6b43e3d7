import type { IssuedTicket } from "../../../adapters/http/hall-desk.ts";

const KEPT_AS = "hallward.kiosk.given";
/** More than a kiosk gives in a day: the oldest are forgotten. */
export const GIVEN_MAX = 2_000;
const DAY_MS = 24 * 3_600_000;

/** Where a browser keeps text: `localStorage`, as far as it is needed here. */
export interface TextStore {
  readonly length: number;
  key(index: number): string | null;
  removeItem(name: string): void;
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
}

type Given = Pick<IssuedTicket, "id" | "number" | "issuedAt">;

/**
 * Numbers this kiosk gave and their tickets' ids, so that a no-show can come back with the number alone. Nothing else
 * is kept: no service, no class, nobody.
 */
export class GivenTickets {
  /** Asking a browser for its store may already be refused. */
  readonly #store: () => TextStore;
  readonly #now: () => number;

  constructor(store: () => TextStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  keep({ id, number, issuedAt }: Given): void {
    const given = [...this.#read(), { id, number, issuedAt }].slice(-GIVEN_MAX);
    try {
      this.#store().setItem(KEPT_AS, JSON.stringify(given));
    } catch {
      // A full or forbidden store: a window can still take a no-show back.
    }
  }

  /** The latest ticket with this number of the last 24 hours; null when it was not given here. */
  find(number: string): string | null {
    return this.#read().findLast((ticket) => ticket.number === number)?.id ?? null;
  }

  /** What a citizen chose, such as a language, is not the next one's: only the given numbers stay in the browser. */
  forgetChoices(): void {
    try {
      const store = this.#store();
      const names = Array.from({ length: store.length }, (_, index) => store.key(index) ?? KEPT_AS);
      for (const name of names) if (name !== KEPT_AS) store.removeItem(name);
    } catch {
      // Nothing can be kept there, so nothing was.
    }
  }

  #read(): readonly Given[] {
    try {
      const given = JSON.parse(this.#store().getItem(KEPT_AS) ?? "[]") as readonly Given[];
      return given.filter(({ issuedAt }) => this.#now() - Date.parse(issuedAt) < DAY_MS);
    } catch {
      return [];
    }
  }
}
