import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { silentLog, StreamId } from "../../protocol/index.ts";
import { openSqliteJournal } from "../../terminal/adapters/sqlite-journal.ts";
import type { Journal } from "../../terminal/shell/journal.ts";
import { blankCard, MemoryJournal } from "../support/memory-journal.ts";
import { SeededRandom } from "../support/seeded-random.ts";
import { journalContract } from "./journal-contract.ts";

// The fake that unit tests and the simulation use keeps the same promises as the journal on a real SQLite file.

const random = new SeededRandom(11);
const directories: string[] = [];
const open: Journal[] = [];

afterEach(() => {
  for (const journal of open.splice(0)) journal.close();
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

journalContract("SQLite", () => {
  const directory = mkdtempSync(join(tmpdir(), "hallward-journal-"));
  directories.push(directory);
  return {
    open(rowsMax) {
      const journal = openSqliteJournal({ file: join(directory, "journal.sqlite"), random, log: silentLog, rowsMax });
      open.push(journal);
      return journal;
    },
  };
});

journalContract("memory", () => {
  const card = blankCard();
  return { open: (rowsMax) => new MemoryJournal(card, () => StreamId.parse(random.uuid()), rowsMax) };
});
