import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type EpochMs, epochMs, HallError, messageOf } from "../../../protocol/index.ts";
import { LOCK_FILE, lockDataDir } from "./data-lock.ts";
import { DATABASE_FILE } from "./sqlite-event-store.ts";
import { guarded, refuseNewer } from "./sqlite-schema.ts";

// What can be known of a hall's data without touching them. SQLite itself leaves traces by opening a file.

/**
 * Whether a controller of this build may work on `dataDir`, which need not be there yet. HallErrors DATA_IN_USE,
 * DATA_NEWER, DIRECTORY_UNWRITABLE, FILE_UNREADABLE.
 */
export function checkData(dataDir: string): void {
  checkWritable(dataDir);
  const lock = join(dataDir, LOCK_FILE);
  if (existsSync(lock)) opening(lock, () => lockDataDir(dataDir).release());
  const file = join(dataDir, DATABASE_FILE);
  refuseNewer(opening(file, () => headerVersion(file)));
}

/** What another user made, root above all, is there and cannot be opened. */
const opening = <T>(file: string, work: () => T): T =>
  guarded("FILE_UNREADABLE", `${file} cannot be opened; see that it is a file, and give it to this user`, work);

/** When the log was last written, by the machine's own clock; null when there is none. */
export function lastWritten(dataDir: string): EpochMs | null {
  const times = [DATABASE_FILE, `${DATABASE_FILE}-wal`].flatMap(
    (file) => statSync(join(dataDir, file), { throwIfNoEntry: false })?.mtimeMs ?? [],
  );
  return times.length === 0 ? null : epochMs(Math.floor(Math.max(...times)));
}

function checkWritable(dataDir: string): void {
  let place = dataDir;
  while (!existsSync(place)) place = dirname(place);
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
  } catch (thrown) {
    throw directoryUnwritable(place, messageOf(thrown));
  }
  if (!statSync(place).isDirectory()) throw directoryUnwritable(place, "it is no directory");
}

function directoryUnwritable(directory: string, why: string): HallError {
  const line = `${directory} cannot be written: ${why}; give it to this user, or name another directory`;
  return new HallError("DIRECTORY_UNWRITABLE", line, { directory });
}

const MAGIC = "SQLite format 3";
const HEADER_BYTES = 64;

/**
 * `user_version` as the file's first page has it: bytes 60 to 63, big-endian (SQLite file format 1.3). Null where there
 * is no database. A build that raises it ends its migration with a checkpoint, so that it stands here.
 */
function headerVersion(file: string): number | null {
  if (!existsSync(file)) return null;
  const header = Buffer.alloc(HEADER_BYTES);
  const handle = openSync(file, "r");
  try {
    const isDatabase = readSync(handle, header) === HEADER_BYTES && header.toString("latin1", 0, 15) === MAGIC;
    return isDatabase ? header.readUInt32BE(60) : null;
  } finally {
    closeSync(handle);
  }
}
