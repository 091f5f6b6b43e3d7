import { type Clock, elapsed, milliseconds } from "../../protocol/index.ts";

/** So long a piece of work goes on before everybody else has a turn. */
const TURN = milliseconds(4);
/** Pieces of work that wait for the one being done. */
export const WORK_WAITING_MAX = 16;

/** Carries out work that is written in steps, with turns for everybody else between; what ends in one is done then. */
export function inTurns<T>(
  clock: Pick<Clock, "mono" | "soon">,
  work: Generator<undefined, T>,
  done: (result: T) => void,
  failed: (thrown: unknown) => void = rethrow,
): void {
  const began = clock.mono();
  do {
    const step = stepOf(work, failed);
    if (step === null) return;
    if (step.done === true) return done(step.value);
  } while (elapsed(began, clock.mono()) < TURN);
  clock.soon(() => inTurns(clock, work, done, failed));
}

function stepOf<T>(
  work: Generator<undefined, T>,
  failed: (thrown: unknown) => void,
): IteratorResult<undefined, T> | null {
  try {
    return work.next();
  } catch (thrown) {
    failed(thrown);
    return null;
  }
}

const rethrow = (thrown: unknown): never => {
  throw thrown;
};

/** One piece of work after the other: together they take no more of a turn than one alone. */
export class Turns {
  readonly #clock: Clock;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Null: too many wait already. */
  async run<T>(work: Generator<undefined, T>): Promise<T | null> {
    if (this.#waiting > WORK_WAITING_MAX) return null;
    this.#waiting += 1;
    const done = this.#last.then(
      () => new Promise<T>((resolve, reject) => inTurns(this.#clock, work, resolve, reject)),
    );
    this.#last = done.catch(() => null);
    return done.finally(() => {
      this.#waiting -= 1;
    });
  }
}

/** The same at once, where nobody waits. */
export function atOnce<T>(work: Generator<undefined, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
