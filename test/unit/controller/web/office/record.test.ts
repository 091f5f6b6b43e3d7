import { expect, test } from "vitest";
import type { SessionPicture } from "../../../../../controller/projections/attendance/attendance-pictures.ts";
import { weeksOf } from "../../../../../controller/web/pages/record/month-weeks.ts";
import { publishedWith } from "../../../../../controller/web/pages/record/objectable.ts";
import { findingsOf, markOfSession } from "../../../../../controller/web/pages/record/session-mark.ts";
import { scaleOf, secondsOf } from "../../../../../controller/web/pages/record/timeline-scale.ts";

// What the page of one person's month reckons by itself.

const days = (year: number, month: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    date: new Date(Date.UTC(year, month - 1, at + 1)).toISOString().slice(0, 10),
  }));

test.each([
  [2026, 3, 31, 6, 6], // The first is a Sunday.
  [2026, 6, 30, 5, 0], // The first is a Monday.
  [2027, 2, 28, 4, 0], // Whole weeks.
])("%i-%i stands in %s days, weeks from Monday", (year, month, count, weeks, ahead) => {
  const laid = weeksOf(days(year, month, count));
  expect(laid).toHaveLength(weeks);
  expect(laid.every((week) => week.length === 7)).toBe(true);
  expect(laid[0]?.filter((day) => day === null)).toHaveLength(ahead);
  expect(laid.flat().filter((day) => day !== null)).toHaveLength(count);
});

test("a month without days has no weeks", () => {
  expect(weeksOf([])).toEqual([]);
});

test("the timeline shows whole hours around all that happened, and keeps within the day", () => {
  const scale = scaleOf(["08:00:00", "12:00:00", "2026-03-02T07:55:00"]);
  expect([scale.fromHour, scale.toHour]).toEqual([7, 13]);
  expect([scale.at("07:00:00"), scale.at("10:00:00"), scale.at("13:00:00")]).toEqual([0, 50, 100]);
  expect([scale.at("05:00:00"), scale.at("23:00:00")]).toEqual([0, 100]);
  const whole = scaleOf(["00:05:00", "23:59:00"]);
  expect([whole.fromHour, whole.toHour]).toEqual([0, 24]);
  expect(scaleOf([]).at("13:00:00")).toBe(50);
  expect(secondsOf("2026-03-02T01:02:03")).toBe(3_723);
});

const SESSION: SessionPicture = {
  date: "2026-03-02",
  session: "am",
  from: "08:00:00",
  to: "12:00:00",
  state: "attended",
  in: "08:21:00",
  out: "12:00:00",
  inferred: [],
  lateS: 1_201,
  earlyS: 0,
  late: 1,
  early: 0,
  absence: 0,
  points: 0,
  leaveKind: null,
  flags: [],
  rules: [],
  taps: [],
  settled: true,
};

test("a verdict is said with its minutes, an unfinished one counts as a whole", () => {
  expect(findingsOf(SESSION).map(({ zh }) => zh)).toEqual(["出勤", "迟到 21 分钟"]);
  expect(markOfSession(SESSION)).toEqual({ zh: "迟", tone: "warn" });
  const ill = { ...SESSION, state: "leave", leaveKind: "sick", late: 0 } as const;
  expect([findingsOf(ill)[0]?.zh, markOfSession(ill)?.zh]).toEqual(["病假", "病"]);
  const absent = { ...SESSION, state: "absent", late: 0, absence: 1 } as const;
  expect(findingsOf(absent).map(({ zh }) => zh)).toEqual(["缺勤", "旷工 0.5 天"]);
  const unused: SessionPicture = { ...SESSION, state: "not-due", late: 0, flags: ["not-in-use"] };
  expect([findingsOf(unused).map(({ zh }) => zh), markOfSession(unused)?.zh]).toEqual([["未启用"], "未"]);
  const unsigned = { ...SESSION, lateS: 0, early: 1, earlyS: 0 };
  expect(findingsOf(unsigned).map(({ zh }) => zh)).toEqual(["出勤", "未签到，记迟到", "未签退，记早退"]);
});

test("an objection goes against the newest sheet that holds the day, never against a notice of absence", () => {
  const sheet = (from: string, to: string, publishedAtMs: number, what = "week") =>
    ({ from, to, publishedAtMs, what }) as Parameters<typeof publishedWith>[0][number];
  const [first, again] = [sheet("2026-03-02", "2026-03-08", 1), sheet("2026-03-01", "2026-03-31", 2, "month")];
  const absence = sheet("2026-03-01", "2026-03-31", 3, "absence");
  expect(publishedWith([first, again, absence], { date: "2026-03-08" })).toBe(again);
  expect(publishedWith([first, absence], { date: "2026-03-08" })).toBe(first);
  expect(publishedWith([first], { date: "2026-03-09" })).toBeNull();
});
