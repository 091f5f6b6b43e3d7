// Proves what stands beneath the month's sheet: who is fined for what (ATT-32), 未设定 where the text leaves the amount
// blank; days on which nobody patrolled, where the text wants that daily (ATT-08); and which window pays for what a
// substitute did (ATT-39).
import { describe, expect, test } from "vitest";
import { csvOf } from "../../../../controller/exports/sheet-csv.ts";
import { sheetIn } from "../../../../controller/exports/sheet-document.ts";
import { ruleLines } from "../../../../controller/exports/sheet-marks.ts";
import { epochMs } from "../../../../protocol/index.ts";
import {
  CLERK,
  DIRECTOR,
  HALF_PAST_EIGHT,
  INSPECTOR,
  OFFICE,
  OfficeHall,
  officeConfiguration,
} from "../core/office/office-rig.ts";

function sheetOf(policy: unknown, settings: object = {}) {
  const hall = new OfficeHall({ policy, settings });
  hall.tap(1, "2026-03-02T08:20");
  hall.tap(1, "2026-03-02T11:31");
  hall.go("2026-03-03T00:30");
  hall.reported("2026-03-02T17:30");
  return sheetFrom(hall);
}

function sheetFrom(hall: OfficeHall, unit = "all") {
  const at = {
    ledger: hall.ledger(),
    position: hall.hall.position,
    head: "0".repeat(64),
    recordedAtMs: epochMs(hall.now),
  };
  return sheetIn(at, unit, "2026-03");
}

const county = { summer: { from: "06-01", to: "09-30" } };
const fined = (sheet: ReturnType<typeof sheetOf>) => ruleLines(sheet).filter((line) => line.startsWith("扣款"));

test("ATT-32: counts with 金额未设定, and the sum once the hall has set the amounts", () => {
  const name = sheetOf("town-money").rows[0]?.person.name ?? "";
  const blank = `扣款　${name}　缺签0次、旷工0.5天：金额未设定`;
  expect(fined(sheetOf("town-money"))[0]).toBe(blank);
  expect(csvOf(sheetOf("town-money")).toString("utf8")).toContain(blank.replaceAll("　", ","));
  const priced = sheetOf({ extends: "town-money", fines: { perMissingSignIn: 20, perAbsenceDay: 100 } });
  expect(fined(priced)[0]).toBe(`扣款　${name}　缺签0次、旷工0.5天：50元`);
});

test("a regulation without fines has no such line", () => {
  expect(fined(sheetOf("county", county))).toEqual([]);
});

describe("ATT-08: days without a patrol are flagged in the month's report", () => {
  function patrolled(policy: string, moments: readonly string[], until: string) {
    const plain = officeConfiguration({ policy, settings: policy === "county" ? county : {} });
    const staff = plain.staff.map((person) =>
      person.id === "s03" ? { ...person, roles: ["inspector" as const] } : person,
    );
    const hall = new OfficeHall({ policy, settings: policy === "county" ? county : {} });
    hall.run({ type: "start", version: "test", configuration: { ...plain, staff } });
    for (const moment of moments) hall.tap(3, moment, 1);
    hall.go(until);
    return sheetFrom(hall);
  }

  test("an inspector's badge at a window is a patrol, and a rest day is asked for none", () => {
    const sheet = patrolled("county", ["2026-03-02T09:00", "2026-03-04T16:00"], "2026-03-09T00:01");
    expect(sheet.patrols).toEqual({ days: 5, missing: ["2026-03-03", "2026-03-05", "2026-03-06"] });
    const line = "巡查　5个工作日中3日无巡查记录：03-03、03-05、03-06";
    expect(ruleLines(sheet)).toContain(line);
    expect(csvOf(sheet).toString("utf8")).toContain(line.replaceAll("　", ","));
  });

  test("a day counts once its last session is over", () => {
    expect(patrolled("county", [], "2026-03-02T17:29:59").patrols).toEqual({ days: 0, missing: [] });
    expect(patrolled("county", [], "2026-03-02T17:30:00").patrols).toEqual({ days: 1, missing: ["2026-03-02"] });
    expect(ruleLines(patrolled("county", ["2026-03-02T09:00"], "2026-03-02T18:00"))).toContain(
      "巡查　1个工作日均有巡查记录",
    );
  });

  test("where the text asks for no daily patrol nothing is said", () => {
    expect(patrolled("hall-0830", [], "2026-03-09T00:01").patrols).toBeUndefined();
  });
});

describe("ATT-39: what a substitute does wrong counts against the window", () => {
  const leave = { kind: "leave", person: "s01", leave: "personal", substitute: "s03" };
  const morning = { from: "2026-03-02T08:30", to: "2026-03-02T12:00" };
  const finding = { kind: "finding", finding: "error", date: "2026-03-02", session: "am" };

  function notes(policy: string, persons: readonly string[], more: object = {}) {
    const hall = new OfficeHall({ policy, settings: HALF_PAST_EIGHT });
    const asked = hall.filed(CLERK, { ...leave, ...morning });
    expect(hall.sign(DIRECTOR, asked, "approve")).toBe("holds");
    hall.go("2026-03-05T18:00");
    hall.filed(INSPECTOR, { ...finding, persons, ...more });
    const sheet = sheetFrom(hall);
    return { marks: sheet.windowMarks, lines: ruleLines(sheet).filter((line) => line.startsWith("窗口考核")) };
  }

  test("of whoever stood in that day, at the window of whoever was on leave; its points are 未设定", () => {
    const { marks, lines } = notes("xiangzhen-a", ["s03"]);
    expect(marks).toEqual([{ counter: "1", person: "s03", date: "2026-03-02", finding: "error" }]);
    expect(lines).toEqual(["窗口考核　1号窗口　代岗人员职员3　03-02 推诿、失误：扣分，分值未设定"]);
  });

  test("not of others, nor on another day, nor under another regulation", () => {
    expect(notes("xiangzhen-a", ["s02"]).marks).toEqual([]);
    expect(notes("xiangzhen-a", ["s03"], { date: "2026-03-03" }).marks).toEqual([]);
    expect(notes("hall-0830", ["s03"]).marks).toBeUndefined();
  });

  test("a unit's own sheet names nobody of another's", () => {
    const hall = new OfficeHall({
      policy: "xiangzhen-a",
      settings: HALF_PAST_EIGHT,
      units: [{ id: "tax", name: { zh: "税务局", en: "Tax" }, staff: ["s03"] }],
    });
    hall.filed(OFFICE, { kind: "cover", person: "s03", covers: "s01", from: "2026-03-02", to: "2026-03-02" });
    hall.go("2026-03-05T18:00");
    hall.filed(INSPECTOR, { ...finding, persons: ["s03"] });
    const marksIn = (unit: string) => sheetFrom(hall, unit).windowMarks?.length;
    expect([marksIn("all"), marksIn("tax"), marksIn("centre")]).toEqual([1, 1, 0]);
  });

  test("by a cover that was filed, at the window it names", () => {
    const hall = new OfficeHall({ policy: "xiangzhen-a", settings: HALF_PAST_EIGHT });
    const days = { from: "2026-03-03", to: "2026-03-04" };
    hall.filed(OFFICE, { kind: "cover", person: "s03", covers: "s01", counter: "2", ...days });
    hall.go("2026-03-05T18:00");
    for (const date of ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"])
      hall.filed(INSPECTOR, { ...finding, finding: "left-post", persons: ["s03"], date });
    expect(sheetFrom(hall).windowMarks?.map(({ counter, date }) => [counter, date])).toEqual([
      ["2", "2026-03-03"],
      ["2", "2026-03-04"],
    ]);
  });
});
