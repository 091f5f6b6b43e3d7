import { chownSync, statSync } from "node:fs";
import { join } from "node:path";
import { HallError, type HallId } from "../../protocol/index.ts";
import { readPrivate, writePrivate } from "../adapters/private-file.ts";

/** Every file of ours begins with it: PEM readers skip what stands before the first block. */
const markOf = (hall: HallId): string => `# Hallward, hall ${hall}: written by "hallward broker mosquitto".`;

/**
 * Writes `files` (name -> text) into `directory`, 0600 and owned by the directory's owner. `FILE_FOREIGN` if one of
 * them is there and not ours: then nothing is written.
 */
export function writeOwned(directory: string, hall: HallId, files: Readonly<Record<string, string>>): void {
  const mark = markOf(hall);
  for (const name of Object.keys(files)) {
    const path = join(directory, name);
    const standing = readPrivate(path);
    if (standing === null || standing.startsWith(mark)) continue;
    const line = `${path} is there and was not written for hall ${hall}; take it away, or name another directory.`;
    throw new HallError("FILE_FOREIGN", line, { path });
  }
  for (const [name, text] of Object.entries(files)) {
    const path = join(directory, name);
    writePrivate(path, `${mark}\n${text}`);
    giveToOwner(directory, path);
  }
}

/** Only root can give files away; for everybody else they are their own already. */
function giveToOwner(directory: string, path: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(directory);
  chownSync(path, uid, gid);
}
