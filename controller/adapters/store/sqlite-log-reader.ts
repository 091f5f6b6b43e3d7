import { existsSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { HallError, messageOf } from "../../../protocol/index.ts";
import type { LogReader, Snapshot } from "../../engine/ports.ts";
import { DATABASE_FILE } from "./sqlite-event-store.ts";
import { SqliteLogRows } from "./sqlite-log-rows.ts";
import { assertSqliteVersion, guarded, refuseNewer, schemaVersionOf } from "./sqlite-schema.ts";

const SNAPSHOTS_MAX = 16;

export interface SqliteLogReader extends LogReader {
  /** Every snapshot, newest first, unchecked. */
  snapshots(): readonly Snapshot[];
  /** SQLite's own check of the file; null when it finds nothing. */
  damage(): string | null;
}

/**
 * Opens the log of `dataDir` for reading, also while a controller writes it; changes nothing in it.
 * HallErrors: DATA_MISSING, DATA_NEWER, DATA_DAMAGED, LOG_UNREADABLE when the file is no database any more.
 */
export function openLogReader(dataDir: string): SqliteLogReader {
  const file = join(dataDir, DATABASE_FILE);
  if (!existsSync(file)) throw new HallError("DATA_MISSING", `there is no log at ${file}`, { file });
  return guarded("LOG_UNREADABLE", file, () => {
    const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 });
    try {
      assertSqliteVersion(db);
      refuseNewer(schemaVersionOf(db));
      return readerOf(db);
    } catch (thrown) {
      db.close();
      throw thrown;
    }
  });
}

function readerOf(db: Database.Database): SqliteLogReader {
  const rows = new SqliteLogRows(db);
  return {
    head: () => guarded("LOG_UNREADABLE", "the end of the log", () => rows.head()),
    read: (fromSeq, limit) => rows.read(fromSeq, limit),
    latestSnapshot: () => guarded("LOG_UNREADABLE", "the newest snapshot", () => rows.snapshots(1).at(0) ?? null),
    lastKeyAt: () => guarded("LOG_UNREADABLE", "the command keys", () => rows.lastKeyAt()),
    snapshots: () => guarded("LOG_UNREADABLE", "the snapshots", () => rows.snapshots(SNAPSHOTS_MAX)),
    damage: () => damageIn(db),
    close: () => void db.close(),
  };
}

function damageIn(db: Database.Database): string | null {
  try {
    const found = db.prepare("PRAGMA quick_check(1)").pluck().get();
    return found === "ok" ? null : String(found).replace(/\s+/gu, " ");
  } catch (thrown) {
    return messageOf(thrown);
  }
}
