import { describe, expect, test } from "vitest";
import { AttendanceBook } from "../../../../../controller/core/attendance/attendance-book.ts";
import { markOf } from "../../../../../controller/core/attendance/cell-marks.ts";
import { daysOf } from "../../../../../controller/core/office/periods-named.ts";
import { ledgerOf } from "../../../../../controller/projections/attendance/attendance-ledger.ts";
import { cellsOf } from "../../../../../controller/projections/attendance/cell-codes.ts";
import { present } from "../../../../../protocol/index.ts";
import { staffId } from "../../../../support/test-hall.ts";
import { hallSecondsAt, instant, officeConfiguration, OfficeHall } from "../../core/office/office-rig.ts";

// What ended before a hall's first record is nobody's absence: there was nothing to tap at. A session under way then is
// late for nobody, and who leaves it early leaves early. County: 08:00 to 12:00 and 14:30 to 17:30 outside the summer.

const MONTH = present(daysOf("2026-03"), "month");
const OPENED_TODAY = { from: "2026-03-02" };

function firstDay(hall: OfficeHall, n: number): string {
  const ledger = hall.ledger();
  const day = { from: MONTH.from + 1, to: MONTH.from + 1 };
  const member = present(ledger.member(staffId(n)), "member");
  return cellsOf(day, ledger.sessions(member, day, hallSecondsAt(hall.now)));
}

function opened(at: string): OfficeHall {
  return new OfficeHall(OPENED_TODAY, instant(at));
}

const close = (hall: OfficeHall): OfficeHall => {
  hall.go("2026-03-02T19:00");
  hall.reported("2026-03-02T18:30");
  return hall;
};

describe("a hall that is opened for the first time in the middle of a day", () => {
  test("at noon: its morning is nobody's absence, its afternoon is judged", () => {
    const hall = opened("2026-03-02T12:20");
    hall.tap(1, "2026-03-02T14:20");
    hall.tap(1, "2026-03-02T17:40");
    expect([firstDay(close(hall), 1), firstDay(hall, 2)]).toEqual(["u,a", "u,x"]);
    expect(markOf({ code: "u", leaveKind: null })).toEqual({ zh: "未", tone: "open" });
  });

  test("at noon: a badge before the middle of the break is for the afternoon", () => {
    const hall = opened("2026-03-02T12:20");
    hall.tap(1, "2026-03-02T12:30");
    hall.tap(1, "2026-03-02T17:40");
    expect(firstDay(close(hall), 1)).toBe("u,a");
  });

  test("in the morning: nobody is late for it, and who never came cannot be told from who left without a sign", () => {
    const hall = opened("2026-03-02T10:00");
    hall.tap(1, "2026-03-02T10:05");
    hall.tap(1, "2026-03-02T12:01");
    expect([firstDay(close(hall), 1), firstDay(hall, 2)]).toEqual(["a,x", "u,x"]);
  });

  test("in the morning: who goes early goes early", () => {
    const hall = opened("2026-03-02T10:00");
    hall.tap(1, "2026-03-02T10:05");
    hall.tap(1, "2026-03-02T11:35");
    expect(firstDay(close(hall), 1)).toBe("aE,x");
  });

  test("before the doors open: the whole day is judged", () => {
    expect(firstDay(close(opened("2026-03-02T07:59")), 1)).toBe("x,x");
  });

  test("what is judged again later is the same", () => {
    const hall = opened("2026-03-02T10:00");
    hall.tap(1, "2026-03-02T10:05");
    close(hall);
    const before = firstDay(hall, 1);
    hall.go("2026-03-03T07:00");
    hall.run({ type: "start", version: "test", configuration: officeConfiguration(OPENED_TODAY) });
    expect(firstDay(hall, 1)).toBe(before);
  });

  test("its facts say so by themselves", () => {
    const hall = close(opened("2026-03-02T12:20"));
    const ledger = hall.ledger();
    const span = { from: MONTH.from + 1, to: MONTH.from + 1 };
    const facts = ledger.factsOf(span, hallSecondsAt(hall.now));
    const { policy, table: calendar } = present(ledger.regulation, "regulation");
    const book = new AttendanceBook({ policy, calendar, facts });
    expect(cellsOf(span, present(book.record(staffId(1)), "record").sessions)).toBe("u,x");
    expect(book.record(staffId(1))?.totals.sessionsDue).toBe(1);
  });
});

test("days before the log's first record are nobody's absence, whatever `from` says", () => {
  const hall = new OfficeHall({ from: "2026-02-23" }, instant("2026-03-02T07:00"));
  const week = present(daysOf("2026-W09"), "week");
  const ledger = hall.ledger();
  const member = present(ledger.member(staffId(1)), "member");
  const words = cellsOf(week, ledger.sessions(member, week, hallSecondsAt(hall.now)));
  expect(words).toBe("u,u|u,u|u,u|u,u|u,u|-,-|-,-");
});

// A hall whose attendance is configured in the middle of a day it had opened in the morning has that morning's badges.
test("attendance configured at noon judges the morning by the badges of that day", () => {
  const hall = new OfficeHall(OPENED_TODAY, instant("2026-03-02T07:00"));
  hall.tap(1, "2026-03-02T07:50");
  close(hall);
  const plain = present(
    hall.events.find((event) => event.type === "hall.configured"),
    "configuration",
  );
  const { attendance: _, ...without } = plain.data.configuration;
  const later = hall.events.findIndex(({ occurredAtMs }) => occurredAtMs >= instant("2026-03-02T12:00"));
  const moved = hall.events.map((event) => (event === plain ? { ...event, data: { configuration: without } } : event));
  const noon = { ...plain, recordedAtMs: instant("2026-03-02T12:10"), occurredAtMs: instant("2026-03-02T12:10") };
  const ledger = ledgerOf([...moved.slice(0, later), noon, ...moved.slice(later)]);
  const day = { from: MONTH.from + 1, to: MONTH.from + 1 };
  const member = present(ledger.member(staffId(2)), "member");
  expect(cellsOf(day, ledger.sessions(member, day, hallSecondsAt(hall.now)))).toBe("x,x");
});
