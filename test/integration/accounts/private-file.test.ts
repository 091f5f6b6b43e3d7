// Proves that a file of accounts or keys is whole or the former one: where the system takes only part of it (here by a
// limit on the size of files, in the field by a disk that fills up), nothing half written takes its place or stays.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writePrivate } from "../../../controller/adapters/private-file.ts";

const LIMIT_KIB = 8;
const TOO_MUCH = 20_000;

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "hallward-private-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Node may write files of at most `LIMIT_KIB` there. */
function writtenUnderALimit(...words: readonly string[]): string {
  const script = join(import.meta.dirname, "write-private.ts");
  const command = `ulimit -f ${LIMIT_KIB} && exec "$0" "$@"`;
  return spawnSync("bash", ["-c", command, process.execPath, script, ...words], { encoding: "utf8" }).stdout;
}

test("a file that cannot be written whole leaves the former one, and nothing beside it", () => {
  const path = join(folder(), "keys", "li.json");
  writePrivate(path, "former");
  expect(writtenUnderALimit(path, String(TOO_MUCH))).toBe("FILE_UNWRITABLE\n");
  expect(readFileSync(path, "utf8")).toBe("former");
  expect(readdirSync(join(path, ".."))).toEqual(["li.json"]);
});

test("a new file is there whole, or not at all", () => {
  const path = join(folder(), "keys", "li.json");
  expect(writtenUnderALimit(path, String(TOO_MUCH), "new")).toBe("FILE_UNWRITABLE\n");
  expect(readdirSync(join(path, ".."))).toEqual([]);
  expect(writtenUnderALimit(path, "100", "new")).toBe("written\n");
  expect(readFileSync(path, "utf8")).toBe("y".repeat(100));
});
