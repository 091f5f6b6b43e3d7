// Attendance leaves a running controller as files: the same bytes as the command's at that position of the log, and
// verified by it; each to those who may see the pictures, each on record. A drawing thread that fails harms nobody.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { readLogKey } from "../../../controller/adapters/authority/log-seal.ts";
import { openLogReader } from "../../../controller/adapters/store/sqlite-log-reader.ts";
import type { ExportOrder } from "../../../controller/exports/export-order.ts";
import { exportPerson, type PersonExport } from "../../../controller/exports/person-export.ts";
import { SHEET_FORMATS, SHEET_TYPES } from "../../../controller/exports/sheet-formats.ts";
import { deriveSheet } from "../../../controller/exports/sheet-document.ts";
import { startRenderThread, type ThreadEnd, threadsOf } from "../../../controller/exports/start-render-thread.ts";
import { renderSheet, verifySheet } from "../../../controller/exports/verify-sheet.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { StaffId } from "../../../protocol/index.ts";
import { giveAccount } from "../../support/signed-in.ts";
import { badge } from "../../support/test-hall.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { hallward } from "../controller/controller-process.ts";
import { startHall } from "../controller/running-hall.ts";

const SLOW = 120_000;
const UNIT = { id: "tax", name: { zh: "税务局窗口", en: "Tax office" }, staff: ["s01"] };
const ATTENDANCE = {
  attendance: {
    policy: "county",
    settings: { summer: { from: "06-01", to: "09-30" }, restWeekdays: [] },
    from: "2020-01-01",
    units: [UNIT],
  },
};
const month = new Date(systemClock.now()).toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" }).slice(0, 7);

async function openHall() {
  const directory = hallDirectory();
  giveAccount(directory, { id: "head", roles: ["head"], unit: "tax" });
  giveAccount(directory, { id: "other", roles: ["staff"], staffId: StaffId.parse("s02") });
  const hall = await startHall(directory, systemClock, ATTENDANCE);
  const ask = async (account: string, path: string): Promise<Response> =>
    fetch(`${hall.base}/api/attendance/${path}`, { headers: await hall.as(account) });
  const bytesOf = async (account: string, path: string): Promise<Buffer> => {
    const answer = await ask(account, path);
    expect([path, answer.status]).toEqual([path, 200]);
    return Buffer.from(await answer.arrayBuffer());
  };
  const reader = openLogReader(directory);
  onTestFinished(() => reader.close());
  return { directory, hall, ask, bytesOf, reader };
}

function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), "hallward-downloads-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

describe("a month's sheet over HTTP", () => {
  test("in every format it is what the command writes at that position, and verifies", { timeout: SLOW }, async () => {
    const { directory, hall, ask, reader } = await openHall();
    const terminal = await hall.terminal(1);
    await terminal.untilPhase("closed");
    await terminal.input("badge-presented", { badge: badge(1) });
    await terminal.untilPhase("idle");
    const folder = temporary();
    for (const format of SHEET_FORMATS) {
      const answer = await ask("manager", `sheets/all/${month}/${format}`);
      expect([format, answer.status, answer.headers.get("content-type")]).toEqual([format, 200, SHEET_TYPES[format]]);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      const name = decodeURIComponent(
        /filename\*=UTF-8''(\S+)$/u.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "",
      );
      expect(name).toMatch(new RegExp(`_\\d{4}年\\d{1,2}月考勤表\\.${format}$`, "u"));
      const file = Buffer.from(await answer.arrayBuffer());
      const { line } = await verifySheet(file, reader);
      const position = Number(/^equal: all \S+ \d+ people, derived again at position (\d+),/u.exec(line)?.[1]);
      expect(position).toBeGreaterThan(0);
      const own = await renderSheet(deriveSheet(reader, { unit: "all", period: month, position }), format);
      expect(file.equals(own)).toBe(true);
      writeFileSync(join(folder, `sheet.${format}`), file);
    }
    const verdict = await hallward("attendance", "verify", join(folder, "sheet.xlsx"), "--data", directory).ended;
    expect([verdict.code, verdict.stderr]).toEqual([0, ""]);
  });

  test("a head gets their own unit's, staff gets none; every file is on record with whose it is", {
    timeout: SLOW,
  }, async () => {
    const { ask, bytesOf, reader } = await openHall();
    const csv = (await bytesOf("head", `sheets/all/${month}/csv`)).toString("utf8");
    expect([
      csv.includes(UNIT.name.zh),
      csv.split("\r\n").filter((line) => line.includes(UNIT.name.zh)).length,
    ]).toEqual([true, 2]);
    expect((await ask("head", `sheets/centre/${month}/csv`)).status).toBe(403);
    expect((await ask("clerk", `sheets/all/${month}/csv`)).status).toBe(403);
    expect((await ask("manager", `sheets/moon/${month}/csv`)).status).toBe(404);
    expect((await ask("manager", `sheets/all/${month}/docx`)).status).toBe(400);
    expect((await ask("manager", "sheets/all/2026-13/csv")).status).toBe(400);
    const views = [...reader.read(1, reader.head().seq)].flatMap(({ record }) => {
      const { type, data } = JSON.parse(record) as { type: string; data: { what: string; people: string[] } };
      return type === "record.viewed" ? [data] : [];
    });
    expect(views).toMatchObject([{ what: "export", accountId: "head", people: ["s01"] }]);
  });
});

describe("one person's month over HTTP", () => {
  test(
    "its owner has it, it verifies alone, and it is the command's; nobody else of the staff has it",
    async () => {
      const { ask, bytesOf, directory, reader } = await openHall();
      const file = await bytesOf("clerk", `records/me/${month}/export`);
      const { position, person } = JSON.parse(file.toString("utf8")) as PersonExport;
      expect(person).toBe("s01");
      const own = exportPerson(reader, { person, period: month, position }, readLogKey(directory));
      expect(file.toString("utf8")).toBe(own);
      const saved = join(temporary(), "own.json");
      writeFileSync(saved, file);
      const verdict = await hallward("attendance", "verify", saved, "--alone").ended;
      expect([verdict.code, verdict.stderr, verdict.stdout.startsWith(`equal: s01 ${month}`)]).toEqual([0, "", true]);
      expect((await ask("other", `records/s01/${month}/export`)).status).toBe(403);
      expect((await ask("head", `records/s02/${month}/export`)).status).toBe(403);
      expect((await ask("manager", `records/nobody/${month}/export`)).status).toBe(404);
      const recorded = [...reader.read(1, reader.head().seq)].filter(({ record }) => record.includes("record.viewed"));
      expect(recorded).toEqual([]);
      await bytesOf("head", `records/s01/${month}/export`);
      expect(reader.head().seq).toBeGreaterThan(position);
    },
    SLOW,
  );
});

const ORDER: ExportOrder = {
  kind: "sheet",
  directory: "/nowhere",
  unit: "all",
  period: month,
  position: 1,
  format: "csv",
};
const FAILING = threadsOf(new URL("./failing-thread.ts", import.meta.url), 32);
const endOf = (period: string): Promise<ThreadEnd> =>
  new Promise((resolve) => void FAILING({ ...ORDER, period }, resolve));

test(
  "a thread that has a bug, no memory, or nothing to say is told apart, and costs itself alone",
  async () => {
    expect(await endOf("throw")).toMatchObject({ type: "died", reason: expect.stringContaining("a bug") as unknown });
    expect(await endOf("memory")).toMatchObject({ type: "died", reason: expect.stringContaining("memory") as unknown });
    expect(await endOf("babble")).toMatchObject({ type: "died" });
    expect(await endOf("silence")).toMatchObject({ type: "died", reason: "it ended with code 0" });
    const missing = await new Promise<ThreadEnd>((resolve) => void startRenderThread(ORDER, resolve));
    expect(missing).toMatchObject({ type: "refused", code: "DATA_MISSING" });
  },
  SLOW,
);

test(
  "a thread that is stopped says nothing more",
  async () => {
    const ends: ThreadEnd[] = [];
    const stopped = FAILING({ ...ORDER, period: "never" }, (end) => ends.push(end));
    stopped.stop();
    expect(await endOf("silence")).toMatchObject({ type: "died" });
    expect(ends).toEqual([]);
  },
  SLOW,
);
