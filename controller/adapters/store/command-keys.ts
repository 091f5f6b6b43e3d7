import Database from "better-sqlite3";
import type { CommandKey } from "../../engine/ports.ts";

/** Keys gathered before they are sorted in: 200 terminals' keys share pages then, instead of dirtying one page each. */
export const RECENT_KEYS_MAX = 2_000;

interface KeyRow {
  readonly key: string;
  readonly digest: Buffer;
  readonly firstSeq: number;
  readonly answer: string;
}

const COLUMNS = "key, digest, first_seq, answer";
const SELECTED = "key, digest, first_seq AS firstSeq, answer";

/**
 * The command keys of a log. Every terminal's keys lie in a place of their own in the sorted table, so a commit of a
 * hundred commands would rewrite a hundred of its pages. New ones are therefore appended to a small table, held in
 * memory too, and sorted in together.
 */
export class CommandKeys {
  readonly #recent = new Map<string, CommandKey>();
  /** Asked for since the last commit, and not there. */
  readonly #absent = new Set<string>();
  readonly #insert: Database.Statement<[string, Buffer, number, string]>;
  readonly #select: Database.Statement<[string], KeyRow>;
  readonly #merge: readonly Database.Statement<[]>[];

  constructor(db: Database.Database) {
    this.#insert = db.prepare(`INSERT INTO recent_keys (${COLUMNS}) VALUES (?, ?, ?, ?)`);
    this.#select = db.prepare(`SELECT ${SELECTED} FROM command_keys WHERE key = ?`);
    this.#merge = [
      db.prepare(`INSERT INTO command_keys (${COLUMNS}) SELECT ${COLUMNS} FROM recent_keys ORDER BY key`),
      db.prepare("INSERT OR REPLACE INTO meta (name, value) SELECT 'sorted-keys-at', max(first_seq) FROM recent_keys"),
      db.prepare("DELETE FROM recent_keys"),
    ];
    const rows = db.prepare<[], KeyRow>(`SELECT ${SELECTED} FROM recent_keys`).iterate();
    for (const row of rows) this.#recent.set(row.key, keyOf(row));
  }

  find(key: string): CommandKey | null {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const row = this.#select.get(key);
    if (row !== undefined) return keyOf(row);
    this.#absent.add(key);
    return null;
  }

  /** Within the transaction that brings the commands' events. */
  write(keys: readonly CommandKey[]): void {
    if (keys.length > 0 && this.#recent.size >= RECENT_KEYS_MAX) for (const statement of this.#merge) statement.run();
    const written = new Set<string>();
    for (const { key, digest, firstSeq, answer } of keys) {
      if (written.has(key) || !this.#isAbsent(key)) throw new Database.SqliteError(`key ${key} is known`, KNOWN);
      written.add(key);
      this.#insert.run(key, Buffer.from(digest, "hex"), firstSeq, answer);
    }
  }

  /** After that transaction. */
  committed(keys: readonly CommandKey[]): void {
    if (keys.length > 0 && this.#recent.size >= RECENT_KEYS_MAX) this.#recent.clear();
    for (const key of keys) this.#recent.set(key.key, key);
    this.#absent.clear();
  }

  #isAbsent(key: string): boolean {
    return this.#absent.has(key) || this.find(key) === null;
  }
}

const KNOWN = "SQLITE_CONSTRAINT_UNIQUE";

const keyOf = ({ digest, ...row }: KeyRow): CommandKey => ({ ...row, digest: digest.toString("hex") });
