import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Every file under `directory`, by path, with its bytes; folders too. `hall.db-shm` is left out: it is SQLite's index
 * of the write-ahead log in shared memory, which every process that opens the file makes anew.
 */
export function bytesOf(directory: string): Record<string, string> {
  if (!existsSync(directory)) return { [directory]: "not there" };
  const found: Record<string, string> = {};
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" }).toSorted()) {
    const path = join(directory, name);
    if (name.endsWith("-shm")) continue;
    const isFile = lstatSync(path).isFile();
    found[name] = isFile ? createHash("sha256").update(readFileSync(path)).digest("hex") : "folder";
  }
  return found;
}
