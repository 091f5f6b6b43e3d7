// The periods of the sheet page: weeks are ISO weeks also around New Year, and a step on or back meets the next one.
import { expect, test } from "vitest";
import { firstDay, periodBeside, periodOf, spanOf } from "../../../../../controller/web/pages/office/period.ts";

test.each([
  ["2026-03-02", "2026-W10"],
  ["2026-03-08", "2026-W10"],
  ["2027-01-03", "2026-W53"],
  ["2024-12-30", "2025-W01"],
  ["2025-12-31", "2026-W01"],
])("%s lies in week %s", (date, week) => {
  expect(periodOf("week", date)).toBe(week);
  expect(periodOf("month", date)).toBe(date.slice(0, 7));
});

test.each([
  ["2026-W10", "2026-03-02"],
  ["2025-W01", "2024-12-30"],
  ["2026-W53", "2026-12-28"],
  ["2026-03", "2026-03-01"],
])("%s begins on %s", (period, date) => {
  expect(firstDay(period)).toBe(date);
  expect(periodOf(spanOf(period), date)).toBe(period);
});

test.each([
  ["2026-12", 1, "2027-01"],
  ["2026-01", -1, "2025-12"],
  ["2026-W53", 1, "2027-W01"],
  ["2026-W01", -1, "2025-W52"],
])("beside %s by %i lies %s", (period, ahead, next) => {
  expect(periodBeside(period, ahead)).toBe(next);
  expect(periodBeside(next, -ahead)).toBe(period);
});
