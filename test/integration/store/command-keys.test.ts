import Database from "better-sqlite3";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { RECENT_KEYS_MAX } from "../../../controller/adapters/store/command-keys.ts";
import { DATABASE_FILE, openEventStore } from "../../../controller/adapters/store/sqlite-event-store.ts";
import type { CommandKey } from "../../../controller/engine/ports.ts";
import { temporaryDirectory } from "./store-directory.ts";

// Command keys are gathered before they are sorted in. Nothing that can be asked tells whether one is already.

const keyOf = (name: string, firstSeq = 1): CommandKey => ({
  key: name,
  digest: firstSeq.toString(16).padStart(64, "0"),
  firstSeq,
  answer: `to ${name}`,
});
const keys = (from: number, count: number): CommandKey[] =>
  Array.from({ length: count }, (_, index) => keyOf(`t${(from + index) % 7}/stream/${from + index}`, from + index));

function rowsOf(directory: string, table: string): number {
  const database = new Database(join(directory, DATABASE_FILE), { readonly: true });
  try {
    return Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  } finally {
    database.close();
  }
}

describe("command keys", () => {
  test("are found before and after they are sorted in, and after a restart in between", () => {
    const directory = temporaryDirectory();
    const all = keys(1, RECENT_KEYS_MAX + 500);
    let store = openEventStore(directory);
    for (let at = 0; at < all.length; at += 250) {
      store.append({ records: [], keys: all.slice(at, at + 250) });
      if (at !== 1_000) continue;
      store.close();
      store = openEventStore(directory);
    }
    expect([rowsOf(directory, "command_keys"), rowsOf(directory, "recent_keys")]).toEqual([RECENT_KEYS_MAX, 500]);
    expect(all.filter((key) => store.findKey(key.key)?.answer !== key.answer)).toEqual([]);
    expect(store.findKey("t0/stream/99999")).toBeNull();
    expect(store.lastKeyAt()).toBe(RECENT_KEYS_MAX + 500);
    store.close();
  });

  test("the last place is known also when all of them are sorted in", () => {
    const directory = temporaryDirectory();
    const store = openEventStore(directory);
    store.append({ records: [], keys: keys(1, RECENT_KEYS_MAX) });
    store.append({ records: [], keys: [keyOf("another", 9_000)] });
    expect([rowsOf(directory, "recent_keys"), store.lastKeyAt()]).toEqual([1, 9_000]);
    store.close();
  });

  test.each([
    ["sorted in", 0],
    ["not sorted in", RECENT_KEYS_MAX],
    ["twice in one commit", RECENT_KEYS_MAX + 1],
  ])("one that is %s is refused, and nothing of its commit is kept", (_, at) => {
    const store = openEventStore(temporaryDirectory());
    const all = keys(1, RECENT_KEYS_MAX + 2);
    store.append({ records: [], keys: all.slice(0, RECENT_KEYS_MAX) });
    store.append({ records: [], keys: all.slice(RECENT_KEYS_MAX, RECENT_KEYS_MAX + 1) });
    const again = all.slice(at, at + 1);
    const commit = { records: [], keys: [keyOf("fresh", 5_000), ...again, ...again] };
    expect(() => store.append(commit)).toThrow("is known");
    expect(store.findKey("fresh")).toBeNull();
    store.close();
  });

  test("a database of version 1 is brought up to date and keeps its keys", () => {
    const directory = temporaryDirectory();
    openEventStore(directory).close();
    const database = new Database(join(directory, DATABASE_FILE));
    database.exec("DROP TABLE recent_keys; UPDATE meta SET value = '1' WHERE name = 'schema-version'");
    const insert = "INSERT INTO command_keys (key, digest, first_seq, answer) VALUES (?, ?, ?, ?)";
    database.prepare(insert).run("old", Buffer.alloc(32), 17, "to old");
    database.close();
    const store = openEventStore(directory);
    expect([store.findKey("old")?.answer, store.lastKeyAt()]).toEqual(["to old", 17]);
    store.append({ records: [], keys: [keyOf("new", 18)] });
    expect([store.findKey("new")?.answer, store.lastKeyAt()]).toEqual(["to new", 18]);
    store.close();
  });
});
