import { join } from "node:path";
import Database from "better-sqlite3";
import { assert, HallError } from "../../../protocol/index.ts";
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
import { keepBallast, spendBallast } from "./ballast.ts";
import { CommandKeys } from "./command-keys.ts";
import { type DataLock, lockDataDir } from "./data-lock.ts";
import { makeDirectory } from "./make-directory.ts";
import { SqliteLogRows } from "./sqlite-log-rows.ts";
import { assertSqliteVersion, guarded, prepareSchema } from "./sqlite-schema.ts";
import { mediumFault, storeFault } from "./store-fault.ts";

/** The log, in a hall's data directory. */
export const DATABASE_FILE = "hall.db";

/** A reader may hold the database for a moment; nobody else writes. */
const BUSY_TIMEOUT_MS = 5_000;

/** A probe's commit is as large as a busy hall's: whoever passes it has room for more than a moment. */
const PROBE_TEXT = "-".repeat(64 * 1024);

/**
 * Opens, and creates, the store of `dataDir` for the one controller that writes it. On a disk that refuses writes it
 * opens all the same, as far as the log can be read: appends fail until a probe has passed.
 * HallErrors: DATA_IN_USE, DATA_NEWER, SQLITE_TOO_OLD, STORE_UNUSABLE, and those of a failed write (`store-fault.ts`).
 */
export function openEventStore(dataDir: string): EventStore {
  guarded("DIRECTORY_UNWRITABLE", `${dataDir} cannot be made`, () => makeDirectory(dataDir));
  const lock = guarded("STORE_UNUSABLE", dataDir, () => lockDataDir(dataDir));
  try {
    const db = openInSpiteOfFullDisk(dataDir);
    const store = new SqliteEventStore(db, lock, dataDir);
    store.settle();
    return store;
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
}

function openInSpiteOfFullDisk(dataDir: string): Database.Database {
  try {
    return openWriter(dataDir);
  } catch (thrown) {
    if (!(thrown instanceof HallError) || thrown.code !== "STORE_FULL" || !spendBallast(dataDir)) throw thrown;
    return openWriter(dataDir);
  }
}

function openWriter(dataDir: string): Database.Database {
  const file = join(dataDir, DATABASE_FILE);
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { timeout: BUSY_TIMEOUT_MS });
    assertSqliteVersion(db);
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = FULL");
    db.pragma("foreign_keys = ON");
    prepareSchema(db);
    return db;
  } catch (thrown) {
    db?.close();
    if (thrown instanceof HallError) throw thrown;
    const fault = storeFault(dataDir, file, thrown);
    // A disk that fails may answer the next time; a file that is no database never will.
    if (fault.code !== "STORE_FAILED" || String(fault.context["sqlite"]).startsWith("SQLITE_IOERR")) throw fault;
    throw new HallError("STORE_UNUSABLE", `${fault.message}; restore a backup`, fault.context, thrown);
  }
}

class SqliteEventStore implements EventStore {
  readonly #db: Database.Database;
  readonly #lock: DataLock;
  readonly #rows: SqliteLogRows;
  readonly #insertEvent: Database.Statement<[number, string, Buffer]>;
  readonly #keys: CommandKeys;
  readonly #write: Database.Transaction<(batch: Append) => void>;
  readonly #dataDir: string;
  /** Nothing is written into the log any more by this process. */
  #broken = false;
  #ballasted = false;
  /** Of the start: what stands in the write-ahead log is not known to be on the disk. */
  #unsettled: HallError | null = null;

  constructor(db: Database.Database, lock: DataLock, dataDir: string) {
    this.#db = db;
    this.#lock = lock;
    this.#dataDir = dataDir;
    this.#rows = new SqliteLogRows(db);
    this.#insertEvent = db.prepare("INSERT INTO events (seq, record, hash) VALUES (?, ?, ?)");
    this.#keys = new CommandKeys(db);
    this.#write = db.transaction(({ records, keys }: Append) => {
      for (const { seq, record, hash } of records) this.#insertEvent.run(seq, record, Buffer.from(hash, "hex"));
      this.#keys.write(keys);
    });
  }

  head(): LogHead {
    return guarded("STORE_FAILED", "the end of the log cannot be read", () => this.#rows.head());
  }

  /**
   * Moves the write-ahead log into the database. After a failed fsync the system shows pages that the disk never got,
   * and another fsync would not write them: what a former process left is written anew before anything rests on it.
   */
  settle(): void {
    try {
      this.#db.pragma("wal_checkpoint(TRUNCATE)");
      this.#unsettled = null;
    } catch (thrown) {
      this.#unsettled = storeFault(this.#dataDir, "the log cannot be written", thrown);
      this.#broken = this.#unsettled.code === "STORE_FAILED";
    }
  }

  append(batch: Append): void {
    if (this.#unsettled !== null) throw this.#unsettled;
    // After a failed fsync the system may say "written" about pages it has thrown away: never try again (I18).
    assert(!this.#broken, "nothing is appended after a failed append");
    this.#written("the commit failed, so the controller stops", () => this.#write.immediate(batch));
    if (!this.#ballasted) keepBallast(this.#dataDir);
    this.#ballasted = true;
    this.#keys.committed(batch.keys);
  }

  probe(): void {
    const fault = mediumFault(this.#dataDir);
    if (fault !== null) throw fault;
    if (this.#broken) return; // Only a new process may write into the log again.
    this.settle();
    if (this.#unsettled !== null) throw this.#unsettled;
    this.#written("the probe failed", () => {
      this.#db.prepare("INSERT OR REPLACE INTO meta (name, value) VALUES ('probe', ?)").run(PROBE_TEXT);
      this.#db.exec("DELETE FROM meta WHERE name = 'probe'");
    });
    keepBallast(this.#dataDir);
  }

  read(fromSeq: number, limit: number): Iterable<LogRecord> {
    return this.#rows.read(fromSeq, limit);
  }

  findKey(key: string): CommandKey | null {
    return guarded("STORE_FAILED", "command keys cannot be read", () => this.#keys.find(key));
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
    this.#written("the snapshot cannot be written", () => save.immediate());
  }

  dropSnapshots(): void {
    this.#written("snapshots cannot be removed", () => this.#db.exec("DELETE FROM snapshots"));
  }

  quarantine({ atMs, terminalId, stream, seq, reason, content }: Quarantined): void {
    const keep = this.#db.transaction(() => {
      const { lastInsertRowid } = this.#db
        .prepare("INSERT INTO quarantine (at_ms, terminal, stream, seq, reason, content) VALUES (?, ?, ?, ?, ?, ?)")
        .run(atMs, terminalId, stream, seq, reason, content);
      this.#db.prepare("DELETE FROM quarantine WHERE id <= ?").run(Number(lastInsertRowid) - QUARANTINE_MAX);
    });
    this.#written("quarantine cannot be written", () => keep.immediate());
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
    this.#written("meta cannot be written", () => this.#db.exec(sql));
  }

  close(): void {
    this.#db.close();
    this.#lock.release();
  }

  /** A write that was refused left nothing behind, and may come again; after anything else none may. */
  #written(what: string, work: () => void): void {
    try {
      work();
    } catch (thrown) {
      const fault = storeFault(this.#dataDir, what, thrown);
      if (fault.code === "STORE_FAILED") this.#broken = true;
      throw fault;
    }
  }
}
