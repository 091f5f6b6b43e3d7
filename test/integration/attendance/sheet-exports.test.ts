// A sheet is exported in four formats, each with where it comes from, and derived again from it: equal, or the first
// difference. One person's month is checked from its export alone. A real log; the command once, as people call it.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openDaySigner, readLogKey } from "../../../controller/adapters/authority/log-seal.ts";
import { openLogReader, type SqliteLogReader } from "../../../controller/adapters/store/sqlite-log-reader.ts";
import { HallConfiguration } from "../../../controller/core/configuration.ts";
import { exportPerson, type PersonExport } from "../../../controller/exports/person-export.ts";
import { verifyPersonExport } from "../../../controller/exports/person-verdict.ts";
import { deriveSheet, type SheetScope } from "../../../controller/exports/sheet-document.ts";
import { SHEET_FORMATS, type SheetFormat } from "../../../controller/exports/sheet-formats.ts";
import { renderSheet, verifySheet } from "../../../controller/exports/verify-sheet.ts";
import { unzip, zipOf } from "../../../controller/exports/zip-archive.ts";
import { HallError, milliseconds, present } from "../../../protocol/index.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { hallward } from "../controller/controller-process.ts";
import { openSealedHall } from "../store/sealed-log.ts";
import { sheetHall, writeSheetLog } from "./sheet-hall.ts";

const data = mkdtempSync(join(tmpdir(), "hallward-sheets-"));
const SLOW = 120_000;
let reader: SqliteLogReader;

beforeAll(() => {
  const hall = sheetHall({ people: 4, days: 10 });
  writeSheetLog(data, hall);
  const clock = new VirtualClock();
  clock.advance(milliseconds(hall.now - clock.now()));
  const sealed = openSealedHall(data, { clock, configuration: HallConfiguration.parse(hall.hall.configuration) });
  sealed.nextDay();
  sealed.nextDay();
  sealed.stop();
  reader = openLogReader(data);
}, SLOW);
afterAll(() => {
  reader.close();
  rmSync(data, { recursive: true, force: true });
});

const MARCH: SheetScope = { unit: "all", period: "2026-03", position: null };
const exported = async (format: SheetFormat, scope: Partial<SheetScope> = {}): Promise<Buffer> =>
  await renderSheet(deriveSheet(reader, { ...MARCH, ...scope }), format);
/** Title, information, two of the head; morning and afternoon. */
const [HEAD_ROWS, LINES_OF_ONE] = [4, 2];
const verdictOn = async (file: Buffer): Promise<string> => (await verifySheet(file, reader)).line;

describe("a month's sheet", () => {
  test.each(SHEET_FORMATS)(
    "as %s says where it comes from, and is derived again equal, byte for byte",
    async (format) => {
      const file = await exported(format);
      const { equal, line } = await verifySheet(file, reader);
      expect(line).toMatch(/^equal: all 2026-03, 4 people, derived again at position \d+, digest [0-9a-f]{64}$/u);
      expect(equal).toBe(true);
      expect((await exported(format)).equals(file)).toBe(true);
    },
  );

  test("the log going on changes nothing: it is derived at its own position", async () => {
    expect(await verdictOn(await exported("csv", { position: 40 }))).toMatch(/^equal: .* position 40,/u);
  });

  test("leave to come is on paper as on the screen, and an older paper without it verifies as what it is", async () => {
    const signed = present(
      [...reader.read(1, 100)].find(({ record }) => record.includes('"type":"document.signed"')),
      "signature",
    );
    const before = { position: signed.seq };
    const waiting = { position: signed.seq - 1 };
    for (const format of SHEET_FORMATS) expect(await verdictOn(await exported(format, before))).toMatch(/^equal:/u);
    expect(deriveSheet(reader, { ...MARCH, ...before }).planned).toMatchObject([
      { person: "s02", date: "2026-03-03", session: "pm", leaveKind: "personal", approved: true },
    ]);
    const csv = async (scope: Partial<SheetScope>) => (await exported("csv", scope)).toString("utf8");
    expect(await csv(before)).toMatch(/李伟.*,拟事,/u);
    expect(await csv(waiting)).toMatch(/李伟.*,拟事\?,/u);
    const old = { ...before, shape: "hallward-sheet-1" } as const;
    expect(await csv(old)).not.toContain("拟");
    for (const format of SHEET_FORMATS) expect(await verdictOn(await exported(format, old))).toMatch(/^equal:/u);
    const book = unzip(await exported("xlsx", before))?.get("xl/worksheets/sheet1.xml") ?? "";
    expect(book).toMatch(/拟 已批准、尚未开始/u);
    expect(await csv({})).not.toContain("拟");
  });

  test("a unit's week stands on one sheet of its own", async () => {
    const { rows, days, unit } = deriveSheet(reader, { unit: "tax", period: "2026-W10", position: null });
    expect([rows.length, days.length, unit.name.zh]).toEqual([2, 7, "税务局窗口"]);
  });

  test.each(["csv", "json"] as const)("a changed %s: the first line that differs", async (format) => {
    const changed = (await exported(format)).toString("utf8").replace("王敏", "李伟");
    const { equal, line } = await verifySheet(Buffer.from(changed, "utf8"), reader);
    expect(line).toMatch(/^SHEET_DIFFERS: line \d+ says ".*李伟.*", the log says ".*王敏.*"$/u);
    expect(equal).toBe(false);
  });

  test("a changed cell of a workbook is named; how it was packed does not matter", async () => {
    const parts = [...(unzip(await exported("xlsx")) ?? [])];
    const repacked = (change: (text: string) => string): Buffer =>
      zipOf(
        parts.map(([name, text]) => ({ name, text: change(text), stored: name.startsWith("docProps/") })).toReversed(),
      );
    expect(await verdictOn(repacked((text) => text))).toMatch(/^equal: /u);
    const line = await verdictOn(repacked((text) => text.replace("王敏", "李伟")));
    expect(line).toBe('SHEET_DIFFERS: cell A5 says "李伟", the log says "王敏"');
  });

  test.each(["2026-03", "2026-W10"])("no printed page of a workbook cuts a person in two: %s", async (period) => {
    const sheet = deriveSheet(reader, { ...MARCH, period });
    const rows = Array.from({ length: 25 }, () => sheet.rows).flat();
    const text = unzip(Buffer.from(await renderSheet({ ...sheet, rows }, "xlsx")))?.get("xl/worksheets/sheet1.xml");
    const ends = [...(text ?? "").matchAll(/<brk id="(\d+)"/gu)].map(([, row]) => Number(row));
    expect(ends.length).toBeGreaterThan(4);
    expect(ends.filter((row) => (row - HEAD_ROWS) % LINES_OF_ONE !== 0)).toEqual([]);
  });

  test("a changed PDF differs", async () => {
    const file = await exported("pdf");
    file.write("X", file.length - 200);
    expect(await verdictOn(file)).toMatch(/^SHEET_DIFFERS: byte \d+ of \d+ /u);
  });

  test.each<[string, () => unknown]>([
    ["SHEET_UNREADABLE", () => verifySheet(Buffer.from("a,b,c\n"), reader)],
    ["UNIT_UNKNOWN", () => exported("csv", { unit: "moon" })],
    ["PERIOD_UNKNOWN", () => exported("csv", { period: "2026-13" })],
    ["SHEET_AHEAD", () => exported("csv", { position: 9_999_999 })],
  ])("%s is said as such", async (code, work) => {
    const thrown: unknown = await Promise.resolve(work()).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(HallError);
    expect(thrown).toMatchObject({ code });
  });

  test("a spreadsheet takes no name for a formula", async () => {
    const sheet = deriveSheet(reader, MARCH);
    const rows = sheet.rows.map((row) => ({ ...row, person: { ...row.person, name: "=1+1" } }));
    const csv = (await renderSheet({ ...sheet, rows }, "csv")).toString("utf8");
    expect(csv).toContain("\n'=1+1,");
  });
});

describe("one person's month, alone", () => {
  const text = (): string =>
    exportPerson(reader, { person: "s02", period: "2026-03", position: null }, readLogKey(data));
  const changed = (change: (whole: PersonExport) => void): string => {
    const whole = JSON.parse(text()) as PersonExport;
    change(whole);
    return verifyPersonExport(JSON.stringify(whole), null).line;
  };
  const isTap = ({ record }: { readonly record: string }): boolean => record.includes('"badge.recorded"');

  test("signatures, records and verdicts hold without the log, against the key as somebody knows it", () => {
    const { equal, line } = verifyPersonExport(text(), openDaySigner(data).key);
    expect(line).toMatch(
      /^equal: s02 2026-03, derived from its own records; \d days signed, the last 2026-03-\d\d at \d+ /u,
    );
    expect(equal).toBe(true);
  });

  test("what has not the shape of one is refused with its place, and judged in no way", () => {
    expect(() => verifyPersonExport("{", null)).toThrow(/^it is no export of one person's period: /u);
    const hasNoRow = JSON.stringify({ ...(JSON.parse(text()) as PersonExport), row: { cells: 1 } });
    expect(() => verifyPersonExport(hasNoRow, null)).toThrow(/^it is no export of one person's period: row\./u);
  });

  test("it holds no other person's taps", () => {
    const taps = (JSON.parse(text()) as PersonExport).records.filter(isTap);
    expect(taps.length).toBeGreaterThan(20);
    expect(taps.filter(({ record }) => !record.includes('"s02"'))).toEqual([]);
  });

  test("a tap moved", () => {
    const line = changed(({ records }) => {
      const tap = records.find(isTap);
      if (tap !== undefined) tap.record = tap.record.replace(/"occurredAtMs":\d+/u, '"occurredAtMs":1');
    });
    expect(line).toMatch(/^EXPORT_TAMPERED: a record of s02 up to 2026-03-\d\d is not what was signed$/u);
  });

  test("a tap taken out, or the proof of a day", () => {
    const without = changed(({ records }) => void records.splice(records.findIndex(isTap), 1));
    expect(without).toMatch(/^EXPORT_INCOMPLETE: on 2026-03-\d\d \d+ records of s02 were signed, \d+ are here$/u);
    const unproved = changed(({ seals }) => void seals[0]?.subjects.pop());
    expect(unproved).toMatch(/^EXPORT_INCOMPLETE: 2026-03-\d\d has no proof for s02$/u);
  });

  test("a verdict made better, a signature made up, a day's signature left out, a foreign key", () => {
    const better = changed(({ row }) => {
      const cell = row.cells.find(({ code }) => code.startsWith("a"));
      if (cell !== undefined) cell.code = "a!";
    });
    expect(better).toMatch(/^EXPORT_DIFFERS: 2026-03-\d\d [ap]m says "a!", the records say "a/u);
    const forged = changed(({ seals: [first] }) => {
      if (first !== undefined) first.signature = "0".repeat(128);
    });
    expect(forged).toMatch(/^SIGNATURE_BAD: /u);
    expect(changed(({ seals }) => void seals.shift())).toMatch(/^SIGNATURE_MISSING: /u);
    expect(verifyPersonExport(text(), `${"0".repeat(63)}1`).line).toMatch(/^SIGNATURE_FOREIGN: /u);
  });
});

test(
  "the command exports and verifies, and says by its exit code what it found",
  async () => {
    const place = mkdtempSync(join(tmpdir(), "hallward-sheets-"));
    onTestFinished(() => rmSync(place, { recursive: true }));
    const run = (...args: string[]) => hallward("attendance", ...args).ended;
    const [sheet, person] = [join(place, "month.xlsx"), join(place, "s02.json")];
    const of = ["export", "--data", data, "--period", "2026-03"];
    const [made, alone] = await Promise.all([
      run(...of, "--out", sheet),
      run(...of, "--person", "s02", "--out", person),
    ]);
    expect([made.stderr, alone.stderr]).toEqual(["", ""]);
    expect(made.stdout).toMatch(/: all 2026-03, 4 people, position \d+, digest [0-9a-f]{64}\n$/u);
    const [equal, foreign] = await Promise.all([
      run("verify", sheet, "--data", data),
      run("verify", person, "--alone", "--key", `${"0".repeat(63)}1`),
    ]);
    expect([equal.code, foreign.code]).toEqual([0, 3]);
    const other = await run("verify", sheet, "--alone");
    expect([other.code, other.stderr]).toEqual([2, expect.stringMatching(/^EXPORT_UNREADABLE[: ].+\n$/u)]);
    const [nameless, homeless] = await Promise.all([
      run(...of, "--out", join(place, "month.doc")),
      run(...of, "--out", join(place, "nowhere", "month.csv")),
    ]);
    expect([nameless.code, nameless.stderr]).toEqual([2, expect.stringMatching(/^USAGE .*month\.doc.*\n$/u)]);
    expect([homeless.code, homeless.stderr]).toEqual([2, expect.stringMatching(/^FILE_UNWRITABLE .*\n$/u)]);
    const own = await run(...of, "--out", join(data, "hall.db"), "--format", "csv");
    expect([own.code, own.stderr]).toEqual([2, expect.stringMatching(/^FILE_FOREIGN .*\n$/u)]);
    const pdf = join(place, "month.pdf");
    expect((await run(...of, "--out", pdf)).stderr).toBe("");
    expect(readFileSync(pdf).subarray(0, 5).toString("latin1")).toBe("%PDF-");
    const demand = await run("demand", "--data", data, "--period", "2026-03");
    expect([demand.stderr, demand.stdout.split("\n")[0]]).toEqual(["", "时段,天数,取号,日均取号,日均开放窗口"]);
  },
  SLOW,
);
