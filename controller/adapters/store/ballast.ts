import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

const BALLAST_FILE = "ballast";
/** Room to open a write-ahead log on a disk that others have filled, and to write the words of one more day's end. */
const BALLAST_BYTES = 1024 * 1024;

/** Keeps the ballast in `dataDir` while there is room for it. Never throws: without it the hall runs as well. */
export function keepBallast(dataDir: string): void {
  const path = join(dataDir, BALLAST_FILE);
  try {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= BALLAST_BYTES) return;
    const file = openSync(path, "w", 0o600);
    try {
      writeSync(file, Buffer.alloc(BALLAST_BYTES, 0xba)); // Not zeros: a file system may store those as a hole.
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch {
    spendBallast(dataDir); // A part of it helps nobody.
  }
}

/** Gives the ballast's room back; true when there was some. */
export function spendBallast(dataDir: string): boolean {
  const path = join(dataDir, BALLAST_FILE);
  try {
    const there = statSync(path, { throwIfNoEntry: false }) !== undefined;
    rmSync(path, { force: true });
    return there;
  } catch {
    return false;
  }
}
