import { createHash } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { HallError, messageOf } from "../../../protocol/index.ts";
import { readPrivate, removePrivate, writePrivate, writePrivateAside } from "../private-file.ts";

export const PAPERS_FOLDER = "evidence";
/** One empty file for each paper that was erased: no copy of it is to come back. */
export const ERASURES_FOLDER = "erasures";
const NAME = /^[0-9a-f]{64}$/u;

const Paper = z.object({ mediaType: z.string(), base64: z.string() });
export type Paper = z.infer<typeof Paper>;

/**
 * Papers that a law may order erased: sick notes, sealed opinions. They lie beside the log, never in it; the log holds
 * their digests. Throws HallErrors FILE_UNREADABLE and FILE_UNWRITABLE.
 */
export interface EvidenceVault {
  keep(digest: string, paper: Paper): Promise<void>;
  /** Null when it was erased, or never kept. */
  read(digest: string): Paper | null;
  /** For good, copies included. Also of what is gone already: a repeat finishes what a crash interrupted. */
  erase(digest: string): void;
  /** What never came on record is nobody's, and may be put in another time. */
  discard(digest: string): void;
}

export const paperPath = (digest: string): string => join(PAPERS_FOLDER, digest);

/** Whether the file of a paper holds what its digest says. */
export function isPaper(text: string, digest: string): boolean {
  try {
    const { base64 } = Paper.parse(JSON.parse(text));
    return createHash("sha256").update(Buffer.from(base64, "base64")).digest("hex") === digest;
  } catch {
    return false;
  }
}

/** Digests of what the vault in `directory` was told to erase. */
export function erasuresIn(directory: string): readonly string[] {
  const folder = join(directory, ERASURES_FOLDER);
  return existsSync(folder) ? readdirSync(folder).filter((name) => NAME.test(name)) : [];
}

/** Remembers an erasure beside the papers of `directory`. */
export const noteErasure = (directory: string, digest: string): void =>
  writePrivate(join(directory, ERASURES_FOLDER, digest), "");

/** What a crash left half written is nobody's paper, and nobody could have it erased. What it left half erased goes. */
function sweep(directory: string): void {
  const folder = join(directory, PAPERS_FOLDER);
  if (!existsSync(folder)) return;
  try {
    const erased = new Set(erasuresIn(directory));
    for (const name of readdirSync(folder)) {
      if (!NAME.test(name) || erased.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
    }
  } catch (thrown) {
    const line = `cannot look through ${folder}, ${messageOf(thrown)}; see to its owner and mode`;
    throw new HallError("FILE_UNREADABLE", line, { path: folder }, thrown);
  }
}

export function openEvidenceVault(directory: string): EvidenceVault {
  sweep(directory);
  const pathOf = (digest: string): string => join(directory, paperPath(digest));
  return {
    async keep(digest, paper) {
      await writePrivateAside(pathOf(digest), JSON.stringify(paper));
      forgetErasure(directory, digest); // Somebody has put it in anew.
    },
    read(digest) {
      if (!NAME.test(digest)) return null;
      const text = readPrivate(pathOf(digest));
      return text === null ? null : Paper.parse(JSON.parse(text));
    },
    erase(digest) {
      noteErasure(directory, digest); // First: from here on nothing brings it back.
      removePrivate(pathOf(digest));
    },
    discard: (digest) => void removePrivate(pathOf(digest)),
  };
}

function forgetErasure(directory: string, digest: string): void {
  const mark = join(directory, ERASURES_FOLDER, digest);
  if (existsSync(mark)) removePrivate(mark);
}
