import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export type DiskMode = "" | "eio-write" | "eio-fsync" | "erofs" | "enospc";

/** A directory whose disk fails on command, for processes started with `env`. See `failing-disk.c`. */
export interface FailingDisk {
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  set(mode: DiskMode): void;
}

/** Built with gcc, which .ci/run installs. */
export function failingDisk(): FailingDisk {
  const place = mkdtempSync(join(tmpdir(), "hallward-failing-"));
  onTestFinished(() => rmSync(place, { recursive: true }));
  const library = join(place, "failing-disk.so");
  const source = join(import.meta.dirname, "failing-disk.c");
  execFileSync("gcc", ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, source, "-ldl"]);
  const directory = mkdtempSync(join(place, "data-"));
  const modeFile = join(place, "mode");
  writeFileSync(modeFile, "");
  return {
    directory,
    env: { LD_PRELOAD: library, FAILING_DISK_DIR: directory, FAILING_DISK_MODE: modeFile },
    set: (mode) => writeFileSync(modeFile, mode),
  };
}
