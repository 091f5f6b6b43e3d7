import {
  type Clock,
  type DurationMs,
  type EpochMs,
  elapsed,
  HallError,
  type Log,
  milliseconds,
  type MonoMs,
  type Random,
  seconds,
  type TerminalId,
} from "../../protocol/index.ts";
import type { Actor } from "../core/access/actor.ts";
import type { HallEvent } from "../core/events.ts";
import type { PublicationRequest } from "../core/office/document-request.ts";
import type { DerivedSheet } from "../core/office/office-orders.ts";
import { daysOf } from "../core/office/periods-named.ts";
import { publicationsDue } from "../core/office/publishing.ts";
import { regulationOf } from "../core/office/regulation.ts";
import { excusedTerminals, reportDue, terminalsAsked } from "../core/office/reporting.ts";
import type { Engine } from "../engine/engine.ts";
import type { LogReader } from "../engine/ports.ts";
import { readEvent } from "../engine/upcast.ts";
import { AttendanceLedger } from "../projections/attendance/attendance-ledger.ts";
import type { Seen } from "../projections/attendance/attendance-views.ts";
import { drawPublication } from "../projections/attendance/sheet-drawing.ts";
import { hallSecondsOf } from "../projections/attendance/tap-events.ts";
import { inTurns } from "./in-turns.ts";
import { WANTED } from "./wanted-events.ts";

/** When a terminal last said that its journal is empty; null when it did not since the controller started. */
export type EmptySince = (terminalId: TerminalId) => MonoMs | null;

export interface KeeperParts {
  readonly engine: Engine;
  readonly store: Pick<LogReader, "read">;
  readonly clock: Clock;
  readonly random: Pick<Random, "uuid">;
  readonly log: Log;
  readonly emptyAt: EmptySince;
  /** How often it looks what is due; default LOOK_EVERY. */
  readonly lookEvery?: DurationMs;
}

/** Records taken in at a time after a start: about ten milliseconds, so that nobody waits for it. */
const SLICE = 4_000;
const PAUSE = milliseconds(1);
/** How often it looks whether terminals have reported, and whether a sheet is due. */
const LOOK_EVERY = seconds(1);

/**
 * Keeps the hall's attendance: a ledger that follows the log, the word of the terminals that nothing is missing, and
 * the sheets that the regulation wants hung up. It writes through the engine alone, as everybody does.
 */
export class AttendanceKeeper {
  readonly #parts: KeeperParts;
  readonly #timers: { cancel(): void }[] = [];
  #ledger = new AttendanceLedger();
  #taken = 0;
  readonly #publishing = new Set<string>();
  #caughtUp = false;
  #closed = false;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    parts.engine.onCommitted((events) => this.#onCommitted(events));
  }

  /** Begins to read the log, in slices, and from then on to look at what is due. */
  start(): void {
    this.#catchUp();
    const { clock, lookEvery = LOOK_EVERY } = this.#parts;
    this.#timers.push(clock.every(lookEvery, () => this.#look()));
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) timer.cancel();
  }

  /** Null while the log is still being read, and in a hall that keeps no attendance. */
  get ledger(): AttendanceLedger | null {
    return this.#caughtUp && this.#ledger.regulation !== null ? this.#ledger : null;
  }

  /** Everything a view is made of, as of now; null where `ledger` is. */
  seen(): Seen | null {
    const { engine } = this.#parts;
    const { ledger } = this;
    const regulation = regulationOf(engine.hall.configuration);
    if (ledger === null || regulation === null) return null;
    return { hall: engine.hall, ledger, regulation, at: engine.time().at, waitingFor: this.#waitingFor() };
  }

  /** The sheet as it would be hung up now; without a line when the period is none. */
  *#drawing({ period, what }: PublicationRequest): Generator<undefined, DerivedSheet> {
    const seen = this.seen();
    const span = daysOf(period);
    if (seen === null || span === null) return { lines: [], digest: "", position: 0 };
    const { ledger, regulation, at } = seen;
    return yield* drawPublication(ledger, span, hallSecondsOf(at, regulation.zone), what === "absence");
  }

  #onCommitted(events: readonly HallEvent[]): void {
    if (!this.#caughtUp) return; // They are in the log, which is being read.
    for (const event of events) this.#ledger.note(event);
  }

  #catchUp(): void {
    if (this.#closed) return;
    const { engine, store, clock, log } = this.#parts;
    if (engine.ended) return;
    try {
      for (const { seq, record } of store.read(this.#taken + 1, SLICE)) {
        this.#taken = seq;
        // Most of a log is tickets: what attendance does not rest on is not even parsed.
        if (WANTED.test(record)) this.#ledger.note(readEvent({ seq, record, hash: "" }));
      }
    } catch (thrown) {
      if (!(thrown instanceof HallError)) throw thrown;
      return log.error("attendance.unreadable", { code: thrown.code, at: this.#taken });
    }
    this.#ledger.passTo(this.#taken);
    if (this.#taken < engine.head.seq) {
      this.#timers.push(clock.after(PAUSE, () => this.#catchUp()));
      return;
    }
    this.#caughtUp = true;
    log.info("attendance.derived", { position: this.#taken });
  }

  #look(): void {
    const { engine } = this.#parts;
    if (engine.ended || engine.unwritable !== null || this.ledger === null) return;
    this.#noteReported();
    for (const publication of publicationsDue(engine.hall, engine.time().at)) this.#publishDue(publication);
  }

  /** Once at a time: it stays due until it hangs. */
  #publishDue(publication: PublicationRequest): void {
    const key = `${publication.what} ${publication.period}`;
    if (this.#publishing.has(key)) return;
    this.#publishing.add(key);
    this.publish(null, publication, () => this.#publishing.delete(key));
  }

  publish(
    actor: Actor | null,
    publication: PublicationRequest,
    done: Parameters<Engine["submit"]>[1],
    options = {},
  ): void {
    const { engine, clock, random } = this.#parts;
    const publicationId = random.uuid();
    inTurns(clock, this.#drawing(publication), (sheet) => {
      engine.submit({ type: "publish-attendance", actor, publicationId, publication, sheet }, done, options);
    });
  }

  /** Principle 5: nobody is absent before every terminal has reported past the session's end with an empty journal. */
  #noteReported(): void {
    const { engine } = this.#parts;
    const { at, trusted } = engine.time();
    const due = trusted ? reportDue(engine.hall, at) : null;
    if (due === null) return;
    const excused = new Set(excusedTerminals(engine.hall, at));
    const asked = terminalsAsked(engine.hall);
    const silent = asked.filter((id) => !this.#hasReported(id, due.heardSinceMs, at));
    if (asked.length === 0 || silent.some((id) => !excused.has(id))) return;
    engine.submit({ type: "note-reported", untilMs: due.untilMs, excused: silent }, () => {});
  }

  #hasReported(terminalId: TerminalId, sinceMs: EpochMs, at: EpochMs): boolean {
    const { engine, clock, emptyAt } = this.#parts;
    if (engine.hall.terminals.get(terminalId)?.online !== true) return false;
    const empty = emptyAt(terminalId);
    return empty !== null && at - elapsed(empty, clock.mono()) >= sinceMs;
  }

  /** Whose word is missing for what should be settled by now. */
  #waitingFor(): Seen["waitingFor"] {
    const { engine, emptyAt } = this.#parts;
    const { at } = engine.time();
    const due = reportDue(engine.hall, at);
    if (due === null) return [];
    const excused = new Set(excusedTerminals(engine.hall, at));
    return terminalsAsked(engine.hall)
      .filter((id) => !excused.has(id) && !this.#hasReported(id, due.heardSinceMs, at))
      .map((terminal) => {
        if (engine.hall.terminals.get(terminal)?.online !== true) return { terminal, why: "lost" as const };
        return { terminal, why: emptyAt(terminal) === null ? ("silent" as const) : ("behind" as const) };
      });
  }
}
