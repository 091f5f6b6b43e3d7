// Proves which days a named month or week has, and that a period no hall can mean is none.
import { expect, test } from "vitest";
import { dateOf } from "../../../../../controller/core/attendance/hall-time.ts";
import { daysOf, weekOf } from "../../../../../controller/core/office/periods-named.ts";

const ends = (period: string): readonly string[] | null => {
  const span = daysOf(period);
  return span && [dateOf(span.from), dateOf(span.to)];
};

test.each([
  ["2026-02", "2026-02-01", "2026-02-28"],
  ["2028-02", "2028-02-01", "2028-02-29"],
  ["2026-12", "2026-12-01", "2026-12-31"],
  ["2199-12", "2199-12-01", "2199-12-31"],
  ["2026-W01", "2025-12-29", "2026-01-04"],
  ["2026-W53", "2026-12-28", "2027-01-03"],
])("%s is %s to %s", (period, from, to) => {
  expect(ends(period)).toEqual([from, to]);
});

test.each([
  "0000-01",
  "9999-12",
  "2200-01",
  "1969-12",
  "2026-13",
  "2026-00",
  "2026-W00",
  "2025-W53",
  "2026-1",
  "2026",
  "",
])("%j is no period", (period) => {
  expect(daysOf(period)).toBeNull();
});

test("every day lies in the week that names it", () => {
  for (let day = 20_000; day < 24_000; day += 1) {
    const week = daysOf(weekOf(day));
    expect(week && week.from <= day && day <= week.to).toBe(true);
  }
});
