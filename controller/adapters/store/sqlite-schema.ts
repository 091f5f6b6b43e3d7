import type Database from "better-sqlite3";
import { HallError, messageOf } from "../../../protocol/index.ts";

/** The shape below. A step up needs a migration here; a database of a higher version is refused. */
export const STORE_SCHEMA_VERSION = 2;

/** The first SQLite without the fault that lets two connections corrupt a database while its WAL is reset. */
export const SQLITE_VERSION_MIN = "3.51.3";

/** Since version 2: keys not yet sorted into `command_keys`. Up to where those go is in `meta`, as 'sorted-keys-at'. */
const RECENT_KEYS = `
  CREATE TABLE recent_keys (
    key TEXT NOT NULL, digest BLOB NOT NULL CHECK (length(digest) = 32),
    first_seq INTEGER NOT NULL, answer TEXT NOT NULL
  ) STRICT;
`;

const TABLES = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY, record TEXT NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32)
  ) STRICT;
  CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
  CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
  CREATE TRIGGER events_are_gapless BEFORE INSERT ON events
    WHEN NEW.seq <> (SELECT ifnull(max(seq), 0) + 1 FROM events)
    BEGIN SELECT RAISE(ABORT, 'the log is gapless'); END;
  CREATE TABLE command_keys (
    key TEXT PRIMARY KEY, digest BLOB NOT NULL CHECK (length(digest) = 32),
    first_seq INTEGER NOT NULL, answer TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  ${RECENT_KEYS}
  CREATE TABLE snapshots (
    seq INTEGER PRIMARY KEY, hash BLOB NOT NULL, version TEXT NOT NULL, state TEXT NOT NULL, signature TEXT NOT NULL
  ) STRICT;
  CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, terminal TEXT NOT NULL, stream TEXT NOT NULL, seq INTEGER NOT NULL,
    reason TEXT NOT NULL, content TEXT NOT NULL
  ) STRICT;
`;

/** By the version they start from; each goes one up. */
const MIGRATIONS: Readonly<Record<number, string>> = {
  1: `${RECENT_KEYS}
    INSERT INTO meta (name, value) SELECT 'sorted-keys-at', ifnull(max(first_seq), 0) FROM command_keys;
  `,
};

/** Creates the tables of an empty database, brings an older one up to date, and refuses one of a newer build. */
export function prepareSchema(db: Database.Database): void {
  const version = schemaVersionOf(db);
  refuseNewer(version);
  if (version !== null) return migrate(db, version);
  const create = db.transaction(() => {
    db.exec(TABLES);
    db.pragma(`user_version = ${STORE_SCHEMA_VERSION}`); // In the file's header, where it is read without SQLite.
    db.prepare("INSERT INTO meta (name, value) VALUES ('schema-version', ?)").run(String(STORE_SCHEMA_VERSION));
  });
  create.immediate();
}

function migrate(db: Database.Database, version: number): void {
  if (version === STORE_SCHEMA_VERSION) return;
  const climb = db.transaction(() => {
    for (let from = version; from < STORE_SCHEMA_VERSION; from += 1) db.exec(MIGRATIONS[from] ?? "");
    db.prepare("UPDATE meta SET value = ? WHERE name = 'schema-version'").run(String(STORE_SCHEMA_VERSION));
    db.pragma(`user_version = ${STORE_SCHEMA_VERSION}`);
  });
  climb.immediate();
}

/** Null for a database without tables. */
export function schemaVersionOf(db: Database.Database): number | null {
  const has = db.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'meta'").pluck().get();
  if (has === 0) return null;
  const version = Number(db.prepare("SELECT value FROM meta WHERE name = 'schema-version'").pluck().get());
  if (Number.isSafeInteger(version)) return version;
  throw new HallError("DATA_DAMAGED", "the database does not say which schema it has; restore a backup");
}

export function refuseNewer(version: number | null): void {
  if (version === null || version <= STORE_SCHEMA_VERSION) return;
  const line = `the data has schema ${version}, this Hallward knows ${STORE_SCHEMA_VERSION}; run the newer one`;
  throw new HallError("DATA_NEWER", line, { version });
}

export function assertSqliteVersion(db: Database.Database): void {
  const version = String(db.prepare("SELECT sqlite_version()").pluck().get());
  if (compareVersions(version, SQLITE_VERSION_MIN) >= 0) return;
  const line = `SQLite ${version} may corrupt a write-ahead log; at least ${SQLITE_VERSION_MIN} is needed`;
  throw new HallError("SQLITE_TOO_OLD", line, { version });
}

export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(".").map(Number));
  for (let at = 0; at < 3; at += 1) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Runs `work`; whatever SQLite throws becomes a HallError with one clear line. */
export function guarded<T>(code: string, what: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof HallError) throw thrown;
    throw new HallError(code, `${what}: ${messageOf(thrown)}`, {}, thrown);
  }
}
