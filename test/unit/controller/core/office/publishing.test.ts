// Proves when a sheet may be hung up, what objections to it are worth, and that late data makes another version with
// the difference shown: nothing that was published is changed.
import { describe, expect, test } from "vitest";
import { atOnce } from "../../../../../controller/office/in-turns.ts";
import { differencesIn } from "../../../../../controller/projections/attendance/cell-codes.ts";
import { publicationPicture } from "../../../../../controller/projections/attendance/document-pictures.ts";
import { daysOf } from "../../../../../controller/core/office/periods-named.ts";
import { reportDue } from "../../../../../controller/core/office/reporting.ts";
import { publicationsDue } from "../../../../../controller/core/office/publishing.ts";
import { present } from "../../../../../protocol/index.ts";
import { staffId } from "../../../../support/test-hall.ts";
import { CLERK, HALF_PAST_EIGHT, hallSecondsAt, DIRECTOR, instant, OFFICE, OfficeHall } from "./office-rig.ts";

const WEEK = "2026-W10";

/** A week in which clerk 1 came on Monday morning alone, and everybody has reported. */
function weekOver(): OfficeHall {
  const hall = new OfficeHall();
  hall.tap(1, "2026-03-02T07:58");
  hall.tap(1, "2026-03-02T12:00:30");
  hall.go("2026-03-09T09:00");
  hall.reported("2026-03-06T17:30");
  return hall;
}

describe("hanging up", () => {
  test("not while a terminal has not reported (principle 5), nor before the week is over", () => {
    const hall = new OfficeHall();
    hall.go("2026-03-07T09:00");
    expect(hall.publish(DIRECTOR, "week", WEEK)).toBe("not-over");
    hall.go("2026-03-09T08:00");
    expect(hall.publish(DIRECTOR, "week", WEEK)).toBe("not-reported");
    hall.reported("2026-03-06T17:29");
    expect(hall.publish(DIRECTOR, "week", WEEK)).toBe("not-reported");
    hall.reported("2026-03-06T17:30");
    expect(hall.publish(CLERK, "week", WEEK)).toBe("not-yours");
    expect(hall.publish(DIRECTOR, "week", WEEK)).toMatchObject({
      data: { version: 1, from: "2026-03-02", to: "2026-03-08" },
    });
    expect(hall.publish(DIRECTOR, "week", WEEK)).toBe("unchanged");
  });

  test("terminals are asked once the time for signing out is over, to the second", () => {
    const hall = new OfficeHall();
    const dueAt = (moment: string) => reportDue(hall.hall, instant(moment))?.untilMs;
    expect(dueAt("2026-03-02T12:29:59")).toBe(instant("2026-03-02T00:00"));
    expect(dueAt("2026-03-02T12:30:00")).toBe(instant("2026-03-02T12:00"));
  });

  test("AMB-46: by the clock on the next Monday at nine, once, and only when it is settled", () => {
    const hall = weekOver();
    hall.now = (hall.now - 1_000) as typeof hall.now;
    expect(publicationsDue(hall.hall, hall.now)).toEqual([]);
    hall.now = (hall.now + 1_000) as typeof hall.now;
    expect(publicationsDue(hall.hall, hall.now)).toEqual([{ what: "week", period: WEEK }]);
    hall.publish(null, "week", WEEK);
    expect(publicationsDue(hall.hall, hall.now)).toEqual([]);
  });

  test("a list of absences names those alone who have one", () => {
    const hall = weekOver();
    const published = hall.publish(OFFICE, "absence", WEEK);
    expect(published).toMatchObject({ data: { lines: [{ person: "s01" }, { person: "s02" }, { person: "s03" }] } });
    expect(published).toMatchObject({ data: { lines: [{ cells: "a,x|x,x|x,x|x,x|x,x|-,-|-,-" }, {}, {}] } });
  });
});

describe("ATT-19, ATT-30, ATT-51: the month's report", () => {
  function monthOver(policy: string): OfficeHall {
    const hall = new OfficeHall(policy === "county" ? {} : { policy, settings: HALF_PAST_EIGHT });
    hall.go("2026-04-01T08:59:59");
    hall.reported("2026-03-31T17:30");
    return hall;
  }

  test.each([
    ["county", ["所在单位"], ["ATT-19"]],
    ["baodi", ["中心主任各一份", "督查科存档"], ["ATT-30"]],
    ["jiayuguan", ["派出部门"], ["ATT-51", "PER-81"]],
  ])("%s: by the clock on the first of the next month, and to whom the text says", (policy, names, rules) => {
    const hall = monthOver(policy);
    const month = { what: "month", period: "2026-03" } as const;
    expect(publicationsDue(hall.hall, hall.now)).not.toContainEqual(month);
    hall.go("2026-04-01T09:00");
    expect(publicationsDue(hall.hall, hall.now)).toContainEqual(month);
    const published = hall.publish(null, "month", "2026-03");
    expect(published).toMatchObject({ data: { rules, sentTo: names.map((zh) => ({ zh })) } });
    expect(publicationsDue(hall.hall, hall.now)).not.toContainEqual(month);
  });

  test("a week is hung up and sent to nobody; a regulation without a report asks for none", () => {
    const hall = weekOver();
    expect(hall.publish(null, "week", WEEK)).not.toHaveProperty("data.sentTo");
    expect(publicationsDue(monthOver("xiangzhen-c").hall, instant("2026-04-01T09:00"))).toEqual([]);
  });

  test("ATT-46: published at intervals that the hall sets", () => {
    const policy = { extends: "xiangzhen-c", publish: { every: "month" } };
    const hall = new OfficeHall({ policy, settings: HALF_PAST_EIGHT });
    hall.go("2026-04-01T09:00");
    hall.reported("2026-03-31T17:30");
    expect(publicationsDue(hall.hall, hall.now)).toEqual([{ what: "month", period: "2026-03" }]);
  });
});

describe("AC-27: objections", () => {
  const object = (hall: OfficeHall, publication: string, date = "2026-03-03") =>
    hall.file(CLERK, { kind: "objection", person: "s01", publication, date, session: "am" });

  test("until the second day's end; a later one is kept as 逾期无效异议", () => {
    const hall = weekOver();
    const published = hall.publish(null, "week", WEEK);
    if (typeof published === "string") throw new Error(published);
    const id = published.data.publicationId;
    hall.go("2026-03-11T23:59:59");
    const inTime = object(hall, id);
    expect(inTime).toMatchObject({ state: "waiting", rules: ["ATT-18", "AMB-07"] });
    hall.go("2026-03-12T00:00");
    expect(object(hall, id)).toMatchObject({ state: "late", due: [] });
    if (typeof inTime === "string") throw new Error(inTime);
    expect(hall.sign(DIRECTOR, inTime, "approve", { note: "更正" })).toBe("holds");
  });

  test("a day that is not in the sheet has nothing to object to", () => {
    const hall = weekOver();
    const published = hall.publish(null, "week", WEEK);
    if (typeof published === "string") throw new Error(published);
    expect(object(hall, published.data.publicationId, "2026-03-10")).toBe("not-published");
  });
});

describe("late data", () => {
  test("a tap that comes days later makes a second version, and the first one still says what it said", () => {
    const hall = weekOver();
    const first = hall.publish(null, "week", WEEK);
    hall.tap(1, "2026-03-03T07:59");
    hall.tap(1, "2026-03-03T12:01");
    const ledger = hall.ledger();
    const [published] = ledger.published;
    const { lines } = present(published, "publication");
    const member = present(ledger.member(staffId(1)), "member");
    const span = present(daysOf(WEEK), "week");
    const line = present(
      lines.find(({ person }) => person === "s01"),
      "line",
    );
    const now = ledger.sessions(member, span, hallSecondsAt(hall.now));
    expect(differencesIn("s01", span, line.cells, now)).toEqual([
      { person: "s01", date: "2026-03-03", session: "am", before: "x", after: "a" },
    ]);
    const at = { atMs: hall.now, asOf: hallSecondsAt(hall.now) };
    const regulation = present(ledger.regulation, "regulation");
    const picture = atOnce(publicationPicture(ledger, regulation, present(published, "publication"), at, () => true));
    expect(picture.differences).toMatchObject([{ person: "s01", name: "职员1", before: "x", after: "a" }]);
    const second = hall.publish(DIRECTOR, "week", WEEK);
    expect(second).toMatchObject({ data: { version: 2 } });
    expect(hall.events).toContain(first);
    expect(hall.hall.office?.publications.size).toBe(2);
  });

  test("once objections are closed the sheet is locked: what is new goes into the next period", () => {
    const hall = weekOver();
    hall.publish(null, "week", WEEK);
    hall.tap(1, "2026-03-03T07:59");
    hall.go("2026-03-12T00:00");
    expect(hall.publish(DIRECTOR, "week", WEEK)).toBe("locked");
  });
});

test("ISO weeks: the first of a year, and the fifty-third where there is one", () => {
  const dates = (period: string) => {
    const span = daysOf(period);
    return span === null
      ? null
      : [span.from, span.to].map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
  };
  expect(dates("2026-W01")).toEqual(["2025-12-29", "2026-01-04"]);
  expect(dates("2026-W53")).toEqual(["2026-12-28", "2027-01-03"]);
  expect(dates("2025-W53")).toBeNull();
  expect(dates("2026-02")).toEqual(["2026-02-01", "2026-02-28"]);
  expect(dates("2026-13")).toBeNull();
});
