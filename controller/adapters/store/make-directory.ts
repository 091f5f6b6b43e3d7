import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/** The folders on the way to `directory` that are missing, and it, for this user alone. */
export function makeDirectory(directory: string): void {
  const missing: string[] = [];
  // Not `recursive`: where a file system takes no folders and says ENOENT, as /proc does, Node would try for ever.
  for (let place = directory; !existsSync(place); place = dirname(place)) missing.unshift(place);
  for (const place of missing) mkdirSync(place, { mode: 0o700 });
}
