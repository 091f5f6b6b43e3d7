import { Temporal } from "../../../protocol/index.ts";
import { DAY_S, dateOf, type DayNumber, dayNumber, weekdayOf } from "../attendance/hall-time.ts";

export interface DaySpan {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** The days of "2025-03", or of the ISO week "2025-W10"; null when there is no such period. */
export function daysOf(period: string): DaySpan | null {
  const week = /^(\d{4})-W(\d{2})$/u.exec(period);
  if (week !== null) return weekDays(Number(week[1]), Number(week[2]));
  const from = dayNumber(`${period}-01`);
  if (from === null || !/^\d{4}-\d{2}$/u.test(period)) return null;
  return { from, to: from + Temporal.PlainYearMonth.from(period).daysInMonth - 1 };
}

/** ISO 8601: week 1 is the one with 4 January in it. */
function weekDays(year: number, week: number): DaySpan | null {
  const fourth = dayNumber(`${year}-01-04`);
  if (fourth === null || week < 1) return null;
  const from = fourth - weekdayOf(fourth) + 1 + (week - 1) * 7;
  return weekOf(from) === nameOf(year, week) ? { from, to: from + 6 } : null;
}

/** The ISO week in which a day lies. */
export function weekOf(day: DayNumber): string {
  const thursday = day - weekdayOf(day) + 4;
  const year = Number(dateOf(thursday).slice(0, 4));
  const first = dayNumber(`${year}-01-01`) ?? thursday;
  return nameOf(year, Math.floor((thursday - first) / 7) + 1);
}

export const monthOf = (day: DayNumber): string => dateOf(day).slice(0, 7);

const nameOf = (year: number, week: number): string => `${year}-W${String(week).padStart(2, "0")}`;

export const startsAt = ({ from }: DaySpan): number => from * DAY_S;
export const endsAt = ({ to }: DaySpan): number => (to + 1) * DAY_S;
