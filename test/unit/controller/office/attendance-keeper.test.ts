// Proves that the running controller keeps attendance by the log alone: it settles a session only when every terminal
// has reported, or a named person answers for it; it hangs up the week by itself; and after a restart it says the same.
import { describe, expect, test } from "vitest";
import { MemoryDisk } from "../../../../controller/engine/memory-event-store.ts";
import { LEDGER_EVENTS, WANTED } from "../../../../controller/office/wanted-events.ts";
import { recordOf as storedRecord } from "../../../../controller/engine/chain.ts";
import { AttendanceSheet } from "../../../../controller/projections/attendance/attendance-pictures.ts";
import { ledgerOf } from "../../../../controller/projections/attendance/attendance-ledger.ts";
import { minutes, present, seconds, type Result } from "../../../../protocol/index.ts";
import { bodiesOf } from "../../../support/test-events.ts";
import { staffId, terminalId } from "../../../support/test-hall.ts";
import { CLERK, HEAD, instant, DIRECTOR, OFFICE, OfficeHall } from "../core/office/office-rig.ts";
import { keptHall } from "./keeper-rig.ts";

const value = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const sheetIn = (json: Buffer): AttendanceSheet => AttendanceSheet.parse(JSON.parse(json.toString("utf8")));
const codeOf = (result: Result<unknown, { readonly code: string }>): string => (result.ok ? "ok" : result.error.code);

describe("settling", () => {
  test("a session is settled half an hour after its end, once every terminal seen has an empty journal", () => {
    const hall = keptHall("2026-03-02T11:59");
    hall.born(1);
    hall.born(2);
    hall.empty.add(terminalId(1)).add(terminalId(2));
    hall.pass(minutes(29));
    const yesterday = { untilMs: instant("2026-03-02T00:00"), excused: [] };
    expect(bodiesOf(hall.events, "attendance.reported")).toEqual([yesterday]);
    hall.empty.delete(terminalId(2));
    hall.pass(minutes(3));
    expect(bodiesOf(hall.events, "attendance.reported")).toEqual([yesterday]);
    expect(hall.keeper.seen()?.waitingFor).toEqual([{ terminal: "t02", why: "silent" }]);
    hall.empty.add(terminalId(2));
    hall.pass(seconds(2));
    const noon = { untilMs: instant("2026-03-02T12:00"), excused: [] };
    expect(bodiesOf(hall.events, "attendance.reported")).toEqual([yesterday, noon]);
  });

  test("a lost terminal holds it up, until somebody answers for it by name", async () => {
    const hall = keptHall("2026-03-02T12:40");
    hall.born(1);
    hall.born(2);
    hall.empty.add(terminalId(1));
    hall.pass(seconds(5));
    expect(bodiesOf(hall.events, "attendance.reported")).toEqual([]);
    const excuse = {
      kind: "out-of-service",
      terminal: terminalId(2),
      from: "2026-03-02T08:00",
      reason: "送修",
    } as const;
    expect(codeOf(await filed(hall, excuse))).toBe("ok");
    hall.pass(seconds(2));
    expect(bodiesOf(hall.events, "attendance.reported")).toEqual([
      { untilMs: instant("2026-03-02T12:00"), excused: ["t02"] },
    ]);
  });

  test("a terminal that nobody ever saw has nothing to tell", () => {
    const hall = keptHall("2026-03-02T12:40");
    hall.born(1);
    hall.empty.add(terminalId(1));
    hall.pass(seconds(2));
    expect(bodiesOf(hall.events, "attendance.reported")).toHaveLength(1);
  });

  async function filed(hall: ReturnType<typeof keptHall>, document: object) {
    const answer = hall.room.file(OFFICE, document as never, null);
    hall.pass(seconds(1));
    return answer;
  }
});

describe("by the clock", () => {
  test("the week hangs on Monday at nine, once, whatever the restarts before and after it", () => {
    const disk = new MemoryDisk();
    const week = keptHall("2026-03-06T17:00", disk);
    week.born(1);
    week.empty.add(terminalId(1));
    week.pass(minutes(62));
    week.stop();
    const monday = keptHall("2026-03-09T08:59", disk);
    monday.born(1);
    monday.empty.add(terminalId(1));
    expect(bodiesOf(monday.events, "attendance.published")).toEqual([]);
    monday.pass(minutes(2));
    const [hung] = bodiesOf(monday.events, "attendance.published");
    expect(hung).toMatchObject({ what: "week", period: "2026-W10", version: 1 });
    // The hall began in the last half day of that week: nobody could tap before.
    expect(hung?.lines.find(({ person }) => person === "s01")?.cells).toBe("u,u|u,u|u,u|u,u|u,u|-,-|-,-");
    monday.stop();
    const later = keptHall("2026-03-09T10:00", disk);
    later.pass(minutes(2));
    expect(bodiesOf(later.events, "attendance.published")).toEqual([]);
    expect(later.keeper.ledger?.published).toHaveLength(1);
  });
});

describe("over the desk", () => {
  test("own record, own unit, everybody: by role; and what is seen of others is told", async () => {
    const units = [{ id: "tax", name: { zh: "税务局", en: "Tax bureau" }, staff: ["s02"] }];
    const { officeConfiguration } = await import("../core/office/office-rig.ts");
    const hall = keptHall("2026-03-02T09:00", new MemoryDisk(), officeConfiguration({ units }));
    expect(codeOf(await hall.room.record(CLERK, "me", "2026-03"))).toBe("ok");
    expect(hall.views).toEqual([]);
    expect(codeOf(await hall.room.record(CLERK, "s02", "2026-03"))).toBe("not-allowed");
    expect(codeOf(await hall.room.record(CLERK, "nobody", "2026-03"))).toBe("not-allowed");
    expect(codeOf(await hall.room.sheet(CLERK, "all", "2026-03"))).toBe("not-allowed");
    expect(codeOf(await hall.room.record({ ...HEAD, unit: "tax" }, "s01", "2026-03"))).toBe("not-allowed");
    const sheet = sheetIn(value(await hall.room.sheet({ ...HEAD, unit: "tax" }, "all", "2026-W10")));
    expect(sheet.rows.map(({ person }) => person.person)).toEqual(["s02"]);
    expect(codeOf(await hall.room.record(DIRECTOR, "nobody", "2026-03"))).toBe("unknown-person");
    expect(codeOf(await hall.room.record(DIRECTOR, "s01", "2026-13"))).toBe("malformed-request");
    expect(value(await hall.room.today(CLERK)).people.map(({ person }) => person.person)).toEqual(["s01"]);
    expect(sheetIn(value(await hall.room.sheet(DIRECTOR, "all", "2026-03"))).rows).toHaveLength(3);
    expect(hall.views).toEqual(["head sheet s02", "manager sheet s01,s02,s03"]);
  });

  test("a document filed twice under one key is one document; another body under it is refused", async () => {
    const hall = keptHall("2026-03-02T09:00");
    const leave = {
      kind: "leave",
      person: "s01",
      leave: "personal",
      from: "2026-03-03T08:00",
      to: "2026-03-03T09:00",
      special: false,
      reason: "x",
    } as never;
    const answers = [
      hall.room.file(CLERK, leave, "k1"),
      hall.room.file(CLERK, leave, "k1"),
      hall.room.file(CLERK, { ...(leave as object), reason: "y" } as never, "k1"),
    ];
    hall.pass(seconds(1));
    const [first, second, third] = await Promise.all(answers);
    expect(value(present(second, "second")).id).toBe(value(present(first, "first")).id);
    expect(codeOf(present(third, "third"))).toBe("key-reused");
    expect(bodiesOf(hall.events, "document.filed")).toHaveLength(1);
  });

  test("the active regulation is shown in its own words, with what the hall set and what is a default", () => {
    const hall = keptHall("2026-03-02T09:00");
    const policy = value(hall.room.policy());
    expect(policy.name.zh).toBe("县政务服务中心窗口管理制度");
    expect(policy.rules.find(({ id }) => id === "ATT-03")?.zh).toContain("迟到20分钟以上");
    expect(policy.values.find(({ path }) => path === "late.countFrom")).toMatchObject({
      origin: "regulation",
      rules: ["ATT-03", "AMB-01"],
    });
    expect(policy.values.find(({ path }) => path === "settings.summer")).toMatchObject({ origin: "hall" });
    expect(policy.values.find(({ path }) => path === "signals.walkS")).toMatchObject({ origin: "default" });
  });
});

test("what the ledger does not fold is passed over in the log, and nothing that it folds is", () => {
  const hall = new OfficeHall();
  hall.tap(1, "2026-03-02T07:58");
  hall.ticket();
  hall.tap(1, "2026-03-02T12:01");
  hall.reported("2026-03-02T12:00");
  const wanted = hall.events.filter((event) => WANTED.test(storedRecord(event)));
  expect(new Set(wanted.map(({ type }) => type)).isSubsetOf(new Set<string>(LEDGER_EVENTS))).toBe(true);
  expect(wanted.length).toBeLessThan(hall.events.length);
  const [all, some] = [ledgerOf(hall.events), ledgerOf(wanted)];
  const asOf = 1_800_000_000;
  const span = { from: 20_514, to: 20_515 };
  const judged = [all, some].map((ledger) => ledger.sessions(present(ledger.member(staffId(1)), "member"), span, asOf));
  expect(judged[0]).toEqual(judged[1]);
  expect(judged[0]?.length).toBeGreaterThan(0);
});
