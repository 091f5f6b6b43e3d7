import {
  type Clock,
  type DurationMs,
  elapsed,
  type Log,
  milliseconds,
  type MonoMs,
  seconds,
  type Timer,
} from "../../protocol/index.ts";

/** A process that is running, or was. */
export interface Child {
  /** Asks it to close by itself. */
  close(): void;
  /** Ends it without asking. */
  kill(): void;
}

/** How a process ended: by itself with a code, or by a signal. */
export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Supervised {
  readonly name: string;
  spawn(onEnd: (ending: Ending) => void): Child;
  /** True when starting it again would end the same way. */
  isFinal(ending: Ending): boolean;
}

const BACKOFF_BASE = milliseconds(500);
const BACKOFF_MAX = seconds(10);
/** Who has run so long starts afresh with the shortest pause. */
const SETTLED_AFTER = seconds(30);
/** Who has not closed by then is ended. */
const CLOSE_WITHIN = milliseconds(900);

/** Pause before start number `deaths` + 1 of a process that keeps dying. */
export const pauseAfter = (deaths: number): DurationMs =>
  milliseconds(Math.min(BACKOFF_MAX, BACKOFF_BASE * 2 ** Math.min(deaths - 1, 10)));

/** Keeps one process running until it is told to stop, or until the process says that there is no point. */
export class Supervisor {
  readonly #target: Supervised;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onFinal: (ending: Ending) => void;
  #child: Child | null = null;
  #startedAt: MonoMs;
  #deaths = 0;
  #pause: Timer | null = null;
  #closing: (() => void) | null = null;
  #unplugged = false;

  constructor(target: Supervised, clock: Clock, log: Log, onFinal: (ending: Ending) => void = () => {}) {
    this.#target = target;
    this.#clock = clock;
    this.#log = log;
    this.#onFinal = onFinal;
    this.#startedAt = clock.mono();
  }

  start(): void {
    this.#pause = null;
    this.#startedAt = this.#clock.mono();
    this.#child = this.#target.spawn((ending) => this.#ended(ending));
  }

  /** As a power cut: ends the process without asking, and leaves it so until `plugIn`. */
  unplug(): void {
    this.#unplugged = true;
    this.#pause?.cancel();
    this.#child?.kill();
  }

  plugIn(): void {
    if (!this.#unplugged || this.#closing !== null) return;
    this.#unplugged = false;
    if (this.#child === null) this.start(); // One that is still dying is started again when it is dead.
  }

  /** Resolves when the process is gone. */
  stop(): Promise<void> {
    this.#pause?.cancel();
    const child = this.#child;
    return new Promise((resolve) => {
      const impatience = this.#clock.after(CLOSE_WITHIN, () => child?.kill());
      this.#closing = () => {
        impatience.cancel();
        resolve();
      };
      if (child === null) this.#closing();
      else child.close();
    });
  }

  #ended(ending: Ending): void {
    this.#child = null;
    if (this.#closing !== null) return this.#closing();
    if (this.#unplugged) return;
    if (this.#target.isFinal(ending)) return this.#onFinal(ending);
    const ran = elapsed(this.#startedAt, this.#clock.mono());
    this.#deaths = ran >= SETTLED_AFTER ? 1 : this.#deaths + 1;
    const pause = pauseAfter(this.#deaths);
    const { code, signal } = ending;
    this.#log.warn("process.ended", { name: this.#target.name, code, signal, startsAgainInMs: pause });
    this.#pause = this.#clock.after(pause, () => this.start());
  }
}
