import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, rmdirSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A file system of its own, small enough to be filled at once. Needs root. */
export interface SmallDisk {
  readonly directory: string;
  /** Others take all the room there is. */
  fill(): void;
  /** They give it back. */
  free(): void;
}

const FILLER = "filler";
const CHUNK_BYTES = 4_096;

export function smallDisk(megabytes = 8): SmallDisk {
  const directory = mkdtempSync(join(tmpdir(), "hallward-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", directory]);
  onTestFinished(() => {
    execFileSync("umount", ["--lazy", directory]);
    rmdirSync(directory);
  });
  const path = join(directory, FILLER);
  return {
    directory,
    fill() {
      const file = openSync(path, "a");
      try {
        const chunk = Buffer.alloc(CHUNK_BYTES, 1);
        while (writeSync(file, chunk) === CHUNK_BYTES) continue;
      } catch (thrown) {
        if (!(thrown instanceof Error) || !("code" in thrown) || thrown.code !== "ENOSPC") throw thrown;
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(path, { force: true }),
  };
}
