import {
  type Desired,
  type EpochMs,
  type FormerStream,
  HallError,
  type Input,
  type Result,
  refused,
  StreamId,
} from "../../protocol/index.ts";
import type { Draft } from "../core/draft.ts";
import type { Journal, JournalRefusal, JournalState } from "../shell/journal.ts";
import { openSqliteJournal, type SqliteJournalOptions } from "./sqlite-journal.ts";

/**
 * The journal of a terminal that is switched on, whatever its medium says: one that cannot be opened refuses everything
 * until it can. Throws HallErrors that no waiting mends: JOURNAL_TOO_NEW, SQLITE_TOO_OLD.
 */
export function openJournal(options: SqliteJournalOptions): Journal {
  try {
    return openSqliteJournal(options);
  } catch (thrown) {
    if (!(thrown instanceof HallError) || thrown.code !== "JOURNAL_FAILED") throw thrown;
    options.log.error("journal.unusable", { ...thrown.context, code: thrown.code, reason: thrown.message });
    return new StandbyJournal(options);
  }
}

class StandbyJournal implements Journal {
  readonly #options: SqliteJournalOptions;
  readonly #blank: JournalState;
  #opened: Journal | null = null;

  constructor(options: SqliteJournalOptions) {
    this.#options = options;
    const stream = StreamId.parse(options.random.uuid());
    this.#blank = { stream, boot: 0, tail: 1, head: 0, done: 0, epochSeen: 0 };
  }

  state(): JournalState {
    return this.#opened?.state() ?? this.#blank;
  }

  append(draft: Draft): Result<Input, JournalRefusal> {
    return this.#opened?.append(draft) ?? refused("journal-unwritable");
  }

  probe(): JournalRefusal | null {
    if (this.#opened !== null) return this.#opened.probe();
    try {
      this.#opened = openSqliteJournal(this.#options);
      return null;
    } catch (thrown) {
      if (thrown instanceof HallError && thrown.code === "JOURNAL_FAILED") return "journal-unwritable";
      throw thrown;
    }
  }

  nextSession(): number {
    return this.#opened?.nextSession() ?? 0;
  }

  acknowledge(upTo: number, hallMs: EpochMs): void {
    this.#opened?.acknowledge(upTo, hallMs);
  }

  rememberEpoch(epoch: number): void {
    this.#opened?.rememberEpoch(epoch);
  }

  keepFace(face: Desired): void {
    this.#opened?.keepFace(face);
  }

  keptFace(): Desired | null {
    return this.#opened?.keptFace() ?? null;
  }

  read(from: number, to: number): readonly Input[] {
    return this.#opened?.read(from, to) ?? [];
  }

  prune(hallMs: EpochMs): number {
    return this.#opened?.prune(hallMs) ?? this.#blank.tail;
  }

  beginStream(): void {
    this.#opened?.beginStream();
  }

  former(): readonly FormerStream[] {
    return this.#opened?.former() ?? [];
  }

  readFormer(stream: StreamId, from: number, to: number): readonly Input[] {
    return this.#opened?.readFormer(stream, from, to) ?? [];
  }

  close(): void {
    this.#opened?.close();
  }
}
