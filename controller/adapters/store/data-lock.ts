import { join } from "node:path";
import Database from "better-sqlite3";
import { HallError, messageOf } from "../../../protocol/index.ts";

export const LOCK_FILE = "hall.lock";

/** Held by one process; the system lets go of it when that process ends, however it ends. */
export interface DataLock {
  release(): void;
}

/**
 * Locks `dataDir` for one controller. An exclusive transaction on a database of its own that is never committed: the
 * log itself stays readable for `hallward log` and for backups.
 */
export function lockDataDir(dataDir: string): DataLock {
  const db = new Database(join(dataDir, LOCK_FILE), { timeout: 0 });
  try {
    db.pragma("locking_mode = EXCLUSIVE");
    db.pragma("journal_mode = MEMORY"); // Nothing of it is ever written: it must lock on a full disk too.
    db.exec("BEGIN EXCLUSIVE");
  } catch (thrown) {
    db.close();
    if (!(thrown instanceof Database.SqliteError) || thrown.code !== "SQLITE_BUSY") throw thrown;
    const line = `another controller works on ${dataDir}; stop it, or give this one another directory`;
    throw new HallError("DATA_IN_USE", line, { dataDir, why: messageOf(thrown) }, thrown);
  }
  return { release: () => void db.close() };
}
