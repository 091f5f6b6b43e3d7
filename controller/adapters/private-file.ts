import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { mkdtemp, open, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { HallError, messageOf } from "../../protocol/index.ts";

// Secrets and what must survive a power cut: 0600 in directories of 0700, whole or not there, on disk when the call
// returns. Failures are HallErrors FILE_UNREADABLE and FILE_UNWRITABLE.

/** The text, or null when there is no such file. */
export function readPrivate(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return null;
    throw new HallError(
      "FILE_UNREADABLE",
      `cannot read ${path}, ${messageOf(thrown)}; see to its owner and mode`,
      { path },
      thrown,
    );
  }
}

/** Replaces the file. */
export function writePrivate(path: string, text: string): void {
  writing(path, () => {
    const draft = draftOf(path, text);
    renameSync(draft, path);
    syncDirectory(path);
  });
}

/** Replaces the file while the event loop goes on: for what takes a disk longer than a call may wait. */
export async function writePrivateAside(path: string, text: string): Promise<void> {
  try {
    makeFolder(dirname(path));
    const folder = await mkdtemp(`${path}.`);
    try {
      const draft = await open(join(folder, "draft"), "wx", 0o600);
      try {
        await draft.writeFile(text);
        await draft.sync();
      } finally {
        await draft.close();
      }
      await rename(join(folder, "draft"), path);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    const directory = await open(dirname(path), "r");
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  } catch (thrown) {
    throw unwritable(path, thrown);
  }
}

/** Writes the file unless there is one; false when there was. Of two processes that try, one wins. */
export function createPrivate(path: string, text: string): boolean {
  return writing(path, () => {
    const draft = draftOf(path, text);
    try {
      linkSync(draft, path);
      return true;
    } catch (thrown) {
      if (codeOf(thrown) === "EEXIST") return false;
      throw thrown;
    } finally {
      rmSync(draft, { force: true });
      syncDirectory(path);
    }
  });
}

/** False when there was no such file. Of two callers one gets true. */
export function removePrivate(path: string): boolean {
  return writing(path, () => {
    try {
      rmSync(path);
    } catch (thrown) {
      if (codeOf(thrown) === "ENOENT") return false;
      throw thrown;
    }
    syncDirectory(path);
    return true;
  });
}

function writing<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw unwritable(path, thrown);
  }
}

function unwritable(path: string, thrown: unknown): HallError {
  const line = `cannot write ${path}, ${messageOf(thrown)}; make room, or see to its mode`;
  return new HallError("FILE_UNWRITABLE", line, { path }, thrown);
}

function draftOf(path: string, text: string): string {
  makeFolder(dirname(path));
  const draft = `${path}.${process.pid}.draft`;
  const file = openSync(draft, "w", 0o600);
  try {
    writeFileSync(file, text); // All of it: a single write may stop half way and say so in nothing but its answer.
    fsyncSync(file);
  } catch (thrown) {
    rmSync(draft, { force: true });
    throw thrown;
  } finally {
    closeSync(file);
  }
  return draft;
}

/** A folder that was just made must not be lost with what lies in it: its name is on disk, too. */
function makeFolder(folder: string): void {
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (made === undefined) return;
  const first = resolve(made);
  for (let at = resolve(folder); at.length >= first.length; at = dirname(at)) syncDirectory(at);
}

function syncDirectory(path: string): void {
  const directory = openSync(dirname(path), "r");
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

const codeOf = (thrown: unknown): unknown => (thrown instanceof Error && "code" in thrown ? thrown.code : undefined);
