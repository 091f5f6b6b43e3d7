import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A path of its own for a device, and the way to clear it away. */
export async function scratchPath(name: string): Promise<{ path: string; clear: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "hallward-"));
  return { path: join(folder, name), clear: () => rm(folder, { recursive: true, force: true }) };
}
