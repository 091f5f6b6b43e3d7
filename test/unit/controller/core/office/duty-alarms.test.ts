// Proves what the hall says of itself while it lasts: standing in too long (ATT-56), too few windows open (HRS-14),
// lunch duty that nobody keeps (HRS-13), a hand-over due (ATT-67), somebody who signed in and did nothing (ATT-75).
import { describe, expect, test } from "vitest";
import { atOnce } from "../../../../../controller/office/in-turns.ts";
import { casesOf } from "../../../../../controller/projections/attendance/attendance-sheet.ts";
import { dutyAlarmLines } from "../../../../../controller/projections/duty-alarm-lines.ts";
import { daysOf } from "../../../../../controller/core/office/periods-named.ts";
import { present } from "../../../../../protocol/index.ts";
import { bodiesOf } from "../../../../support/test-events.ts";
import { badge } from "../../../../support/test-hall.ts";
import { CLERK, HALF_PAST_EIGHT, type HallAsked, instant, OfficeHall, officeConfiguration } from "./office-rig.ts";

const raised = (hall: OfficeHall, kind: string) =>
  bodiesOf(hall.events, "alarm.raised").filter((alarm) => alarm.kind === kind);
const cleared = (hall: OfficeHall, kind: string) =>
  bodiesOf(hall.events, "alarm.cleared").filter((alarm) => alarm.kind === kind);
const standing = (hall: OfficeHall): string[] => dutyAlarmLines(hall.hall).map(({ code }) => code);

/** The working days from Monday 2 March 2026 on; nobody rests but on Saturdays and Sundays. */
const workday = (nth: number): string => {
  const days = (nth - 1) % 5;
  const monday = Date.UTC(2026, 2, 2) + Math.floor((nth - 1) / 5) * 7 * 86_400_000;
  return new Date(monday + days * 86_400_000).toISOString().slice(0, 10);
};

describe("ATT-56: standing in, as it happens", () => {
  const JIAYUGUAN: HallAsked = { policy: "jiayuguan", settings: HALF_PAST_EIGHT };
  function coverDays(hall: OfficeHall, from: number, to: number): void {
    for (let nth = from; nth <= to; nth += 1) {
      hall.go(`${workday(nth)}T00:01`);
      hall.tap(3, `${workday(nth)}T08:20`, 1);
      hall.go(`${workday(nth)}T08:21`);
      hall.tap(3, `${workday(nth)}T11:55`, 1);
      hall.go(`${workday(nth)}T11:56`);
    }
  }

  test("AC-41: nothing to the 17th working day, told on the 18th, an alarm on the 21st and not on the 20th", () => {
    const hall = new OfficeHall(JIAYUGUAN);
    coverDays(hall, 1, 17);
    expect(raised(hall, "cover-near")).toEqual([]);
    coverDays(hall, 18, 20);
    expect(raised(hall, "cover-near").map(({ count, limit }) => [count, limit])).toEqual([
      [18, 20],
      [19, 20],
      [20, 20],
    ]);
    expect(raised(hall, "cover-limit")).toEqual([]);
    coverDays(hall, 21, 21);
    expect(raised(hall, "cover-limit")).toMatchObject([
      { counterId: "1", staffIds: ["s03", "s01"], count: 21, limit: 20, rules: ["ATT-56", "AMB-33"] },
    ]);
  });

  test("AC-41: it lasts as long as B stands there, and the hall page says who, for whom and the day", () => {
    const hall = new OfficeHall(JIAYUGUAN);
    coverDays(hall, 1, 20);
    hall.go(`${workday(21)}T00:01`);
    hall.tap(3, `${workday(21)}T08:20`, 1);
    hall.go(`${workday(21)}T08:21`);
    expect(dutyAlarmLines(hall.hall)).toMatchObject([
      { code: "cover-limit", sinceMs: instant(`${workday(21)}T08:20`) },
    ]);
    expect(dutyAlarmLines(hall.hall)[0]?.text.zh).toBe("超过代岗期限：职员3代职员1 21/20 个工作日");
    hall.tap(3, `${workday(21)}T11:55`, 1);
    hall.go(`${workday(21)}T11:56`);
    expect(standing(hall)).toEqual([]);
    expect(cleared(hall, "cover-limit")).toHaveLength(1);
  });

  test("a whole day that A works begins the stretch anew, and a regulation without limits has no alarm", () => {
    const hall = new OfficeHall(JIAYUGUAN);
    coverDays(hall, 1, 17);
    coverDays(hall, 19, 21);
    expect(raised(hall, "cover-near")).toEqual([]);
    const county = new OfficeHall();
    coverDays(county, 1, 21);
    expect(bodiesOf(county.events, "alarm.raised")).toEqual([]);
  });
});

describe("HRS-14: the duty table", () => {
  const asked = (staffing: object): HallAsked => ({ policy: "std", settings: {}, staffing: [staffing] });
  const both = asked({ service: "apply", windows: 2, from: "08:00", to: "11:00" });

  test("fewer windows than asked for, after the grace and not a second before", () => {
    const hall = new OfficeHall(both);
    hall.tap(1, "2026-03-02T07:50");
    hall.go("2026-03-02T08:04:59");
    expect(raised(hall, "understaffed")).toEqual([]);
    hall.go("2026-03-02T08:05:00");
    expect(raised(hall, "understaffed")).toMatchObject([
      { serviceId: "apply", count: 1, limit: 2, rules: ["HRS-14", "ATT-71"], sinceMs: instant("2026-03-02T08:00") },
    ]);
    hall.tap(2, "2026-03-02T08:06");
    hall.go("2026-03-02T08:06:01");
    expect(standing(hall)).toEqual([]);
  });

  test("a window that is paused is not open: counted from the pause", () => {
    const hall = new OfficeHall(both);
    hall.tap(1, "2026-03-02T07:50");
    hall.tap(2, "2026-03-02T07:51");
    hall.go("2026-03-02T09:00");
    hall.input(2, "pause");
    hall.go("2026-03-02T09:04:59");
    expect(standing(hall)).toEqual([]);
    hall.go("2026-03-02T09:05:00");
    expect(standing(hall)).toEqual(["understaffed"]);
    hall.input(2, "resume");
    hall.go("2026-03-02T09:05:01");
    expect(standing(hall)).toEqual([]);
  });

  test("one window is enough where one is asked for: the shortage begins with the last to close", () => {
    const hall = new OfficeHall(asked({ service: "apply", windows: 1 }));
    hall.tap(1, "2026-03-02T07:50");
    hall.tap(2, "2026-03-02T07:51");
    hall.go("2026-03-02T09:00");
    hall.input(1, "pause");
    hall.go("2026-03-02T09:30");
    hall.input(2, "pause");
    hall.go("2026-03-02T09:34:59");
    expect(standing(hall)).toEqual([]);
    hall.go("2026-03-02T09:35");
    expect(raised(hall, "understaffed")).toMatchObject([{ count: 0, limit: 1, sinceMs: instant("2026-03-02T09:30") }]);
  });

  test("outside the hours of its row, at noon and on a rest day nobody is asked for", () => {
    const hall = new OfficeHall(both);
    hall.go("2026-03-02T10:59:59");
    expect(standing(hall)).toContain("understaffed");
    for (const moment of ["2026-03-02T11:00:00", "2026-03-02T12:30", "2026-03-02T15:00"]) {
      hall.go(moment);
      expect([moment, standing(hall)]).toEqual([moment, []]);
    }
    hall.go("2026-03-07T00:01");
    hall.go("2026-03-07T09:00");
    expect(standing(hall)).toEqual([]);
  });

  test.each([
    ["a service that is none", { service: "nothing", windows: 1 }, "service"],
    ["more windows than serve it", { service: "apply", windows: 3 }, "windows"],
    ["hours backwards", { service: "apply", windows: 1, from: "10:00", to: "10:00" }, "to"],
  ])("%s is refused with its place", (_, row, place) => {
    expect(() => officeConfiguration(asked(row))).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ path: ["attendance", "staffing", 0, place] })] }),
    );
  });
});

test("HRS-13: at noon nobody of lunch duty is at a window; it ends with whoever comes", () => {
  const hall = new OfficeHall({}, undefined, { lunchDuty: [{ staff: ["s01", "s02"] }] });
  hall.tap(1, "2026-03-02T07:50");
  hall.go("2026-03-02T12:30");
  expect(standing(hall)).toEqual([]);
  hall.tap(1, "2026-03-02T12:30:10");
  hall.tap(1, "2026-03-02T12:30:15"); // Out.
  hall.go("2026-03-02T12:35:09");
  expect(standing(hall)).toEqual([]);
  hall.go("2026-03-02T12:35:15");
  expect(raised(hall, "lunch-unmanned")).toMatchObject([{ staffIds: ["s01", "s02"] }]);
  hall.tap(2, "2026-03-02T12:40");
  hall.go("2026-03-02T12:40:01");
  expect(standing(hall)).toEqual([]);
});

describe("turns at 绍兴's integrated windows", () => {
  const TURNS = [
    { counter: "1", from: "2026-01-05", to: "2026-03-15", staff: ["s01"], backups: ["s03"] },
    { counter: "1", from: "2026-03-16", to: "2026-12-31", staff: ["s02"], backups: ["s03"] },
  ];
  const asked: HallAsked = { policy: "shaoxing", settings: HALF_PAST_EIGHT, turns: TURNS };
  const everywhere = { staff: { s01: ["1"], s02: ["1", "2"], s03: ["2"] } };
  const turnHall = (now?: number) => new OfficeHall(asked, now, {}, everywhere.staff);

  test("AC-49: the hand-over is due seven days before, until both have badged at the window (ATT-67)", () => {
    const hall = turnHall();
    hall.go("2026-03-08T00:01");
    expect(raised(hall, "hand-over-due")).toEqual([]);
    hall.go("2026-03-09T00:00:00");
    hall.go("2026-03-09T00:00:01");
    expect(raised(hall, "hand-over-due")).toMatchObject([
      { counterId: "1", staffIds: ["s01", "s02"], rules: ["ATT-67"], sinceMs: instant("2026-03-09T00:00") },
    ]);
    hall.tap(2, "2026-03-09T08:20", 1);
    hall.go("2026-03-09T08:21");
    expect(standing(hall)).toEqual(["hand-over-due"]);
    hall.tap(1, "2026-03-09T08:22", 2); // Not there.
    hall.tap(1, "2026-03-09T08:23");
    hall.go("2026-03-09T08:24");
    expect(standing(hall)).toEqual([]);
    hall.go("2026-03-09T09:00");
    expect(raised(hall, "hand-over-due")).toHaveLength(1);
  });

  test("one that nobody kept is over with the turn's first day, and on record", () => {
    const hall = turnHall();
    for (const day of ["09", "10", "16", "17"]) {
      hall.go(`2026-03-${day}T00:01`);
      hall.go(`2026-03-${day}T00:02`);
      expect([day, standing(hall)]).toEqual([day, day === "17" ? [] : ["hand-over-due"]]);
    }
    expect([raised(hall, "hand-over-due").length, cleared(hall, "hand-over-due").length]).toEqual([1, 1]);
  });

  test("ATT-66: the window takes those alone whose turn it is, their backups among them", () => {
    const hall = turnHall();
    hall.tap(2, "2026-03-02T08:20", 1);
    expect(hall.counter(1)).toMatchObject({ onDuty: null, lastBadge: { effect: "refused-wrong-window" } });
    hall.tap(3, "2026-03-02T08:21", 1);
    expect(hall.counter(1).onDuty).toBe("s03");
    hall.go("2026-03-16T00:01");
    hall.tap(1, "2026-03-16T08:20", 1);
    expect(hall.counter(1).onDuty).toBeNull();
    hall.tap(2, "2026-03-16T08:21", 1);
    expect(hall.counter(1).onDuty).toBe("s02");
  });

  test("AC-49: who cannot come says so by the working day before; on the day itself it is late (ATT-68)", () => {
    const leave = { kind: "leave", person: "s01", leave: "personal", from: "2026-03-09T08:30", to: "2026-03-09T12:00" };
    const hall = turnHall();
    hall.go("2026-03-06T23:59:59"); // Friday; the Sunday before is no working day.
    expect(hall.file(CLERK, leave)).toMatchObject({ state: "waiting" });
    const late = turnHall();
    late.go("2026-03-07T00:00:00");
    expect(late.file(CLERK, leave)).toBe("not-in-advance");
    expect(late.file(CLERK, { ...leave, special: true })).toMatchObject({ state: "waiting" });
    const trip = { ...leave, leave: "business", from: "2026-03-09T14:00", to: "2026-03-09T17:00" };
    expect(late.file(CLERK, trip)).toMatchObject({ state: "waiting" });
  });

  test.each([
    ["turns of one window that overlap", [TURNS[0], { ...TURNS[1], from: "2026-03-15" }], [1, "from"], "TURNS_OVERLAP"],
    ["a turn backwards", [{ ...TURNS[0], to: "2026-01-04" }], [0, "to"], "TURN_REVERSED"],
    ["a window that is none", [{ ...TURNS[0], counter: "9" }], [0, "counter"], "not defined"],
    ["an unknown person", [{ ...TURNS[0], staff: ["nobody"] }], [0, "staff"], "not defined"],
    ["a day that does not exist", [{ ...TURNS[0], to: "2026-02-30" }], [0, "to"], "not a date"],
  ])("%s: refused with its place", (_, turns, place, why) => {
    expect(() => officeConfiguration({ ...asked, turns })).toThrow(
      expect.objectContaining({
        issues: [
          expect.objectContaining({
            path: ["attendance", "turns", ...place],
            message: expect.stringContaining(why) as unknown,
          }),
        ],
      }),
    );
  });
});

describe("ATT-75: signed in, and nothing done while people wait", () => {
  function waiting(): OfficeHall {
    const hall = new OfficeHall();
    hall.tap(1, "2026-03-02T07:50");
    hall.go("2026-03-02T08:10");
    hall.ticket();
    return hall;
  }

  test("after thirty minutes of waiting, not a second before; a call ends it", () => {
    const hall = waiting();
    hall.go("2026-03-02T08:39:59");
    expect(raised(hall, "no-activity")).toEqual([]);
    hall.go("2026-03-02T08:40:00");
    expect(raised(hall, "no-activity")).toMatchObject([{ counterId: "1", staffIds: ["s01"], rules: ["ATT-75"] }]);
    hall.input(1, "call-next");
    hall.go("2026-03-02T08:40:01");
    expect(standing(hall)).toEqual([]);
  });

  test("work counts: thirty minutes from the last of it", () => {
    const hall = waiting();
    hall.ticket();
    hall.go("2026-03-02T08:30");
    hall.input(1, "call-next");
    hall.go("2026-03-02T08:31");
    hall.input(1, "service-started", hall.visit(1));
    hall.go("2026-03-02T08:50");
    hall.input(1, "service-finished", hall.visit(1));
    hall.go("2026-03-02T09:19:59");
    expect(raised(hall, "no-activity")).toEqual([]);
    hall.go("2026-03-02T09:20:00");
    expect(raised(hall, "no-activity")).toHaveLength(1);
  });

  test("nobody waits, or the window is paused with its reason: no suspicion", () => {
    const idle = new OfficeHall();
    idle.tap(1, "2026-03-02T07:50");
    idle.go("2026-03-02T10:00");
    expect(standing(idle)).toEqual([]);
    const paused = waiting();
    paused.input(1, "pause");
    paused.go("2026-03-02T10:00");
    expect(standing(paused)).toEqual([]);
  });

  test("it opens a case against that person's tap, and changes no verdict", () => {
    const hall = waiting();
    hall.go("2026-03-02T08:40:00");
    hall.input(1, "badge-presented", { badge: badge(9) });
    const ledger = hall.ledger();
    const span = present(daysOf("2026-03"), "month");
    const cases = atOnce(casesOf(ledger, ledger.people(), span, () => []));
    expect(cases).toMatchObject([
      { kind: "no-activity", persons: ["s01"], taps: [{ person: "s01", direction: "in" }] },
    ]);
    const before = casesOf(ledger, ledger.people(), { from: span.from - 60, to: span.from - 1 }, () => []);
    expect(atOnce(before)).toEqual([]);
  });
});
