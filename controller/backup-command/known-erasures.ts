import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type HallId, HallError, messageOf } from "../../protocol/index.ts";
import { erasuresIn } from "../adapters/evidence/evidence-vault.ts";
import { DATABASE_FILE } from "../adapters/store/sqlite-event-store.ts";
import { MANIFEST_FILE, readManifest } from "./manifest.ts";
import { papersOf } from "./papers-on-record.ts";

const DIGEST = /^[0-9a-f]{64}$/u;

export interface ErasureSources {
  readonly backup: string;
  readonly directory: string;
  readonly hall: HallId;
  /** A file with digests, one a line; null without one. */
  readonly erasedFile: string | null;
}

/**
 * Digests of papers that anybody still knows to have been erased: the data that make way, every backup of this hall
 * that lies beside this one, and the list that was named. In doubt a paper stays erased. HallError USAGE.
 */
export function knownErasures({ backup, directory, hall, erasedFile }: ErasureSources): ReadonlySet<string> {
  const listed = erasedFile === null ? [] : listedIn(erasedFile);
  return new Set([...listed, ...erasedInFormer(directory), ...erasedInBackups(dirname(backup), hall)]);
}

/** A log that is broken has its erasures in the vault's own list. */
function erasedInFormer(directory: string): readonly string[] {
  const kept = orNothing(() => [...erasuresIn(directory)]);
  if (!existsSync(join(directory, DATABASE_FILE))) return kept;
  return [...kept, ...orNothing(() => [...papersOf(directory).erased])];
}

function erasedInBackups(folder: string, hall: HallId): readonly string[] {
  return orNothing(() => readdirSync(folder)).flatMap((name) => {
    if (!existsSync(join(folder, name, MANIFEST_FILE))) return [];
    return orNothing(() => {
      const manifest = readManifest(join(folder, name, MANIFEST_FILE));
      return manifest.hall === hall ? [...(manifest.papers?.erased ?? [])] : [];
    });
  });
}

function listedIn(file: string): readonly string[] {
  const lines = textOf(file)
    .split("\n")
    .map((text) => text.trim());
  const wrong = lines.findIndex((text) => text !== "" && !DIGEST.test(text));
  if (wrong === -1) return lines.filter((text) => text !== "");
  throw new HallError("USAGE", `${file}, line ${wrong + 1}: no digest of a paper; 64 hexadecimal digits a line`, {
    file,
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (thrown) {
    throw new HallError("USAGE", `--erased ${file} cannot be read: ${messageOf(thrown)}`, { file }, thrown);
  }
}

/** What cannot be read any more makes way all the same. */
function orNothing(work: () => readonly string[]): readonly string[] {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof HallError || (thrown instanceof Error && "code" in thrown)) return [];
    throw thrown;
  }
}
