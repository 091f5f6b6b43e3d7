import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { HallError, messageOf } from "../../../protocol/index.ts";
import { CalendarDay } from "../../core/office/attendance-configuration.ts";
import { DateWord } from "../../core/office/document-request.ts";
import { writePrivate } from "../private-file.ts";

const FOLDER = "calendar";
const FILE = /^\d{4}\.json$/u;

/** The public holiday-cn data: one file a year, days off and weekends worked. Its other keys mean nothing here. */
const HolidayYear = z.object({
  year: z.int().min(2000).max(2100),
  days: z.array(z.object({ name: z.string().max(32), date: DateWord, isOffDay: z.boolean() })).min(1),
});

const Kept = z.array(CalendarDay);

/** Reads a year of holidays, or says what does not fit and where. */
export function readHolidayFile(file: string): { readonly year: number; readonly days: CalendarDay[] } {
  const parsed = HolidayYear.safeParse(readJson(file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new HallError(
      "CALENDAR_MALFORMED",
      `${file}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "refused"}`,
    );
  }
  const { year, days } = parsed.data;
  const read = days.map(({ date, isOffDay, name }) => ({ date, off: isOffDay, name }));
  const [contradiction] = calendarContradictions(read);
  if (contradiction !== undefined) throw new HallError("CALENDAR_CONTRADICTS", `${file}: ${contradiction}`);
  return { year, days: read };
}

/** HRS-10: a day is off or worked, never both; and the calendar has it. */
export function calendarContradictions(days: readonly CalendarDay[]): string[] {
  const known = new Map<string, boolean>();
  return days.flatMap(({ date, off }, at) => {
    const former = known.get(date);
    known.set(date, off);
    if (Number.isNaN(Date.parse(`${date}T00:00:00Z`)) || !new Date(`${date}T00:00:00Z`).toISOString().startsWith(date))
      return [`days[${at}].date: ${date} is not a date of the calendar`];
    const twice = former !== undefined && former !== off;
    return twice ? [`days[${at}]: ${date} is a day off and a working day (HRS-10)`] : [];
  });
}

/** Imported years, in order of their days. */
export function readCalendars(directory: string): CalendarDay[] {
  const folder = join(directory, FOLDER);
  return listed(folder)
    .filter((name) => FILE.test(name))
    .toSorted()
    .flatMap((name) => Kept.parse(readJson(join(folder, name))));
}

/** Keeps a year for the hall in `directory`; one that was imported before is replaced. */
export function keepCalendar(directory: string, year: number, days: readonly CalendarDay[]): void {
  writePrivate(join(directory, FOLDER, `${year}.json`), `${JSON.stringify(days, null, 1)}\n`);
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/u, "")) as unknown;
  } catch (thrown) {
    throw new HallError("INPUT_UNREADABLE", `${file}: ${messageOf(thrown)}`, { file }, thrown);
  }
}
