import { z } from "zod";
import { systemRandom } from "../../../hardware/system/system-random.ts";
import { passed } from "./hands.ts";

const Issued = z.object({ id: z.string(), number: z.string() });

/** A citizens' kiosk: takes tickets over HTTP, and asks again with the same key until it has an answer. */
export class Caller {
  /** Every answer, by idempotency key. */
  readonly answers = new Map<string, string>();
  repeats = 0;
  conflicts = 0;
  #busy = true;
  readonly #url: string;
  readonly #pauseMs: number;

  constructor(url: string, pauseMs: number) {
    this.#url = url;
    this.#pauseMs = pauseMs;
  }

  async work(): Promise<void> {
    while (this.#busy) {
      await this.#takeOne(systemRandom.uuid());
      await passed(this.#pauseMs);
    }
  }

  rest(): void {
    this.#busy = false;
  }

  async #takeOne(key: string): Promise<void> {
    while (this.#busy) {
      const number = await this.#ask(key);
      if (number !== null) {
        this.answers.set(key, number);
        const again = await this.#ask(key); // Whoever lost the answer asks again and must be told the same.
        if (again !== null) this.repeats += 1;
        if (again !== null && again !== number) this.conflicts += 1;
        return;
      }
      await passed(100);
    }
  }

  async #ask(key: string): Promise<string | null> {
    try {
      const response = await fetch(`${this.#url}/api/tickets`, {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": key },
        body: JSON.stringify({ service: "apply" }),
      });
      if (response.status !== 201) return null;
      return Issued.parse(await response.json()).number;
    } catch {
      return null; // The controller is away.
    }
  }
}
