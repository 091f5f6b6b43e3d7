import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Log, type LogFields, silentLog } from "../../../protocol/index.ts";
import { hasWalResetFault, JOURNAL_VERSION } from "../../../terminal/adapters/journal-schema.ts";
import { openSqliteJournal } from "../../../terminal/adapters/sqlite-journal.ts";
import { badgeDraft, desired } from "../../support/counter-messages.ts";
import { SeededRandom } from "../../support/seeded-random.ts";

// Proves what becomes of a journal whose card has failed: it is set aside whole, said so, and a new stream takes taps.

const random = new SeededRandom(7);
let directory: string;
let file: string;
let said: [string, LogFields][];
let log: Log;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "hallward-damage-"));
  file = join(directory, "journal.sqlite");
  said = [];
  log = { ...silentLog, error: (event, fields = {}) => void said.push([event, fields]) };
});

afterEach(() => rmSync(directory, { recursive: true }));

const open = () => openSqliteJournal({ file, random, log });

/** A journal of `count` taps, closed. Returns its stream. */
function written(count: number): string {
  const journal = open();
  for (let tap = 0; tap < count; tap += 1) journal.append(badgeDraft(tap));
  const { stream } = journal.state();
  journal.close();
  return stream;
}

function corruptPages(from: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0x5a, from);
  writeFileSync(file, bytes);
}

test.each<[string, () => void]>([
  ["pages of rubbish", () => corruptPages(8192)],
  ["no database at all", () => writeFileSync(file, "this was never a journal, whatever it is now; ".repeat(200))],
])("a journal with %s is set aside and a new stream begins", (_, damage) => {
  const before = written(400);
  damage();
  const journal = open();
  expect(journal.state()).toMatchObject({ boot: 1, head: 0 });
  expect(journal.state().stream).not.toBe(before);
  expect(journal.append(badgeDraft(1)).ok).toBe(true);
  journal.close();
  expect(said).toMatchObject([["journal.set-aside", { code: "JOURNAL_DAMAGED", aside: `${file}.damaged-1` }]]);
  expect(readdirSync(directory)).toContain("journal.sqlite.damaged-1");
});

test("a second damaged journal does not replace the first", () => {
  for (let round = 0; round < 2; round += 1) {
    written(400);
    corruptPages(8192);
  }
  written(1);
  expect(
    readdirSync(directory)
      .filter((name) => name.includes("damaged"))
      .toSorted(),
  ).toEqual(["journal.sqlite.damaged-1", "journal.sqlite.damaged-2"]);
});

test("a journal of later firmware is left alone", () => {
  written(1);
  const database = new SqliteDatabase(file);
  database.pragma(`user_version = ${JOURNAL_VERSION + 1}`);
  database.close();
  expect(open).toThrow(expect.objectContaining({ code: "JOURNAL_TOO_NEW" }));
  expect(readdirSync(directory).some((name) => name.includes("damaged"))).toBe(false);
});

// Version 1 is this one without the kept face.
test("a journal of the firmware before keeps its inputs and its stream, and can keep a face", () => {
  const stream = written(2);
  const database = new SqliteDatabase(file);
  database.exec("DROP TABLE face; PRAGMA user_version = 1;");
  database.close();
  const journal = open();
  expect(journal.state()).toMatchObject({ stream, boot: 2, head: 2 });
  expect(journal.keptFace()).toBeNull();
  journal.keepFace(desired(1, "serving"));
  expect(journal.keptFace()).toEqual(desired(1, "serving"));
  journal.close();
});

test("a kept face that is not understood is none", () => {
  written(0);
  const database = new SqliteDatabase(file);
  database.exec(`INSERT INTO face (only_row, body) VALUES (1, '{"v":9}')`);
  database.close();
  const journal = open();
  expect(journal.keptFace()).toBeNull();
  journal.close();
});

// No tap is promised on a medium that refuses: the process must end instead.
test("a directory that is not there is a failure, not a new journal", () => {
  const nowhere = () => openSqliteJournal({ file: join(directory, "none", "journal.sqlite"), random, log });
  expect(nowhere).toThrow(expect.objectContaining({ code: "JOURNAL_FAILED" }));
});

test("every commit is synchronous, in a write-ahead log", () => {
  written(1);
  const journal = open();
  const database = new SqliteDatabase(file, { readonly: true });
  expect(database.pragma("journal_mode", { simple: true })).toBe("wal");
  database.close();
  journal.close();
});

test.each([
  ["3.51.2", true],
  ["3.40.1", true],
  ["3.51.3", false],
  ["3.52.0", false],
  ["4.0.0", false],
])("SQLite %s", (version, isFaulty) => {
  expect(hasWalResetFault(version)).toBe(isFaulty);
});
