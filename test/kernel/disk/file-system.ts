import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const SBIN = { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin` };
/** e2fsck: 0 nothing to do, 1 mended (the journal was replayed). */
const MENDED_MAX = 1;

/** An ext4 file system of `size` bytes with the files of `directory` in it. */
export function makeFileSystem(directory: string, size: number, scratch: string): Buffer {
  const file = join(scratch, "new.img");
  writeFileSync(file, "");
  truncateSync(file, size);
  execFileSync("mkfs.ext4", ["-q", "-F", "-E", "lazy_itable_init=1,lazy_journal_init=1", "-d", directory, file], {
    env: SBIN,
  });
  const image = readFileSync(file);
  rmSync(file);
  return image;
}

/**
 * Replays the journal of a copy of `image`, checks the file system whole, and lays its files out at `target`, emptied
 * first. Throws what e2fsck says when it is not consistent.
 */
export function readFileSystem(image: Buffer, target: string, scratch: string): void {
  const file = join(scratch, "cut.img");
  writeFileSync(file, image);
  const check = spawnSync("e2fsck", ["-f", "-p", file], { env: SBIN, encoding: "utf8" });
  if (check.status === null || check.status > MENDED_MAX) {
    throw new Error(`the file system is damaged: ${check.stdout.trim()} ${check.stderr.trim()}`);
  }
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  execFileSync("debugfs", ["-R", `rdump / ${target}`, file], { env: SBIN, stdio: "ignore" });
  rmSync(file);
}
