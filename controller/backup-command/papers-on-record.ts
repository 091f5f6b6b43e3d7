import { rmSync } from "node:fs";
import { join } from "node:path";
import { isPaper, paperPath } from "../adapters/evidence/evidence-vault.ts";
import { readPrivate, writePrivate } from "../adapters/private-file.ts";
import { openLogReader } from "../adapters/store/sqlite-log-reader.ts";
import type { LogReader } from "../engine/ports.ts";
import { readEvent } from "../engine/upcast.ts";

/** Digests of papers by the log's last word on each. */
export interface PapersOnRecord {
  readonly kept: Set<string>;
  readonly erased: Set<string>;
}

/** Whether a record may be about papers: most are not, and need not be taken apart. */
const isAboutPapers = (record: string): boolean => record.includes('"evidence.') || record.includes('"hall.restored"');

export function papersOnRecord(reader: Pick<LogReader, "read" | "head">): PapersOnRecord {
  const papers: PapersOnRecord = { kept: new Set(), erased: new Set() };
  const erase = (digest: string): void => {
    papers.kept.delete(digest);
    papers.erased.add(digest);
  };
  for (const stored of reader.read(1, reader.head().seq)) {
    if (!isAboutPapers(stored.record)) continue;
    const { type, data } = readEvent(stored);
    if (type === "evidence.kept") {
      papers.erased.delete(data.digest);
      papers.kept.add(data.digest);
    } else if (type === "evidence.erased") erase(data.digest);
    else if (type === "hall.restored") for (const digest of data.erased ?? []) erase(digest);
  }
  return papers;
}

/** The papers of the log in `directory`. */
export function papersOf(directory: string): PapersOnRecord {
  const reader = openLogReader(directory);
  try {
    return papersOnRecord(reader);
  } finally {
    reader.close();
  }
}

export interface CopiedPapers {
  /** Paths of the copies, sorted. */
  readonly files: readonly string[];
  /** Of papers on record that the vault does not have any more, or not as they were put in. */
  readonly missing: readonly string[];
  /** Everything that was erased, until after the last paper was copied. */
  readonly erased: readonly string[];
}

/**
 * Copies every paper that the log copied to `target` refers to. A paper comes into the vault before it comes on record,
 * so that none of them can still be on its way; what is erased meanwhile is not in the copy.
 */
export function copyPapers(directory: string, target: string): CopiedPapers {
  const { kept, erased } = papersOf(target);
  const copied = new Map([...kept].sort().map((digest) => [digest, copyPaper(directory, target, digest)]));
  const later = papersOf(directory).erased;
  for (const digest of later) {
    if (copied.delete(digest)) rmSync(join(target, paperPath(digest)), { force: true });
  }
  const whole = (wanted: boolean) => [...copied].filter(([, done]) => done === wanted).map(([digest]) => digest);
  return {
    files: whole(true).map(paperPath),
    missing: whole(false),
    erased: [...new Set([...erased, ...later])].sort(),
  };
}

function copyPaper(directory: string, target: string, digest: string): boolean {
  const text = readPrivate(join(directory, paperPath(digest)));
  if (text === null || !isPaper(text, digest)) return false;
  writePrivate(join(target, paperPath(digest)), text);
  return true;
}
