import { closeSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import SqliteDatabase from "better-sqlite3";

/** Room for some more than one input: whoever passes it is not refused again at once. */
const PROBE_BYTES = 64 * 1024;

/**
 * Whether the medium of `file` refused a write as such: then nothing of it is there, and the next one may be tried.
 * Everything else, a failed fsync above all, leaves in doubt what is kept.
 */
export function isRefusedWrite(thrown: unknown, file: string): boolean {
  if (!(thrown instanceof SqliteDatabase.SqliteError)) return false;
  if (thrown.code === "SQLITE_FULL" || thrown.code.startsWith("SQLITE_READONLY")) return true;
  // SQLite keeps the system's own word to itself: a file of our own is told it.
  return thrown.code === "SQLITE_IOERR_WRITE" && REFUSALS.has(mediumFault(file) ?? "");
}

/** What the medium beside `file` answers to a small file, written and synced; null when it takes it. */
export function mediumFault(file: string): string | null {
  const path = join(dirname(file), "probe");
  try {
    const probe = openSync(path, "w", 0o600);
    try {
      writeSync(probe, Buffer.alloc(PROBE_BYTES));
      fsyncSync(probe);
    } finally {
      closeSync(probe);
      rmSync(path, { force: true });
    }
    return null;
  } catch (thrown) {
    return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : "unknown";
  }
}

const REFUSALS: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM"]);
