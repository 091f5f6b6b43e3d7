import { existsSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Clock, HallError, type HallId } from "../../protocol/index.ts";
import { readLogSeal } from "../adapters/authority/log-seal.ts";
import { copyLog } from "../adapters/store/copy-log.ts";
import { makeDirectory } from "../adapters/store/make-directory.ts";
import { DATABASE_FILE } from "../adapters/store/sqlite-event-store.ts";
import { openLogReader } from "../adapters/store/sqlite-log-reader.ts";
import type { LogHead } from "../engine/ports.ts";
import { verifyLog } from "../log-command/verify-log.ts";
import { VERSION } from "../version.ts";
import {
  copyDurably,
  digestOfFile,
  isKept,
  keptFiles,
  onDisk,
  putInPlace,
  syncPath,
  unfinishedOf,
} from "./backup-files.ts";
import { broken, type Manifest, refuseIncomplete, writeManifest } from "./manifest.ts";
import { copyPapers } from "./papers-on-record.ts";

export interface BackupOptions {
  /** The hall's. Its controller may be running. */
  readonly directory: string;
  readonly hall: HallId;
  /** Made by this; its parent must be there. */
  readonly target: string;
  readonly clock: Pick<Clock, "now">;
}

/**
 * A copy of the hall's log as of one moment, with the keys without which it is worth nothing and the papers it refers
 * to. It is verified, and appears under its name whole or not at all. HallErrors: BACKUP_EXISTS, USAGE, DATA_MISSING,
 * BACKUP_BROKEN, BACKUP_FAILED.
 */
export async function makeBackup({ directory, hall, target, clock }: BackupOptions): Promise<Manifest> {
  if (existsSync(target)) {
    throw new HallError("BACKUP_EXISTS", `${target} is there already; name a folder that is not`, { target });
  }
  if (isKept(directory, target)) {
    throw new HallError("USAGE", `${target} is a folder that backups hold themselves; name one elsewhere`, { target });
  }
  openLogReader(directory).close(); // Is there a log at all, and one of ours?
  return onDisk("BACKUP_FAILED", `the backup cannot be written to ${target}`, async () => {
    makeDirectory(dirname(target));
    const unfinished = unfinishedOf(target);
    try {
      const madeAtMs = clock.now();
      await copyLog(join(directory, DATABASE_FILE), join(unfinished, DATABASE_FILE));
      syncPath(join(unfinished, DATABASE_FILE));
      const { files: papers, missing, erased } = copyPapers(directory, unfinished);
      const kept = keptFiles(directory);
      for (const path of kept) copyDurably(join(directory, path), join(unfinished, path));
      const { seq: position, hash: head } = verifiedHead(unfinished);
      const digests = [DATABASE_FILE, ...kept, ...papers].map((path) => ({
        path,
        ...digestOfFile(join(unfinished, path)),
      }));
      const manifest: Manifest = {
        format: 1,
        hall,
        madeAtMs,
        version: VERSION,
        log: { position, head },
        files: digests,
        papers: { held: papers.length, missing: [...missing], erased: [...erased] },
      };
      refuseIncomplete(directory, manifest);
      writeManifest(unfinished, manifest);
      putInPlace(unfinished, target);
      return manifest;
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  });
}

/** The end of a log that was read whole, chain, signatures and file. */
export function verifiedHead(directory: string): LogHead {
  const reader = openLogReader(directory);
  try {
    const verdict = verifyLog(reader, readLogSeal(directory));
    if (!verdict.sound) throw broken(directory, verdict.line);
    return reader.head();
  } finally {
    reader.close();
  }
}
