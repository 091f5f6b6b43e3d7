import { noteErasure, paperPath } from "../adapters/evidence/evidence-vault.ts";
import { broken, type Manifest } from "./manifest.ts";
import { papersOf } from "./papers-on-record.ts";

export interface RestoredPapers {
  readonly restored: number;
  /** On record in the copy, and known to have been erased since. */
  readonly erased: readonly string[];
  /** Already missing when the copy was made, or all of them where it was made without papers. */
  readonly missing: readonly string[];
}

/**
 * Of the copy of `backup` in `directory`: every paper of the log is there, or was erased, or was missing already:
 * nothing in between. HallError BACKUP_BROKEN.
 */
export function settlePapers(
  directory: string,
  backup: string,
  manifest: Manifest,
  erasures: ReadonlySet<string>,
): RestoredPapers {
  const onRecord = [...papersOf(directory).kept];
  const erased = onRecord.filter((digest) => erasures.has(digest));
  const left = onRecord.filter((digest) => !erasures.has(digest));
  const held = new Set(manifest.files.map(({ path }) => path));
  const missing = left.filter((digest) => !held.has(paperPath(digest)));
  const unexpected = missing.find((digest) => manifest.papers?.missing.includes(digest) === false);
  if (unexpected !== undefined) throw broken(backup, `the paper ${unexpected} is not in it`);
  for (const digest of erased) noteErasure(directory, digest);
  return { restored: left.length - missing.length, erased, missing };
}
