import { expect, test } from "vitest";
import { periodWords } from "../../../../../controller/core/office/period-words.ts";
import { codeWords } from "../../../../../controller/core/attendance/code-words.ts";
import { officeWords, stateWords } from "../../../../../controller/web/pages/office/office-words.ts";
import { stretchWords } from "../../../../../controller/web/pages/leave/stretch-words.ts";
import { differenceWords } from "../../../../../controller/web/pages/sheet/difference-words.ts";

// No id and no code of the hall's stands on a page as it is: periods, verdicts and counts are said in words.

test.each([
  ["2026-W47", "2026年第47周", "week 47 of 2026"],
  ["2027-W01", "2027年第1周", "week 1 of 2027"],
  ["2026-03", "2026年3月", "March 2026"],
  ["2026-Q4", "2026年第4季度", "quarter 4 of 2026"],
  ["2026", "2026年", "2026"],
  ["nonsense", "nonsense", "nonsense"],
])("the period %s is called %s", (period, zh, en) => {
  expect(periodWords(period)).toEqual({ zh, en });
});

test.each([
  ["a", "出勤", "attended"],
  ["aLE", "迟到、早退", "late, early"],
  ["aS?", "轻微迟到、待确认", "slightly late, to be confirmed"],
  ["x", "旷工", "absent"],
  ["l", "请假", "on leave"],
  ["u", "未启用", "not yet in use"],
  ["", "无记录", "no entry"],
])("the published code %j says %s", (code, zh, en) => {
  expect(codeWords(code)).toEqual({ zh, en });
});

test("what has changed since a publication is said in words", () => {
  expect(differenceWords({ session: "am", before: "x", after: "aL" })).toEqual({
    zh: "上午：旷工 → 迟到",
    en: "Morning: absent → late",
  });
});

test("two half days of cover: two working days in a row, one day of the year, each with its unit", () => {
  expect(stretchWords({ run: 2, year: 1 })).toEqual({
    zh: "连续 2 个工作日（半天也计一日），本年累计 1 天（半天计 0.5 天）",
    en: "2 working days in a row (half a day counts as one), 1 day this year (half a day counts 0.5)",
  });
});

test("who approved is a person's office, and what holds is valid", () => {
  expect(officeWords({ role: "correction" }).en).toBe("the approver of corrections");
  expect(officeWords({ role: "objection" }).en).toBe("the one who answers objections");
  expect(stateWords({ kind: "leave", state: "holds" }).words).toEqual({ zh: "有效", en: "Valid" });
});
