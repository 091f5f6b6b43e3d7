import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Clock, epochMs, HallError, type HallId, type Log, type Random } from "../../protocol/index.ts";
import { openLogSeal } from "../adapters/authority/log-seal.ts";
import { lockDataDir } from "../adapters/store/data-lock.ts";
import { makeDirectory } from "../adapters/store/make-directory.ts";
import { openEventStore } from "../adapters/store/sqlite-event-store.ts";
import { assembleHallEngine } from "../assembled-engine.ts";
import type { SeriesDrawn } from "../core/events.ts";
import { paperPath } from "../adapters/evidence/evidence-vault.ts";
import { copyDurably, onDisk, putInPlace, unfinishedOf } from "./backup-files.ts";
import { knownErasures } from "./known-erasures.ts";
import { freeName } from "../adapters/store/set-aside.ts";
import { verifiedHead } from "./make-backup.ts";
import { broken, type Manifest, verifiedManifest } from "./manifest.ts";
import { seriesOfFormer } from "./series-of-former.ts";
import { type RestoredPapers, settlePapers } from "./settle-papers.ts";

export interface RestoreOptions {
  readonly backup: string;
  /** The hall's directory, as its configuration names it. */
  readonly directory: string;
  readonly hall: HallId;
  /** What is in the directory is set aside under another name. Without it the directory must be empty or missing. */
  readonly replace: boolean;
  /** A file with digests of erased papers, one a line; null without one. */
  readonly erasedFile: string | null;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

export interface RestoredHall {
  readonly manifest: Manifest;
  /** Where the former data lie now; null when there were none. */
  readonly setAside: string | null;
  readonly papers: RestoredPapers;
}

/**
 * Puts a backup in place of the hall's data, whole or not at all, with the restore itself on record: the hall's next
 * start knows of it. Papers that are known to have been erased since stay erased. HallErrors: USAGE, BACKUP_BROKEN,
 * RESTORE_FOREIGN, RESTORE_NOT_EMPTY, DATA_IN_USE, RESTORE_FAILED.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoredHall> {
  const { backup, directory, hall, replace } = options;
  const erasures = knownErasures(options);
  const manifest = verifiedManifest(backup, new Set([...erasures].map(paperPath)));
  if (manifest.hall !== hall) {
    const line = `${backup} is of hall "${manifest.hall}", the configuration is of "${hall}"; nothing was restored`;
    throw new HallError("RESTORE_FOREIGN", line, { backup });
  }
  const occupied = existsSync(directory) && readdirSync(directory).length > 0;
  if (occupied && !replace) {
    const line = `${directory} is not empty; nothing was restored; --replace sets aside what is there`;
    throw new HallError("RESTORE_NOT_EMPTY", line, { directory });
  }
  if (occupied) lockDataDir(directory).release(); // Of a hall whose controller runs nothing is taken away.
  return onDisk("RESTORE_FAILED", `nothing was restored to ${directory}`, async () => {
    makeDirectory(dirname(directory));
    const unfinished = unfinishedOf(directory);
    try {
      const gone = new Set([...erasures].map(paperPath));
      const wanted = manifest.files.filter(({ path }) => !gone.has(path));
      for (const { path } of wanted) copyDurably(join(backup, path), join(unfinished, path));
      const head = verifiedHead(unfinished);
      if (head.hash !== manifest.log.head) throw broken(backup, "its log does not end where its manifest says");
      const papers = settlePapers(unfinished, backup, manifest, erasures);
      recordRestore(unfinished, manifest, { drawn: seriesOfFormer(directory, manifest.log), ...papers }, options);
      const setAside = occupied ? freeName(directory) : null;
      if (setAside !== null) renameSync(directory, setAside);
      else rmSync(directory, { recursive: true, force: true }); // Empty, or not there.
      try {
        putInPlace(unfinished, directory);
      } catch (thrown) {
        if (setAside !== null && !existsSync(directory)) renameSync(setAside, directory); // Nothing has changed, then.
        throw thrown;
      }
      return { manifest, setAside, papers };
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  });
}

/** The first event after the copy says that it is one. */
function recordRestore(
  directory: string,
  { madeAtMs }: Manifest,
  { drawn, erased }: { readonly drawn: readonly SeriesDrawn[]; readonly erased: readonly string[] },
  { clock, random, log }: RestoreOptions,
): void {
  const failed: HallError[] = [];
  const store = openEventStore(directory);
  const onFatal = (error: HallError): void => void failed.push(error);
  const hall = assembleHallEngine({ store, seal: openLogSeal(directory), clock, random, log, onFatal });
  const { unwritable } = hall.engine;
  if (unwritable !== null) failed.push(new HallError("RESTORE_FAILED", unwritable.message));
  const order = { type: "note-restore", madeAtMs: epochMs(madeAtMs), drawn, erased } as const;
  hall.engine.submit(order, (outcome) => {
    if (outcome.type === "unwritten") failed.push(new HallError(outcome.fault.code, outcome.fault.message));
  });
  hall.close();
  const [first] = failed;
  if (first !== undefined) throw first;
}
