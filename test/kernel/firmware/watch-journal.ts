import { writeFileSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import type BetterSqlite from "better-sqlite3";

// Runs in the machine, with the firmware's own node and SQLite: says how many inputs are in the terminal's journal.
// What it reads is committed, so no power cut may take it back.

const Database = createRequire("/data/app/current/lib/")("better-sqlite3") as typeof BetterSqlite;
const PERIOD_MS = 200;
const STANDARD_OUTPUT = 1;

const database = new Database("/var/lib/hallward/journal.sqlite", { readonly: true });
const count = database.prepare<[], number>("SELECT count(*) FROM input WHERE body LIKE '%badge-presented%'").pluck();
let said = -1;
setInterval(() => {
  const journalled = count.get() ?? 0;
  if (journalled === said) return;
  said = journalled;
  writeSync(STANDARD_OUTPUT, `journalled ${journalled}\n`);
  writeFileSync("/run/journalled", `${journalled}\n`);
}, PERIOD_MS);
