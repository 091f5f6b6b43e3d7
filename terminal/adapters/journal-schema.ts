import type { Database } from "better-sqlite3";
import { prepareFormerInputs } from "./former-inputs.ts";

/** Written into `user_version`. A journal of a later firmware is not touched by an earlier one. */
export const JOURNAL_VERSION = 2;

/** Since version 2: the last face worth keeping, as JSON. */
const FACE_TABLE = `
  CREATE TABLE face (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), body TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${JOURNAL_VERSION};
`;

/**
 * One row says where the journal stands; `head` is in it because every input may be pruned and seqs must go on. An
 * input is its own JSON text, immutable; only `acknowledged_ms`, hall time, is written later.
 */
const SCHEMA = `
  CREATE TABLE position (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    stream TEXT NOT NULL,
    boot INTEGER NOT NULL,
    session INTEGER NOT NULL,
    head INTEGER NOT NULL,
    done INTEGER NOT NULL,
    epoch_seen INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE input (
    seq INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    acknowledged_ms INTEGER
  ) STRICT;
  ${FACE_TABLE}
`;

/** Gives a new file its tables and its stream, and an older journal what it lacks; its inputs stay as they are. */
export function prepareJournal(database: Database, newStream: () => string): void {
  const version = database.pragma("user_version", { simple: true });
  if (version === 1) database.transaction(() => database.exec(FACE_TABLE)).immediate();
  prepareFormerInputs(database);
  if (version !== 0) return;
  database.transaction(() => {
    database.exec(SCHEMA);
    database
      .prepare(
        "INSERT INTO position (only_row, stream, boot, session, head, done, epoch_seen) VALUES (1, ?, 0, 0, 0, 0, 0)",
      )
      .run(newStream());
  })();
}

/** SQLite 3.7.0 to 3.51.2 could corrupt a WAL that was reset while another connection wrote. */
const SQLITE_FIXED_IN: readonly number[] = [3, 51, 3];

export function hasWalResetFault(version: string): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, fixed] of SQLITE_FIXED_IN.entries()) {
    const part = parts[index] ?? 0;
    if (part !== fixed) return part < fixed;
  }
  return false;
}
