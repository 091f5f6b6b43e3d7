import { HallError } from "../../../protocol/base/errors.ts";

const DEADLINE_MS = 15_000;

/** Waits for something that real processes bring about: asks again whenever it is poked, and gives up at a deadline. */
export class Witness {
  readonly #questions = new Set<() => void>();

  /** Something has happened. */
  readonly poke = (): void => {
    for (const ask of this.#questions) ask();
  };

  until(what: string, holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        this.#questions.delete(ask);
        settle();
      };
      const ask = (): void => {
        if (holds()) end(resolve);
      };
      const late = new HallError("test-deadline", `not within ${DEADLINE_MS} ms: ${what}`);
      const timer = setTimeout(() => end(() => reject(late)), DEADLINE_MS);
      this.#questions.add(ask);
      ask();
    });
  }
}
