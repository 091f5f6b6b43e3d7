import { closeSync, existsSync, openSync, readSync, renameSync } from "node:fs";
import SqliteDatabase, { type Database } from "better-sqlite3";
import { HallError, type Log, messageOf } from "../../protocol/index.ts";
import { hasWalResetFault, JOURNAL_VERSION, prepareJournal } from "./journal-schema.ts";

const COMPANIONS = ["", "-wal", "-shm"] as const;
/** Damaged journals kept beside the living one; each is a whole file. */
const SET_ASIDE_MAX = 1000;

export interface OpenDatabaseOptions {
  readonly file: string;
  readonly newStream: () => string;
  readonly log: Log;
}

/**
 * Opens the journal's file, or begins a new one. One that is damaged is renamed aside, whole, for a technician to look
 * into, and a new stream begins: a terminal that cannot read its past must still take the next tap.
 */
export function openDatabase(options: OpenDatabaseOptions): Database {
  const { file, log } = options;
  const opened = tryOpen(options);
  if (typeof opened !== "string") return opened;
  const aside = freeName(file);
  for (const companion of COMPANIONS) {
    if (existsSync(`${file}${companion}`)) renameSync(`${file}${companion}`, `${aside}${companion}`);
  }
  log.error("journal.set-aside", { code: "JOURNAL_DAMAGED", file, aside, reason: opened });
  const fresh = tryOpen(options);
  if (typeof fresh === "string") throw journalFailed(file, fresh);
  return fresh;
}

/** The database, or why it is no journal. Throws when the medium itself refuses: a new file would fare no better. */
function tryOpen({ file, newStream }: OpenDatabaseOptions): Database | string {
  refuseNewer(file, headerVersion(file)); // Before SQLite has touched anything.
  let database: Database | null = null;
  try {
    database = new SqliteDatabase(file);
    checkVersion(database);
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    const verdict: unknown = database.pragma("quick_check(1)", { simple: true });
    if (verdict === "ok") {
      // After a failed fsync the system shows pages that the medium never got: what a former process left is written
      // anew before anything rests on it.
      database.pragma("wal_checkpoint(TRUNCATE)");
      prepareJournal(database, newStream);
      checkSchema(database, file);
      return database;
    }
    database.close();
    return String(verdict);
  } catch (thrown) {
    database?.close();
    if (isDamage(thrown)) return messageOf(thrown);
    if (thrown instanceof HallError) throw thrown;
    throw journalFailed(file, messageOf(thrown), thrown);
  }
}

function checkVersion(database: Database): void {
  const version = String(database.prepare("SELECT sqlite_version()").pluck().get());
  if (!hasWalResetFault(version)) return;
  throw new HallError("SQLITE_TOO_OLD", `SQLite ${version} can corrupt its WAL: 3.51.3 or later is needed`, {
    version,
  });
}

function checkSchema(database: Database, file: string): void {
  refuseNewer(file, Number(database.pragma("user_version", { simple: true })));
}

function refuseNewer(file: string, version: number): void {
  if (version <= JOURNAL_VERSION) return;
  const message = `${file} was written by a later firmware (journal version ${version}): update this terminal`;
  throw new HallError("JOURNAL_TOO_NEW", message, { file, version });
}

const MAGIC = "SQLite format 3";

/** `user_version` as the file's first page has it, 0 for none: bytes 60 to 63, big-endian (SQLite file format 1.3). */
function headerVersion(file: string): number {
  if (!existsSync(file)) return 0;
  const header = Buffer.alloc(64);
  const handle = openSync(file, "r");
  try {
    const isDatabase = readSync(handle, header) === header.length && header.toString("latin1", 0, 15) === MAGIC;
    return isDatabase ? header.readUInt32BE(60) : 0;
  } finally {
    closeSync(handle);
  }
}

const isDamage = (thrown: unknown): boolean =>
  thrown instanceof SqliteDatabase.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/u.test(thrown.code);

export const journalFailed = (file: string, reason: string, cause?: unknown): HallError =>
  new HallError("JOURNAL_FAILED", `the journal ${file} cannot be used: ${reason}`, { file }, cause);

function freeName(file: string): string {
  for (let number = 1; number <= SET_ASIDE_MAX; number += 1) {
    const name = `${file}.damaged-${number}`;
    if (!existsSync(name)) return name;
  }
  throw journalFailed(file, `${SET_ASIDE_MAX} damaged journals lie beside it already`);
}
