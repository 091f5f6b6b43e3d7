import { writeFileSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import type BetterSqlite from "better-sqlite3";

// Runs in the machine, with the firmware's own node and SQLite: says how many taps and calls for help are in the
// terminal's journal.
// What it reads is committed, so no power cut may take it back.

const Database = createRequire("/data/app/current/lib/")("better-sqlite3") as typeof BetterSqlite;
const PERIOD_MS = 200;
const STANDARD_OUTPUT = 1;

const database = new Database("/var/lib/hallward/journal.sqlite", { readonly: true });
const count = database.prepare<[string], number>("SELECT count(*) FROM input WHERE body LIKE ?").pluck();
const said = new Map<string, number>();

function look(word: string, type: string): void {
  const found = count.get(`%${type}%`) ?? 0;
  if (found === (said.get(word) ?? 0)) return;
  said.set(word, found);
  writeSync(STANDARD_OUTPUT, `${word} ${found}\n`);
  writeFileSync(`/run/${word}`, `${found}\n`);
}

setInterval(() => {
  look("journalled", "badge-presented");
  look("assisted", "assistance-requested");
}, PERIOD_MS);
