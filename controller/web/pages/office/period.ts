/** Periods as the hall names them: 2026-03, or the ISO week 2026-W10. */
export type Span = "week" | "month";

const DAY_MS = 86_400_000;
const two = (count: number): string => String(count).padStart(2, "0");
const WEEK = /^(\d{4})-W(\d{2})$/u;

/** `date`: any day of the period, YYYY-MM-DD. */
export function periodOf(span: Span, date: string): string {
  return span === "month" ? date.slice(0, 7) : weekOf(Date.parse(`${date}T00:00:00Z`));
}

/** ISO 8601: a week belongs to the year that holds its Thursday. */
function weekOf(atMs: number): string {
  const weekday = (new Date(atMs).getUTCDay() + 6) % 7;
  const thursday = atMs + (3 - weekday) * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${two(week)}`;
}

export const spanOf = (period: string): Span => (WEEK.test(period) ? "week" : "month");

/** The first day of a period, YYYY-MM-DD. */
export function firstDay(period: string): string {
  const [, year = "", week = ""] = WEEK.exec(period) ?? [];
  if (year === "") return `${period}-01`;
  const fourth = Date.UTC(Number(year), 0, 4); // Always in week 1.
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS;
  return isoDay(monday + (Number(week) - 1) * 7 * DAY_MS);
}

/** The period `ahead` places on, or back. */
export function periodBeside(period: string, ahead: number): string {
  const first = Date.parse(`${firstDay(period)}T00:00:00Z`);
  if (spanOf(period) === "week") return weekOf(first + ahead * 7 * DAY_MS);
  const at = new Date(first);
  return isoDay(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + ahead, 1)).slice(0, 7);
}

const isoDay = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

/** 0 is Sunday. */
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();
