import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { logSigningFile, openLogSeal, readLogSeal } from "../../../controller/adapters/authority/log-seal.ts";
import { DATABASE_FILE, openEventStore } from "../../../controller/adapters/store/sqlite-event-store.ts";
import { compareVersions } from "../../../controller/adapters/store/sqlite-schema.ts";
import { chainHash, GENESIS_HASH } from "../../../controller/engine/chain.ts";
import { canonicalJson, type Json } from "../../../protocol/index.ts";
import { runLogCommand } from "./child-process.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { orderFor } from "../../unit/controller/engine/engine-rig.ts";
import { startHall, temporaryDirectory, writeLog } from "./store-directory.ts";

function sql(directory: string, statement: string): void {
  const db = new Database(join(directory, DATABASE_FILE));
  try {
    db.exec(statement);
  } finally {
    db.close();
  }
}

describe("hallward log", () => {
  test("verify says how many events and which head", () => {
    const directory = temporaryDirectory();
    writeLog(directory, 5);
    const { code, out } = runLogCommand("verify", "--data", directory);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^5 events verified, head [0-9a-f]{64}; no day is signed: the log is from before signatures\n$/u,
    );
  });

  test("verify finds a snapshot that this controller did not sign", () => {
    const directory = temporaryDirectory();
    writeLog(directory, 5);
    sql(directory, "UPDATE snapshots SET state = '{}'");
    expect(runLogCommand("verify", "--data", directory)).toMatchObject({
      code: 3,
      out: "SNAPSHOT_BROKEN seq 5: its signature does not hold\n",
    });
  });

  test("verify finds records that were cut off behind the signed head, also past the triggers", () => {
    const directory = temporaryDirectory();
    writeLog(directory, 5);
    sql(directory, "DROP TRIGGER events_are_never_deleted; DELETE FROM events WHERE seq > 3");
    const { code, out } = runLogCommand("verify", "--data", directory);
    expect({ code, out }).toEqual({ code: 3, out: "LOG_BROKEN seq 4: the log ends here, its head was signed at 5\n" });
  });

  test("verify finds a cut end also when the snapshots went with it, and so does the controller", () => {
    const directory = temporaryDirectory();
    const running = startHall(directory, new VirtualClock());
    const key = { key: "ticket-request/1", digest: "ab".repeat(32) };
    for (let written = 0; written < 5; written += 1) running.engine.submit(orderFor(), () => {});
    running.engine.submit(orderFor(), () => {}, { key });
    running.stop();
    sql(directory, "DROP TRIGGER events_are_never_deleted; DELETE FROM events WHERE seq > 3; DELETE FROM snapshots");
    const { code, out } = runLogCommand("verify", "--data", directory);
    const line = "the log ends here, its end is missing: a command was recorded at 6";
    expect({ code, out }).toEqual({ code: 3, out: `LOG_BROKEN seq 4: ${line}\n` });
    expect(() => startHall(directory)).toThrow(`the log is broken at seq 4: ${line}`);
  });

  test("show prints one line per event, in the range and of the type that was asked for", () => {
    const directory = temporaryDirectory();
    writeLog(directory, 5);
    const all = runLogCommand("show", "--data", directory);
    expect(all.out.trimEnd().split("\n")).toHaveLength(5);
    expect(all.out.split("\n")[0]).toBe(
      '       1  2026-03-02T01:00:00.000Z   assistance.requested  controller  {"counterId":"1"}',
    );
    const range = runLogCommand("show", "--data", directory, "--from", "2", "--to", "3");
    expect(
      range.out
        .trimEnd()
        .split("\n")
        .map((line) => Number(line.slice(0, 8))),
    ).toEqual([2, 3]);
    expect(runLogCommand("show", "--data", directory, "--type", "ticket.called").out).toBe("");
  });

  test("export gives everything that is needed to check the chain without this program", () => {
    const directory = temporaryDirectory();
    writeLog(directory, 5);
    const { out } = runLogCommand("export", "--data", directory);
    let previous = GENESIS_HASH;
    const lines = out.trimEnd().split("\n");
    for (const line of lines) {
      const { previousHash, hash, ...event } = JSON.parse(line) as Record<string, Json>;
      expect(previousHash).toBe(previous);
      previous = chainHash(previous, canonicalJson(event));
      expect(hash).toBe(previous);
    }
    expect(lines).toHaveLength(5);
  });

  test.each([
    ["no log there", [], 64, /^DATA_MISSING: /u],
    ["a seq that is none", ["--from", "0"], 1, /a whole number from 1/u],
  ])("%s: one line on standard error, and the exit code of its kind", (_what, words, code, line) => {
    const result = runLogCommand("show", "--data", temporaryDirectory(), ...words);
    expect(result).toMatchObject({ code, out: "" });
    expect(result.complaint).toMatch(line);
  });

  test("a directory without a log or key is no verdict: nothing on standard output, exit 64", () => {
    const verified = runLogCommand("verify", "--data", temporaryDirectory());
    expect(verified).toMatchObject({ code: 64, out: "" });
    expect(verified.complaint).toMatch(/^DATA_MISSING: /u);
    const key = runLogCommand("key", "--data", temporaryDirectory());
    expect(key).toMatchObject({ code: 64, out: "" });
    expect(key.complaint).toMatch(/^KEY_MISSING: /u);
  });
});

describe("the database", () => {
  test.each(["UPDATE events SET record = '{}' WHERE seq = 2", "DELETE FROM events WHERE seq = 2"])(
    "refuses in SQL itself: %s",
    (statement) => {
      const directory = temporaryDirectory();
      writeLog(directory, 3);
      expect(() => sql(directory, statement)).toThrow("the log is append-only");
    },
  );

  test("of a newer build is refused, by the controller and by the tools", () => {
    const directory = temporaryDirectory();
    writeLog(directory, 1);
    sql(directory, "UPDATE meta SET value = '99' WHERE name = 'schema-version'");
    expect(() => openEventStore(directory)).toThrow(expect.objectContaining({ code: "DATA_NEWER" }) as Error);
    expect(runLogCommand("verify", "--data", directory)).toMatchObject({
      code: 75,
      out: "",
      complaint: expect.stringMatching(/^DATA_NEWER: .*\n$/u) as string,
    });
  });

  test("that is no database at all is refused in one line", () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, DATABASE_FILE), "not a database, but long enough to look like one".repeat(100));
    expect(() => openEventStore(directory)).toThrow(expect.objectContaining({ code: "STORE_UNUSABLE" }) as Error);
    openLogSeal(directory);
    expect(() => openEventStore(directory)).toThrow(/hall\.db/u); // The lock was let go of: the same answer again.
  });

  test("lies in a directory only its owner may enter", () => {
    const directory = join(temporaryDirectory(), "hall");
    openEventStore(directory).close();
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  test.each([
    ["3.51.3", "3.51.3", 0],
    ["3.54.0", "3.51.3", 1],
    ["3.9.9", "3.51.3", -1],
    ["4.0.0", "3.51.3", 1],
  ])("SQLite %s against %s", (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
  });
});

describe("the log's signing key", () => {
  test("is made once, for its owner only, and signs for good", () => {
    const directory = temporaryDirectory();
    expect(readLogSeal(directory)).toBeNull();
    const signature = openLogSeal(directory).sign("head");
    expect(statSync(logSigningFile(directory)).mode & 0o777).toBe(0o600);
    expect(openLogSeal(directory).verify("head", signature)).toBe(true);
    expect(openLogSeal(directory).verify("tail", signature)).toBe(false);
    expect(openLogSeal(temporaryDirectory()).verify("head", signature)).toBe(false);
  });

  test("that is damaged is said to be, and not replaced", () => {
    const directory = temporaryDirectory();
    openLogSeal(directory);
    writeFileSync(logSigningFile(directory), "nonsense");
    expect(() => openLogSeal(directory)).toThrow(expect.objectContaining({ code: "KEY_UNUSABLE" }) as Error);
  });
});
