import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { assert } from "../../../protocol/index.ts";
import {
  type Append,
  type CommandKey,
  type EventStore,
  type LogHead,
  type LogRecord,
  QUARANTINE_MAX,
  type Quarantined,
  type Snapshot,
} from "../../engine/ports.ts";
import { type DataLock, lockDataDir } from "./data-lock.ts";
import { SqliteLogRows } from "./sqlite-log-rows.ts";
import { assertSqliteVersion, guarded, prepareSchema } from "./sqlite-schema.ts";

/** The log, in a hall's data directory. */
export const DATABASE_FILE = "hall.db";

/** A reader may hold the database for a moment; nobody else writes. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens, and creates, the store of `dataDir` for the one controller that writes it.
 * HallErrors: DATA_IN_USE, DATA_NEWER, SQLITE_TOO_OLD, STORE_UNUSABLE.
 */
export function openEventStore(dataDir: string): EventStore {
  guarded("STORE_UNUSABLE", `${dataDir} cannot be made`, () => mkdirSync(dataDir, { recursive: true, mode: 0o700 }));
  const lock = guarded("STORE_UNUSABLE", dataDir, () => lockDataDir(dataDir));
  try {
    return guarded(
      "STORE_UNUSABLE",
      join(dataDir, DATABASE_FILE),
      () => new SqliteEventStore(openWriter(dataDir), lock),
    );
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
}

function openWriter(dataDir: string): Database.Database {
  const db = new Database(join(dataDir, DATABASE_FILE), { timeout: BUSY_TIMEOUT_MS });
  try {
    assertSqliteVersion(db);
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = FULL");
    db.pragma("foreign_keys = ON");
    prepareSchema(db);
  } catch (thrown) {
    db.close();
    throw thrown;
  }
  return db;
}

interface KeyRow {
  readonly key: string;
  readonly digest: Buffer;
  readonly firstSeq: number;
  readonly answer: string;
}

class SqliteEventStore implements EventStore {
  readonly #db: Database.Database;
  readonly #lock: DataLock;
  readonly #rows: SqliteLogRows;
  readonly #insertEvent: Database.Statement<[number, string, Buffer]>;
  readonly #insertKey: Database.Statement<[string, Buffer, number, string]>;
  readonly #selectKey: Database.Statement<[string], KeyRow>;
  readonly #write: Database.Transaction<(batch: Append) => void>;
  #broken = false;

  constructor(db: Database.Database, lock: DataLock) {
    this.#db = db;
    this.#lock = lock;
    this.#rows = new SqliteLogRows(db);
    this.#insertEvent = db.prepare("INSERT INTO events (seq, record, hash) VALUES (?, ?, ?)");
    this.#insertKey = db.prepare("INSERT INTO command_keys (key, digest, first_seq, answer) VALUES (?, ?, ?, ?)");
    this.#selectKey = db.prepare("SELECT key, digest, first_seq AS firstSeq, answer FROM command_keys WHERE key = ?");
    this.#write = db.transaction(({ records, keys }: Append) => {
      for (const { seq, record, hash } of records) this.#insertEvent.run(seq, record, Buffer.from(hash, "hex"));
      for (const { key, digest, firstSeq, answer } of keys) {
        this.#insertKey.run(key, Buffer.from(digest, "hex"), firstSeq, answer);
      }
    });
  }

  head(): LogHead {
    return guarded("STORE_FAILED", "the end of the log cannot be read", () => this.#rows.head());
  }

  append(batch: Append): void {
    // After a failed fsync the system may say "written" about pages it has thrown away: never try again (I18).
    assert(!this.#broken, "nothing is appended after a failed append");
    this.#broken = true;
    guarded("STORE_FAILED", "the commit failed, so the controller stops", () => this.#write.immediate(batch));
    this.#broken = false;
  }

  read(fromSeq: number, limit: number): Iterable<LogRecord> {
    return this.#rows.read(fromSeq, limit);
  }

  findKey(key: string): CommandKey | null {
    const row = guarded("STORE_FAILED", "command keys cannot be read", () => this.#selectKey.get(key));
    return row === undefined ? null : { ...row, digest: row.digest.toString("hex") };
  }

  latestSnapshot(): Snapshot | null {
    return guarded("STORE_FAILED", "snapshots cannot be read", () => this.#rows.snapshots(1).at(0) ?? null);
  }

  lastKeyAt(): number {
    return guarded("STORE_FAILED", "command keys cannot be read", () => this.#rows.lastKeyAt());
  }

  saveSnapshot({ seq, hash, version, state, signature }: Snapshot): void {
    const save = this.#db.transaction(() => {
      this.#db
        .prepare("DELETE FROM snapshots WHERE seq NOT IN (SELECT max(seq) FROM snapshots WHERE seq < ?)")
        .run(seq);
      this.#db
        .prepare("INSERT INTO snapshots (seq, hash, version, state, signature) VALUES (?, ?, ?, ?, ?)")
        .run(seq, Buffer.from(hash, "hex"), version, state, signature);
    });
    guarded("STORE_FAILED", "the snapshot cannot be written", () => save.immediate());
  }

  dropSnapshots(): void {
    guarded("STORE_FAILED", "snapshots cannot be removed", () => this.#db.exec("DELETE FROM snapshots"));
  }

  quarantine({ atMs, terminalId, stream, seq, reason, content }: Quarantined): void {
    const keep = this.#db.transaction(() => {
      const { lastInsertRowid } = this.#db
        .prepare("INSERT INTO quarantine (at_ms, terminal, stream, seq, reason, content) VALUES (?, ?, ?, ?, ?, ?)")
        .run(atMs, terminalId, stream, seq, reason, content);
      this.#db.prepare("DELETE FROM quarantine WHERE id <= ?").run(Number(lastInsertRowid) - QUARANTINE_MAX);
    });
    guarded("STORE_FAILED", "quarantine cannot be written", () => keep.immediate());
  }

  quarantined(): readonly Quarantined[] {
    const columns = "at_ms AS atMs, terminal AS terminalId, stream, seq, reason, content";
    const select = this.#db.prepare<[], Quarantined>(`SELECT ${columns} FROM quarantine ORDER BY id DESC`);
    return guarded("STORE_FAILED", "quarantine cannot be read", () => select.all());
  }

  isSuspect(): boolean {
    const select = this.#db.prepare("SELECT count(*) FROM meta WHERE name = 'suspect'").pluck();
    return guarded("STORE_FAILED", "meta cannot be read", () => select.get() === 1);
  }

  suspect(found: boolean): void {
    const sql = found
      ? "INSERT OR REPLACE INTO meta (name, value) VALUES ('suspect', 'verify the whole log')"
      : "DELETE FROM meta WHERE name = 'suspect'";
    guarded("STORE_FAILED", "meta cannot be written", () => this.#db.exec(sql));
  }

  close(): void {
    this.#db.close();
    this.#lock.release();
  }
}
