// Proof of record: every day's close is signed, the signature stands in the chain, and `hallward log verify` tells a
// tampered head, a foreign key and a missing signature apart, each in one line with a stable code. Real store and keys.
import { copyFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { logSigningFile, openDaySigner, openLogSeal } from "../../../controller/adapters/authority/log-seal.ts";
import { DATABASE_FILE } from "../../../controller/adapters/store/sqlite-event-store.ts";
import { openLogReader } from "../../../controller/adapters/store/sqlite-log-reader.ts";
import { type DaySeal, daySealText } from "../../../controller/core/sealing/seal-events.ts";
import { chainHash, GENESIS_HASH } from "../../../controller/engine/chain.ts";
import type { LogRecord } from "../../../controller/engine/ports.ts";
import { canonicalJson, type Json } from "../../../protocol/index.ts";
import { runLogCommand } from "./child-process.ts";
import { openSealedHall } from "./sealed-log.ts";
import { temporaryDirectory } from "./store-directory.ts";

type Event = Record<string, unknown> & { type: string; data: Record<string, unknown> };

/** A hall after three closed days. */
function threeDays(): string {
  const directory = temporaryDirectory();
  const hall = openSealedHall(directory);
  for (let day = 0; day < 3; day += 1) hall.nextDay();
  hall.stop();
  return directory;
}

function recordsOf(directory: string): LogRecord[] {
  const reader = openLogReader(directory);
  try {
    return [...reader.read(1, reader.head().seq)];
  } finally {
    reader.close();
  }
}

const eventsOf = (directory: string): Event[] => recordsOf(directory).map(({ record }) => JSON.parse(record) as Event);
const sealsOf = (directory: string): Event[] => eventsOf(directory).filter(({ type }) => type === "day.sealed");

/** As somebody would who can write the file: every record changed as they like, and the chain made whole again. */
function rewrite(directory: string, change: (event: Event) => Event | null): void {
  const db = new Database(join(directory, DATABASE_FILE));
  const kept = eventsOf(directory).flatMap((event) => change(event) ?? []);
  db.exec(
    `DROP TRIGGER events_are_never_deleted; DROP TRIGGER events_are_never_changed; DELETE FROM events;
     DELETE FROM snapshots; DELETE FROM command_keys; DELETE FROM recent_keys`,
  );
  const insert = db.prepare("INSERT INTO events (seq, record, hash) VALUES (?, ?, ?)");
  let hash = GENESIS_HASH;
  for (const [at, event] of kept.entries()) {
    const record = canonicalJson({ ...event, seq: at + 1 } as Json);
    hash = chainHash(hash, record);
    insert.run(at + 1, record, Buffer.from(hash, "hex"));
  }
  db.close();
}

const verify = (directory: string, ...more: string[]) => runLogCommand("verify", "--data", directory, ...more);

test("each closed day is signed once, over the head and whom its records concern; verify says so", () => {
  const directory = threeDays();
  const seals = sealsOf(directory).map(({ data }) => data as unknown as DaySeal);
  expect(seals.map(({ date }) => date)).toEqual(["2026-03-02", "2026-03-03", "2026-03-04"]);
  const records = recordsOf(directory);
  for (const [at, seal] of seals.entries()) {
    expect(seal.fromSeq).toBe((seals[at - 1]?.seq ?? 0) + 1);
    expect(seal.hash).toBe(records[seal.seq - 1]?.hash);
  }
  const { code, out } = verify(directory);
  expect(code).toBe(0);
  const key = openDaySigner(directory).key;
  expect(out).toMatch(new RegExp(`; 3 days signed, the last 2026-03-04 at \\d+ by key ${key}\\n$`, "u"));
  expect(statSync(logSigningFile(directory)).mode & 0o777).toBe(0o600);
});

test("the public key is printed, as hex and as PEM, and verify takes either from whoever kept it", () => {
  const directory = threeDays();
  const hex = runLogCommand("key", "--data", directory).out.trim();
  expect(hex).toMatch(/^[0-9a-f]{64}$/u);
  expect(runLogCommand("key", "--data", directory, "--pem").out).toMatch(/^-----BEGIN PUBLIC KEY-----/u);
  expect(verify(directory, "--key", hex).code).toBe(0);
});

test("a log rewritten as a whole, chain and all, does not fit what was signed", () => {
  const directory = threeDays();
  rewrite(directory, (event) => (event.type === "controller.started" ? { ...event, recordedAtMs: 0 } : event));
  const { code, out } = verify(directory);
  expect(out).toMatch(/^SIGNATURE_BAD seq \d+: the head signed for 2026-03-02 is not the log's at \d+\n$/u);
  expect(code).toBe(3);
});

test("signed again with another key: foreign to whoever knows the hall's", () => {
  const directory = threeDays();
  const key = openDaySigner(directory).key;
  const elsewhere = temporaryDirectory();
  const hall = openSealedHall(elsewhere);
  hall.nextDay();
  hall.stop();
  const { code, out } = verify(elsewhere, "--key", key);
  expect(out).toMatch(/^SIGNATURE_FOREIGN seq \d+: .+another key than the hall's\n$/u);
  expect(code).toBe(3);
});

test("signed by a key that the log does not name", () => {
  const directory = threeDays();
  const other = openDaySigner(temporaryDirectory());
  rewrite(directory, (event) => {
    const seal = event.data as unknown as DaySeal;
    if (event.type !== "day.sealed" || seal.date !== "2026-03-04") return event;
    const signature = other.sign(daySealText("test", seal));
    return { ...event, data: { ...event.data, key: other.key, signature } };
  });
  const { out } = verify(directory);
  expect(out).toMatch(/^SIGNATURE_FOREIGN seq \d+: 2026-03-04 is signed with a key that the log does not name\n$/u);
});

test("a day whose close is not signed is named as such", () => {
  const directory = threeDays();
  rewrite(directory, (event) => (event.type === "day.sealed" && event.data["date"] === "2026-03-03" ? null : event));
  const { code, out } = verify(directory);
  expect(out).toMatch(/^SIGNATURE_MISSING seq \d+: 2026-03-03 has closed, and its close is not signed\n$/u);
  expect(code).toBe(3);
});

test("a log from before signatures verifies and says so; its first signature covers it whole", () => {
  const directory = temporaryDirectory();
  const old = openSealedHall(directory, { signs: false });
  old.nextDay();
  old.stop();
  expect(verify(directory)).toMatchObject({ code: 0, out: expect.stringContaining("no day is signed") as unknown });
  const hall = openSealedHall(directory, { clock: old.clock });
  hall.nextDay();
  hall.stop();
  expect(sealsOf(directory).map(({ data }) => [data["date"], data["fromSeq"]])).toEqual([["2026-03-03", 1]]);
  expect(verify(directory).out).toContain("1 day signed, the last 2026-03-03");
});

test("a close that a crash left unsigned is signed at the next start", () => {
  const directory = temporaryDirectory();
  const first = openSealedHall(directory);
  first.stop();
  const crashed = openSealedHall(directory, { signs: false, clock: first.clock });
  crashed.nextDay();
  crashed.stop();
  expect(verify(directory).out).toMatch(/2026-03-02 not yet\n$/u);
  openSealedHall(directory, { clock: crashed.clock }).stop();
  expect(verify(directory).out).toContain("1 day signed, the last 2026-03-02");
});

test("a lost key is replaced by a named one: what it signed before stays good", () => {
  const directory = threeDays();
  const saved = join(temporaryDirectory(), "saved.pem");
  copyFileSync(logSigningFile(directory), saved);
  rmSync(logSigningFile(directory));
  openLogSeal(directory);
  const db = new Database(join(directory, DATABASE_FILE));
  db.exec("DELETE FROM snapshots");
  db.close();
  const last = openSealedHall(directory, { clock: threeDaysLater() });
  last.nextDay();
  last.stop();
  const { code, out } = verify(directory);
  expect([code, out]).toEqual([0, expect.stringContaining(`by key ${openDaySigner(directory).key}`)]);
});

function threeDaysLater() {
  const hall = openSealedHall(temporaryDirectory());
  for (let day = 0; day < 3; day += 1) hall.nextDay();
  hall.stop();
  return hall.clock;
}
