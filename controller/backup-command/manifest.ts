import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
import { z } from "zod";
import { HallError, HallId, messageOf } from "../../protocol/index.ts";
import { DATABASE_FILE } from "../adapters/store/sqlite-event-store.ts";
import { digestOfFile } from "./backup-files.ts";

export const MANIFEST_FILE = "manifest.json";
/** Without its log a hall is nothing, and without its badge key everybody's badge is a stranger's. */
const NEEDED_FILES: readonly string[] = [DATABASE_FILE, join("keys", "badge.key")];

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/u);
/** Inside the backup: a manifest must not name a file anywhere else. */
const InnerPath = z.string().refine((path) => !isAbsolute(path) && normalize(path) === path && !path.startsWith(".."));

/** What a backup holds, written last: a folder without it is no backup. */
export const Manifest = z.strictObject({
  format: z.literal(1),
  hall: HallId,
  madeAtMs: z.int().nonnegative(),
  version: z.string(),
  /** The end of the log as it was copied. */
  log: z.strictObject({ position: z.int().nonnegative(), head: Sha256 }),
  /** Digests. Backups of builds that copied no papers have none of it. */
  papers: z.strictObject({ held: z.int().nonnegative(), missing: z.array(Sha256), erased: z.array(Sha256) }).optional(),
  files: z.array(z.strictObject({ path: InnerPath, bytes: z.int().nonnegative(), sha256: Sha256 })),
});
export type Manifest = z.infer<typeof Manifest>;

export function writeManifest(directory: string, manifest: Manifest): void {
  const file = openSync(join(directory, MANIFEST_FILE), "w", 0o600);
  try {
    writeSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * The manifest of the backup in `directory`, every file of which is what it was, save those in `without`: they may be
 * gone. HallError BACKUP_BROKEN.
 */
export function verifiedManifest(directory: string, without: ReadonlySet<string>): Manifest {
  const manifest = readManifest(join(directory, MANIFEST_FILE));
  refuseIncomplete(directory, manifest);
  for (const { path, bytes, sha256 } of manifest.files) {
    if (without.has(path)) continue;
    const found = digestIn(directory, path);
    if (found.bytes !== bytes || found.sha256 !== sha256) throw broken(directory, `${path} is not what was copied`);
  }
  return manifest;
}

/** HallError BACKUP_BROKEN when `manifest` lacks what no hall can do without. `where` it is of. */
export function refuseIncomplete(where: string, { files }: Manifest): void {
  const missing = NEEDED_FILES.find((needed) => files.every(({ path }) => path !== needed));
  if (missing !== undefined) throw broken(where, `${missing} is not in it`);
}

/** HallError BACKUP_BROKEN. */
export function readManifest(path: string): Manifest {
  try {
    return Manifest.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (thrown) {
    throw broken(path, thrown instanceof z.ZodError ? "no manifest that this Hallward knows" : messageOf(thrown));
  }
}

function digestIn(directory: string, path: string): ReturnType<typeof digestOfFile> {
  try {
    return digestOfFile(join(directory, path));
  } catch (thrown) {
    throw broken(directory, messageOf(thrown));
  }
}

export const broken = (where: string, why: string): HallError =>
  new HallError("BACKUP_BROKEN", `${where}: ${why}; take another backup`, { where });
