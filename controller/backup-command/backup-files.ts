import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { HallError, messageOf } from "../../protocol/index.ts";
import { ERASURES_FOLDER, PAPERS_FOLDER } from "../adapters/evidence/evidence-vault.ts";

/**
 * Folders of a hall's directory that lie beside its log: keys, certificates, what was revoked; the imported calendar;
 * which papers were erased. Papers themselves are copied by what the log says of them.
 */
const KEPT_FOLDERS = ["authority", "calendar", "enrolment", ERASURES_FOLDER, "keys"] as const;
const BACKUP_FOLDERS = [...KEPT_FOLDERS, PAPERS_FOLDER] as const;
/** Of an earlier version, or never finished. */
const isPassing = (name: string): boolean => name === "desk-tokens.json" || name.endsWith(".draft");

const CHUNK_BYTES = 1024 * 1024;

/** The files of a hall besides its log, as paths relative to `directory`. */
export function keptFiles(directory: string): string[] {
  return KEPT_FOLDERS.flatMap((folder) => filesUnder(directory, folder)).toSorted();
}

/** Whether `target` lies where a later backup of `directory` would copy it along. */
export const isKept = (directory: string, target: string): boolean =>
  BACKUP_FOLDERS.some((folder) => `${target}${sep}`.startsWith(`${join(directory, folder)}${sep}`));

function filesUnder(directory: string, folder: string): string[] {
  return entriesOf(join(directory, folder)).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(directory, path);
    return entry.isFile() && !isPassing(entry.name) ? [path] : [];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return [];
    throw thrown;
  }
}

/** Copies one file, for this user alone, onto the disk. */
export function copyDurably(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  copyFileSync(from, to);
  syncPath(to);
}

/** Bytes and SHA-256 of a file, without reading it whole. */
export function digestOfFile(path: string): { readonly bytes: number; readonly sha256: string } {
  const hash = createHash("sha256");
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const file = openSync(path, "r");
  try {
    let bytes = 0;
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, read));
      bytes += read;
    }
    return { bytes, sha256: hash.digest("hex") };
  } finally {
    closeSync(file);
  }
}

/** Makes a file, or the names in a folder, last. */
export function syncPath(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** From here on it is there, whole: before it, nothing is. */
export function putInPlace(finished: string, place: string): void {
  for (const folder of ["", ...BACKUP_FOLDERS]) {
    if (folder === "" || entriesOf(join(finished, folder)).length > 0) syncPath(join(finished, folder));
  }
  renameSync(finished, place);
  syncPath(dirname(place));
}

const UNFINISHED = ".unfinished-";

/** Where a copy grows until it is whole. What a killed process left of an earlier one goes: it may hold papers. */
export function unfinishedOf(place: string): string {
  const parent = dirname(place);
  for (const { name } of entriesOf(parent)) {
    const pid = name.startsWith(`${basename(place)}${UNFINISHED}`) ? Number(name.split(UNFINISHED).at(-1)) : 0;
    if (pid > 0 && !isRunning(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
  const unfinished = `${place}${UNFINISHED}${process.pid}`;
  mkdirSync(unfinished, { mode: 0o700 });
  return unfinished;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return !(thrown instanceof Error && "code" in thrown && thrown.code === "ESRCH");
  }
}

/** Runs `work`; what the disk refuses is one clear line. */
export async function onDisk<T>(code: string, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof HallError) throw thrown;
    throw new HallError(code, `${what}: ${messageOf(thrown)}`, {}, thrown);
  }
}
