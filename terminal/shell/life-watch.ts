import {
  type Clock,
  type DurationMs,
  elapsed,
  type Log,
  minutes,
  type MonoMs,
  seconds,
  type Timer,
} from "../../protocol/index.ts";
import type { JournalFault } from "../core/inputs.ts";
import type { Supervisor } from "./supervisor.ts";

/** What tells a working terminal from a process that is merely there. */
export interface Vitals {
  /** When the core last took an input. In quiet hours it still has one every HEALTH_PERIOD, its own. */
  readonly steppedAt: MonoMs;
  readonly journalFault: JournalFault | null;
}

/** More than two HEALTH_PERIODs without an input, and the core is stuck. */
export const CORE_SILENCE_MAX = seconds(25);
/**
 * A journal on a medium that refuses writes is shown and tried again every few seconds; after so long a fresh process
 * may do better. Not for a journal that is full: a new process would find it as full.
 */
export const UNWRITABLE_MAX = minutes(10);
/** So many signs of life fit into the supervisor's patience: one may be lost. */
const SIGNS_PER_PATIENCE = 3;

/** Gives the supervisor signs of life for as long as the core takes inputs and the journal can be written. */
export class LifeWatch {
  readonly #supervisor: Supervisor;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #beat: Timer | null;
  #vitals: (() => Vitals) | null = null;
  #unwritableSince: MonoMs | null = null;
  #isWell = true;

  /** From now on the process is starting. */
  constructor(supervisor: Supervisor, clock: Clock, log: Log) {
    this.#supervisor = supervisor;
    this.#clock = clock;
    this.#log = log;
    const { patience } = supervisor;
    const period = patience === null ? null : ((patience / SIGNS_PER_PATIENCE) as DurationMs);
    this.#beat = period === null ? null : clock.every(period, () => this.#look());
  }

  /** The terminal works. */
  ready(vitals: () => Vitals): void {
    this.#vitals = vitals;
    this.#supervisor.ready();
  }

  /** Leaves as it was told to. */
  stop(): void {
    this.#beat?.cancel();
    this.#supervisor.stopping();
  }

  #look(): void {
    const complaint = this.#complaint();
    if (complaint === null) this.#supervisor.alive();
    else if (this.#isWell) this.#log.error("terminal.unwell", { complaint });
    this.#isWell = complaint === null;
  }

  #complaint(): "core-silent" | "journal-unwritable" | null {
    const vitals = this.#vitals?.();
    if (vitals === undefined) return null;
    const now = this.#clock.mono();
    if (vitals.journalFault !== "journal-unwritable") this.#unwritableSince = null;
    else this.#unwritableSince ??= now;
    if (elapsed(vitals.steppedAt, now) > CORE_SILENCE_MAX) return "core-silent";
    const since = this.#unwritableSince;
    return since !== null && elapsed(since, now) > UNWRITABLE_MAX ? "journal-unwritable" : null;
  }
}
