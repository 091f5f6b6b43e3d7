import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { HallError } from "../../../protocol/index.ts";

const MARK = ".before-restore-";

/** Where data that make way for a restored copy are kept: beside them, under a name of their own. */
export function freeName(directory: string): string {
  for (let number = 1; ; number += 1) {
    const name = `${directory}${MARK}${number}`;
    if (!existsSync(name)) return name;
  }
}

/**
 * A power cut between two renames leaves the former data set aside and nothing in their place. A new hall begun there
 * would give every number again. Throws HallError `RESTORE_UNFINISHED`.
 */
export function assertRestoreFinished(directory: string): void {
  const parent = dirname(directory);
  if (existsSync(directory) || statSync(parent, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  const aside = readdirSync(parent)
    .filter((name) => name.startsWith(`${basename(directory)}${MARK}`))
    .at(-1);
  if (aside === undefined) return;
  const line = `${directory} is missing, a restore was cut off; restore again, or rename ${join(parent, aside)} back`;
  throw new HallError("RESTORE_UNFINISHED", line, { directory });
}
