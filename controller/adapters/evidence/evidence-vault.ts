import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { HallError, messageOf } from "../../../protocol/index.ts";
import { readPrivate, removePrivate, writePrivateAside } from "../private-file.ts";

const FOLDER = "evidence";
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
  /** Also of what is gone already: a repeat finishes what a crash interrupted. */
  erase(digest: string): void;
}

/** What a crash left half written is nobody's paper, and nobody could have it erased. */
function sweep(folder: string): void {
  if (!existsSync(folder)) return;
  try {
    for (const name of readdirSync(folder)) {
      if (!NAME.test(name)) rmSync(join(folder, name), { recursive: true, force: true });
    }
  } catch (thrown) {
    const line = `cannot look through ${folder}, ${messageOf(thrown)}; see to its owner and mode`;
    throw new HallError("FILE_UNREADABLE", line, { path: folder }, thrown);
  }
}

export function openEvidenceVault(directory: string): EvidenceVault {
  const folder = join(directory, FOLDER);
  sweep(folder);
  const pathOf = (digest: string): string => join(folder, digest);
  return {
    keep: (digest, paper) => writePrivateAside(pathOf(digest), JSON.stringify(paper)),
    read(digest) {
      if (!NAME.test(digest)) return null;
      const text = readPrivate(pathOf(digest));
      return text === null ? null : Paper.parse(JSON.parse(text));
    },
    erase: (digest) => void removePrivate(pathOf(digest)),
  };
}
