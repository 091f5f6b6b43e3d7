import { dateOf, type DayNumber } from "./hall-time.ts";

export type PeriodLength = "month" | "quarter" | "year";

/** The period a day lies in: "2025-03", "2025-Q1", "2025". */
export function periodOf(day: DayNumber, length: PeriodLength): string {
  const date = dateOf(day);
  if (length === "year") return date.slice(0, 4);
  if (length === "month") return date.slice(0, 7);
  return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
}

/** Every period that `from` to `to` touches, in order. */
export function periodsIn(from: DayNumber, to: DayNumber, length: PeriodLength): string[] {
  const periods = new Set<string>();
  for (let day = from; day <= to; day += 1) periods.add(periodOf(day, length));
  return [...periods];
}
