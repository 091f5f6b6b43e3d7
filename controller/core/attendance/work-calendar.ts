import { assert } from "../../../protocol/index.ts";
import { type Policy, rulesAt } from "../policy/policy.ts";
import { type DayNumber, weekdayOf } from "./hall-time.ts";

/** A yearly table beyond the weekly rest days (HRS-10): holidays, and weekends worked to make up for them. */
export interface CalendarTable {
  readonly rest: ReadonlySet<DayNumber>;
  readonly work: ReadonlySet<DayNumber>;
}

export interface WorkCalendar {
  readonly isWorkday: (day: DayNumber) => boolean;
  /** The rules that made this very day what it is, when the table changed it. */
  readonly rulesOf: (day: DayNumber) => readonly string[];
}

/** A working day comes within so many days, whatever the table says. */
const SEARCH_MAX = 400;

/** A weekday that rests or works by the hall's word is nobody's rule. */
const BY_THE_HALL: readonly string[] = ["hall:settings.restWeekdays"];

export function workCalendar(policy: Policy, table: CalendarTable): WorkCalendar {
  const rules = rulesAt(policy, "calendar.publicHolidays");
  const restWeekdays = new Set(policy.restWeekdays);
  const byText = new Set(policy.profile.calendar.restWeekdays);
  const isChanged = (day: DayNumber): boolean => table.rest.has(day) || table.work.has(day);
  const isByTheHall = (day: DayNumber): boolean => restWeekdays.has(weekdayOf(day)) !== byText.has(weekdayOf(day));
  return {
    isWorkday: (day) => table.work.has(day) || !(table.rest.has(day) || restWeekdays.has(weekdayOf(day))),
    rulesOf(day) {
      if (isChanged(day)) return rules;
      return isByTheHall(day) ? BY_THE_HALL : [];
    },
  };
}

/** `day` itself when it is worked, else the next that is. */
export function workdayFrom(calendar: WorkCalendar, day: DayNumber, step: 1 | -1 = 1): DayNumber {
  for (let ahead = 0; ahead < SEARCH_MAX; ahead += 1) {
    if (calendar.isWorkday(day + ahead * step)) return day + ahead * step;
  }
  assert(false, "a calendar has a working day within a year");
}

/** HRS-11: the day itself is not counted. */
export function addWorkdays(calendar: WorkCalendar, day: DayNumber, count: number): DayNumber {
  let last = day;
  for (let counted = 0; counted < count; counted += 1) last = workdayFrom(calendar, last + 1);
  return last;
}
