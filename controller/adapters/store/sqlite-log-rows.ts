import type Database from "better-sqlite3";
import { HallError, messageOf } from "../../../protocol/index.ts";
import { GENESIS } from "../../engine/chain.ts";
import type { LogHead, LogRecord, Snapshot } from "../../engine/ports.ts";
import { schemaVersionOf } from "./sqlite-schema.ts";

/** Rows fetched at once. No statement stays open between two pages, so the connection may write meanwhile. */
const PAGE_ROWS = 500;

/** Hashes as text: a buffer for each of a million costs more than reading them. What is no hash matches nothing. */
const PAGE = `
  SELECT seq, record, CASE typeof(hash) WHEN 'blob' THEN lower(hex(hash)) ELSE '' END AS hash
  FROM events WHERE seq >= ? ORDER BY seq LIMIT ?
`;

// A damaged file may hold anything in any column, whatever the schema says.
type Damageable<T> = { readonly [K in keyof T]: unknown } & { readonly seq: number };

/** Keys are written in the order of the log, and sorted in together: no table needs to be read through. */
const LAST_KEY = `
  SELECT max(
    ifnull((SELECT first_seq FROM recent_keys ORDER BY rowid DESC LIMIT 1), 0),
    ifnull((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'sorted-keys-at'), 0)
  )
`;
/** Of a database that an older build wrote, and that is only read. */
const LAST_KEY_1 = "SELECT ifnull(max(first_seq), 0) FROM command_keys";

/** What the writer and the reading tools ask of the same tables. */
export class SqliteLogRows {
  readonly #head: Database.Statement<[], Damageable<LogHead>>;
  readonly #page: Database.Statement<[number, number], Damageable<LogRecord>>;
  readonly #snapshots: Database.Statement<[number], Damageable<Snapshot>>;

  readonly #lastKey: Database.Statement<[], number>;

  constructor(db: Database.Database) {
    this.#head = db.prepare("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1");
    this.#page = db.prepare(PAGE);
    this.#snapshots = db.prepare(
      "SELECT seq, hash, version, state, signature FROM snapshots ORDER BY seq DESC LIMIT ?",
    );
    const found = schemaVersionOf(db) === 1 ? LAST_KEY_1 : LAST_KEY;
    this.#lastKey = db.prepare<[], number>(found).pluck();
  }

  head(): LogHead {
    const row = this.#head.get();
    return row === undefined ? GENESIS : { seq: row.seq, hash: hex(row.hash) };
  }

  lastKeyAt(): number {
    return this.#lastKey.get() ?? 0;
  }

  *read(fromSeq: number, limit: number): Generator<LogRecord, void, void> {
    let next = fromSeq;
    for (let left = limit; left > 0; ) {
      const wanted = Math.min(left, PAGE_ROWS);
      const { rows, failure } = this.#pageFrom(next, wanted);
      yield* rows;
      next = (rows.at(-1)?.seq ?? next - 1) + 1;
      if (failure !== null) throw unreadable(next, failure);
      if (rows.length < wanted) return;
      left -= rows.length;
    }
  }

  /** Newest first, at most `limit`. */
  snapshots(limit: number): readonly Snapshot[] {
    return this.#snapshots.all(limit).map((row) => ({
      seq: row.seq,
      hash: hex(row.hash),
      version: String(row.version),
      state: String(row.state),
      signature: String(row.signature),
    }));
  }

  #pageFrom(fromSeq: number, limit: number): Page {
    let rows: Damageable<LogRecord>[];
    try {
      rows = this.#page.all(fromSeq, limit);
    } catch {
      return this.#pageByRows(fromSeq, limit);
    }
    return rows.every(isRead) ? { rows, failure: null } : this.#pageByRows(fromSeq, limit);
  }

  /** Row by row, so that everything before a damaged place is still delivered. */
  #pageByRows(fromSeq: number, limit: number): Page {
    const rows: LogRecord[] = [];
    try {
      for (const row of this.#page.iterate(fromSeq, limit)) {
        if (!isRead(row)) return { rows, failure: "its record is no text" };
        rows.push(row);
      }
    } catch (failure) {
      return { rows, failure };
    }
    return { rows, failure: null };
  }
}

interface Page {
  readonly rows: readonly LogRecord[];
  /** What lies behind them cannot be read; null: it can. */
  readonly failure: unknown;
}

/** The statement itself has seen to the hash. */
const isRead = (row: Damageable<LogRecord>): row is LogRecord => typeof row.record === "string";

/** What is no hash at all becomes one that matches nothing. */
const hex = (hash: unknown): string => (Buffer.isBuffer(hash) ? hash.toString("hex") : "");

function unreadable(seq: number, cause: unknown): HallError {
  return new HallError("LOG_UNREADABLE", `the database cannot be read here (${messageOf(cause)})`, { seq }, cause);
}
