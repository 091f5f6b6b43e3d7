import { closeSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { HallError, messageOf } from "../../../protocol/index.ts";

const PROBE_FILE = "probe";
const PROBE_BYTES = 4_096;

/**
 * What a failed write of the log in `dataDir` is. Only a write that was refused as such leaves no doubt about what the
 * disk holds; after anything else, a failed fsync above all, nobody knows, and the process must not write again (I18).
 */
export function storeFault(dataDir: string, what: string, thrown: unknown): HallError {
  const code = codeOf(thrown);
  if (code === "SQLITE_FULL") return full(dataDir, thrown);
  if (code.startsWith("SQLITE_READONLY")) return readOnly(dataDir, thrown);
  if (code === "SQLITE_IOERR_WRITE" || code === "SQLITE_IOERR_SHMSIZE") {
    // SQLite keeps the system's own word to itself: a file of our own is told it.
    const found = mediumFault(dataDir);
    if (found !== null && found.code !== "STORE_FAILED") return found;
  }
  return new HallError("STORE_FAILED", `${what}: ${messageOf(thrown)}`, { dataDir, sqlite: code }, thrown);
}

/** Tries the medium with a file beside the log, written and synced; null when it takes it. */
export function mediumFault(dataDir: string): HallError | null {
  const path = join(dataDir, PROBE_FILE);
  try {
    const file = openSync(path, "w", 0o600);
    try {
      writeSync(file, Buffer.alloc(PROBE_BYTES));
      fsyncSync(file);
    } finally {
      closeSync(file);
      rmSync(path, { force: true });
    }
    return null;
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === "ENOSPC" || code === "EDQUOT") return full(dataDir, thrown);
    if (code === "EROFS" || code === "EACCES" || code === "EPERM") return readOnly(dataDir, thrown);
    return new HallError("STORE_FAILED", `${dataDir} cannot be written: ${messageOf(thrown)}`, { dataDir }, thrown);
  }
}

const full = (dataDir: string, cause: unknown): HallError =>
  new HallError("STORE_FULL", `the disk of ${dataDir} is full; make room, and the hall goes on`, { dataDir }, cause);

const readOnly = (dataDir: string, cause: unknown): HallError =>
  new HallError(
    "STORE_READ_ONLY",
    `the disk of ${dataDir} is read-only; make it writable, and the hall goes on`,
    { dataDir },
    cause,
  );

function codeOf(thrown: unknown): string {
  if (thrown instanceof Database.SqliteError) return thrown.code;
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : "";
  return typeof code === "string" ? code : "";
}
