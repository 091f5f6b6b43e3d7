import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readLogSeal } from "../../../controller/adapters/authority/log-seal.ts";
import { DATABASE_FILE } from "../../../controller/adapters/store/sqlite-event-store.ts";
import { openLogReader } from "../../../controller/adapters/store/sqlite-log-reader.ts";
import type { LogRecord } from "../../../controller/engine/ports.ts";
import { type LogVerdict, verifyLog } from "../../../controller/log-command/verify-log.ts";
import { HallError } from "../../../protocol/index.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { runLogCommand } from "./child-process.ts";
import { startHall, temporaryDirectory, writeLog } from "./store-directory.ts";

// A flipped byte in the log is found, with its seq, wherever it lies; and the controller refuses to write on it.

const EVENTS = 200;

function flip(file: string, at: number, mask = 0x20): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ mask;
  writeFileSync(file, bytes);
}

function inspect(directory: string): { verdict: LogVerdict; records: LogRecord[] } {
  try {
    const reader = openLogReader(directory);
    const verdict = verifyLog(reader, readLogSeal(directory));
    const records = verdict.sound ? [...reader.read(1, EVENTS)] : [];
    reader.close();
    return { verdict, records };
  } catch (thrown) {
    if (!(thrown instanceof HallError)) throw thrown;
    return { verdict: { sound: false, line: thrown.code }, records: [] };
  }
}

/** Where the record of `seq` lies in the file: searched for by what only it says. */
function placeOf(file: string, seq: number): number {
  const place = readFileSync(file).indexOf(`"seq":${seq},`, 0, "latin1");
  expect(place).toBeGreaterThan(0);
  return place;
}

describe("a flipped byte", () => {
  test.each([1, 57, EVENTS])(
    "in the record of seq %i is named by `log verify`, exit 3, and stops the controller",
    (seq) => {
      const directory = temporaryDirectory();
      writeLog(directory, EVENTS);
      const file = join(directory, DATABASE_FILE);
      flip(file, placeOf(file, seq) - 5);
      const { code, out, complaint } = runLogCommand("verify", "--data", directory);
      expect({ code, out, complaint }).toEqual({
        code: 3,
        out: `LOG_BROKEN seq ${seq}: the record does not match its hash\n`,
        complaint: "",
      });
      expect(() => startHall(directory)).toThrow(`the log is broken at seq ${seq}: `);
    },
  );

  test("anywhere in the file either changes no record, or is found", () => {
    const directory = temporaryDirectory();
    writeLog(directory, EVENTS);
    const file = join(directory, DATABASE_FILE);
    copyFileSync(file, `${file}.sound`);
    const { records: original, verdict } = inspect(directory);
    expect(verdict.sound).toBe(true);
    const size = readFileSync(file).length;
    const random = new SeededRandom(7);
    let found = 0;
    for (let round = 0; round < 300; round += 1) {
      flip(file, Math.floor(random.next() * size), 1 << Math.floor(random.next() * 8));
      const { verdict: now, records } = inspect(directory);
      if (now.sound) expect(records).toEqual(original);
      else found += 1;
      copyFileSync(`${file}.sound`, file);
    }
    expect(found).toBeGreaterThan(100);
  });

  test("that makes SQLite itself give up is reported at the first seq it cannot read", () => {
    const directory = temporaryDirectory();
    writeLog(directory, EVENTS);
    const file = join(directory, DATABASE_FILE);
    const page = Math.floor(placeOf(file, 120) / 4096) * 4096;
    flip(file, page, 0xff); // The page's own type: the whole page is then unreadable, from its first record on.
    const { code, out } = runLogCommand("verify", "--data", directory);
    const seq = Number(/^LOG_BROKEN seq (\d+): /u.exec(out)?.[1]);
    expect(code).toBe(3);
    expect(seq).toBeLessThanOrEqual(120);
    expect(seq).toBeGreaterThan(100);
    expect(() => startHall(directory)).toThrow(`the log is broken at seq ${seq}: `);
  });

  test("in the file's first bytes leaves no database: said in one line, exit 3", () => {
    const directory = temporaryDirectory();
    writeLog(directory, 3);
    flip(join(directory, DATABASE_FILE), 3);
    const { code, out } = runLogCommand("verify", "--data", directory);
    expect({ code, lines: out.split("\n").length }).toEqual({ code: 3, lines: 2 });
    expect(out).toMatch(/^LOG_BROKEN seq 1: /u);
  });
});
