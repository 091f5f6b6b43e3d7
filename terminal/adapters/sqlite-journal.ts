import type { Database } from "better-sqlite3";
import {
  accepted,
  Desired,
  type EpochMs,
  type FormerStream,
  HallError,
  Input,
  JOURNAL_KEEP,
  JOURNAL_ROWS_MAX,
  type Log,
  messageOf,
  present,
  type Random,
  refused,
  type Result,
  StreamId,
} from "../../protocol/index.ts";
import { type Draft, inputOf } from "../core/draft.ts";
import type { Journal, JournalRefusal, JournalState } from "../shell/journal.ts";
import { FormerInputs, withoutOldest } from "./former-inputs.ts";
import { isRefusedWrite, mediumFault } from "./medium-fault.ts";
import { journalFailed, openDatabase } from "./open-database.ts";

/** Acknowledged rows that make way at once on a medium that is full. */
const ROOM_ROWS = 256;

export interface SqliteJournalOptions {
  /** Its directory must exist. */
  readonly file: string;
  readonly random: Random;
  readonly log: Log;
  /** Rows kept at most; default JOURNAL_ROWS_MAX. */
  readonly rowsMax?: number;
}

/** Opens the journal and begins a boot. Throws HallError when the medium refuses, or was written by later firmware. */
export function openSqliteJournal({ file, random, log, rowsMax = JOURNAL_ROWS_MAX }: SqliteJournalOptions): Journal {
  const newStream = (): string => random.uuid();
  return new SqliteJournal(openDatabase({ file, newStream, log }), file, newStream, rowsMax);
}

interface PositionRow {
  readonly stream: string;
  readonly boot: number;
  readonly session: number;
  readonly head: number;
  readonly done: number;
  readonly epoch_seen: number;
}

/** Better-sqlite3 in one connection, WAL, synchronous=FULL: when a call returns, its page is on the medium. */
class SqliteJournal implements Journal {
  readonly #database: Database;
  readonly #file: string;
  readonly #newStream: () => string;
  readonly #rowsMax: number;
  readonly #formerInputs: FormerInputs;
  #former: readonly FormerStream[];
  #state: JournalState;
  #session: number;
  /** What the medium refused to take: the position, and the hall time of what was acknowledged since. */
  #unsaved: { ackedAtMs: number } | null = null;

  constructor(database: Database, file: string, newStream: () => string, rowsMax: number) {
    this.#database = database;
    this.#file = file;
    this.#newStream = newStream;
    this.#rowsMax = rowsMax;
    this.#transaction(() => this.#run("UPDATE position SET boot = boot + 1"));
    this.#state = this.#load();
    this.#session = this.#position().session;
    this.#formerInputs = new FormerInputs(database);
    this.#former = this.#guard(() => this.#formerInputs.streams());
  }

  state(): JournalState {
    return this.#state;
  }

  append(draft: Draft): Result<Input, JournalRefusal> {
    const { head, tail, done, boot } = this.#state;
    const isFull = this.#rows >= this.#rowsMax;
    const formerGoes = isFull && this.#former.length > 0;
    if (isFull && !formerGoes && tail > done) return refused("journal-full");
    const input = inputOf(draft, head + 1, boot);
    const write = (): boolean =>
      this.#taken(() => {
        if (formerGoes) this.#formerInputs.drop(1);
        else if (isFull) this.#run("DELETE FROM input WHERE seq = ?", tail);
        this.#run("UPDATE position SET head = ?", input.seq);
        this.#run("INSERT INTO input (seq, body) VALUES (?, ?)", input.seq, JSON.stringify(input));
      });
    if (!write() && !(this.#makeRoom() && write())) return refused("journal-unwritable");
    const kept = isFull && !formerGoes ? tail + 1 : tail;
    this.#state = { ...this.#state, head: input.seq, tail: Math.max(this.#state.tail, kept) };
    if (formerGoes) this.#former = withoutOldest(this.#former);
    this.#save();
    return accepted(input);
  }

  probe(): JournalRefusal | null {
    const { head, tail, done } = this.#state;
    this.#unsaved ??= { ackedAtMs: 0 };
    if (mediumFault(this.#file) !== null || !this.#save()) return "journal-unwritable";
    return this.#former.length === 0 && head - tail + 1 >= this.#rowsMax && tail > done ? "journal-full" : null;
  }

  nextSession(): number {
    this.#session += 1;
    if (!this.#taken(() => this.#run("UPDATE position SET session = ?", this.#session))) this.#defer(0);
    return this.#session;
  }

  acknowledge(upTo: number, hallMs: EpochMs): void {
    const { done, head } = this.#state;
    const reached = Math.min(upTo, head);
    if (reached <= done) return;
    const at = Math.floor(hallMs);
    const written = this.#taken(() => {
      this.#run("UPDATE input SET acknowledged_ms = ? WHERE seq > ? AND seq <= ?", at, done, reached);
      this.#run("UPDATE position SET done = ?", reached);
    });
    this.#state = { ...this.#state, done: reached };
    if (written) this.#save();
    else this.#defer(at);
  }

  rememberEpoch(epoch: number): void {
    if (epoch <= this.#state.epochSeen) return;
    const written = this.#taken(() => this.#run("UPDATE position SET epoch_seen = ?", epoch));
    this.#state = { ...this.#state, epochSeen: epoch };
    if (!written) this.#defer(0);
  }

  /** A face that is not kept costs a clerk one look after a power cut: the next one is. */
  keepFace(face: Desired): void {
    this.#taken(() => this.#run("INSERT OR REPLACE INTO face (only_row, body) VALUES (1, ?)", JSON.stringify(face)));
  }

  keptFace(): Desired | null {
    const body = this.#guard(() => this.#database.prepare<[], string>("SELECT body FROM face").pluck().get());
    return body === undefined ? null : (Desired.safeParse(JSON.parse(body)).data ?? null);
  }

  read(from: number, to: number): readonly Input[] {
    const bodies = this.#guard(() =>
      this.#database
        .prepare<[number, number], string>("SELECT body FROM input WHERE seq BETWEEN ? AND ? ORDER BY seq")
        .pluck()
        .all(from, to),
    );
    return bodies.map((body) => Input.parse(JSON.parse(body)));
  }

  prune(hallMs: EpochMs): number {
    // Seqs go without a gap: only a run of old ones from the tail on may go, whatever later ones say.
    const before = Math.floor(hallMs - JOURNAL_KEEP);
    if (this.#former.length > 0 && this.#taken(() => this.#formerInputs.prune(before))) this.#reloadFormer();
    const kept = this.#guard(() =>
      this.#database
        .prepare<[number], number | null>(
          "SELECT min(seq) FROM input WHERE acknowledged_ms IS NULL OR acknowledged_ms > ?",
        )
        .pluck()
        .get(before),
    );
    const tail = kept ?? this.#state.head + 1;
    if (tail <= this.#state.tail) return this.#state.tail;
    if (this.#taken(() => this.#run("DELETE FROM input WHERE seq < ?", tail))) this.#state = { ...this.#state, tail };
    return this.#state.tail;
  }

  beginStream(): void {
    const { stream, done, head } = this.#state;
    const carried = this.read(done + 1, head);
    const written = this.#taken(() => {
      this.#formerInputs.keep(stream, done, this.#unsaved?.ackedAtMs ?? 0);
      this.#run("DELETE FROM input");
      this.#run("UPDATE position SET stream = ?, done = 0, head = ?", this.#newStream(), carried.length);
      for (const [index, input] of carried.entries()) {
        const renewed: Input = { ...input, seq: index + 1 };
        this.#run("INSERT INTO input (seq, body) VALUES (?, ?)", renewed.seq, JSON.stringify(renewed));
      }
    });
    if (!written) return;
    this.#unsaved = null;
    this.#state = { ...this.#load(), epochSeen: this.#state.epochSeen };
    this.#reloadFormer();
  }

  former(): readonly FormerStream[] {
    return this.#former;
  }

  readFormer(stream: StreamId, from: number, to: number): readonly Input[] {
    return this.#guard(() => this.#formerInputs.read(stream, from, to));
  }

  close(): void {
    this.#database.close();
  }

  get #rows(): number {
    const { head, tail } = this.#state;
    return this.#former.reduce((rows, former) => rows + former.head - former.tail + 1, head - tail + 1);
  }

  #reloadFormer(): void {
    this.#former = this.#guard(() => this.#formerInputs.streams());
  }

  #defer(ackedAtMs: number): void {
    this.#unsaved = { ackedAtMs: Math.max(ackedAtMs, this.#unsaved?.ackedAtMs ?? 0) };
  }

  /** Writes what had to wait; false when the medium still refuses. */
  #save(): boolean {
    if (this.#unsaved === null) return true;
    const { ackedAtMs } = this.#unsaved;
    const { done, epochSeen } = this.#state;
    const written = this.#taken(() => {
      const acked = "UPDATE input SET acknowledged_ms = ? WHERE acknowledged_ms IS NULL AND seq <= ?";
      this.#run(acked, ackedAtMs, done);
      this.#run("UPDATE position SET session = ?, done = ?, epoch_seen = ?", this.#session, done, epochSeen);
    });
    if (written) this.#unsaved = null;
    return written;
  }

  /** Acknowledged inputs are the hall's already: on a full medium the oldest make way, and nothing else ever does. */
  #makeRoom(): boolean {
    if (this.#former.length > 0) {
      if (!this.#taken(() => this.#formerInputs.drop(ROOM_ROWS))) return false;
      this.#reloadFormer();
      return true;
    }
    const { tail, done } = this.#state;
    const upTo = Math.min(done, tail + ROOM_ROWS - 1);
    if (upTo < tail) return false;
    if (!this.#taken(() => this.#run("DELETE FROM input WHERE seq <= ?", upTo))) return false;
    this.#state = { ...this.#state, tail: upTo + 1 };
    return true;
  }

  #load(): JournalState {
    const { stream, boot, head, done, epoch_seen: epochSeen } = this.#position();
    const first = this.#guard(() =>
      this.#database.prepare<[], number | null>("SELECT min(seq) FROM input").pluck().get(),
    );
    return { stream: StreamId.parse(stream), boot, tail: first ?? head + 1, head, done, epochSeen };
  }

  #position(): PositionRow {
    const row = this.#guard(() => this.#database.prepare<[], PositionRow>("SELECT * FROM position").get());
    return present(row, "the journal's position");
  }

  #run(sql: string, ...values: readonly (string | number)[]): void {
    this.#database.prepare(sql).run(...values);
  }

  #transaction(work: () => void): void {
    this.#guard(() => this.#database.transaction(work).immediate());
  }

  /** True when it is on the medium, false when the medium refused it and nothing of it is there. */
  #taken(work: () => void): boolean {
    try {
      this.#database.transaction(work).immediate();
      return true;
    } catch (thrown) {
      if (isRefusedWrite(thrown, this.#file)) return false;
      throw journalFailed(this.#file, messageOf(thrown), thrown);
    }
  }

  /** Whatever the medium does wrong ends the process: after a failed fsync nobody knows what is kept. */
  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (thrown) {
      if (thrown instanceof HallError) throw thrown;
      throw journalFailed(this.#file, messageOf(thrown), thrown);
    }
  }
}
