import { type EpochMs, Temporal } from "../../../protocol/index.ts";

/** Seconds of the hall's own civil time since 1970-01-01T00:00:00 as its clocks showed it. Only ever compared. */
export type HallSeconds = number;
/** Days since 1970-01-01 on the hall's calendar. */
export type DayNumber = number;

export const DAY_S = 86_400;
const EPOCH = Temporal.PlainDate.from("1970-01-01");

const numbers = new Map<string, DayNumber>();
const dates = new Map<DayNumber, string>();
/** Both tables are emptied when they hold so many dates: nobody reckons with more at once. */
const DATES_MAX = 20_000;

/** Years that a hall can mean; a date of another one is a slip of the pen. */
const YEAR_MIN = 1970;
const YEAR_MAX = 2199;

/** The day `date` ("YYYY-MM-DD"); null when the calendar has no such day, or no hall has such a year. */
export function dayNumber(date: string): DayNumber | null {
  const known = numbers.get(date);
  if (known !== undefined) return known;
  const day = reckonDay(date);
  if (day === null) return null;
  if (numbers.size >= DATES_MAX) numbers.clear();
  numbers.set(date, day);
  return day;
}

function reckonDay(date: string): DayNumber | null {
  const [year] = /^\d{4}(?=-\d{2}-\d{2}$)/u.exec(date) ?? [];
  if (year === undefined || Number(year) < YEAR_MIN || Number(year) > YEAR_MAX) return null;
  try {
    return EPOCH.until(Temporal.PlainDate.from(date, { overflow: "reject" }), { largestUnit: "days" }).days;
  } catch {
    return null;
  }
}

export function dateOf(day: DayNumber): string {
  const known = dates.get(day);
  if (known !== undefined) return known;
  if (dates.size >= DATES_MAX) dates.clear();
  const date = EPOCH.add({ days: day }).toString();
  dates.set(day, date);
  return date;
}

/** 1 is Monday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: DayNumber): number => ((((day + 3) % 7) + 7) % 7) + 1;
export const dayOf = (at: HallSeconds): DayNumber => Math.floor(at / DAY_S);
export const startOf = (day: DayNumber): HallSeconds => day * DAY_S;

/** "YYYY-MM-DDTHH:MM:SS" in hall time; null when it is no such moment. */
export function hallSeconds(text: string): HallSeconds | null {
  const day = dayNumber(text.slice(0, 10));
  if (day === null || text.length !== 19 || text.charCodeAt(10) !== 84) return null;
  const [hours, minutes, seconds] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return day * DAY_S + hours * 3600 + minutes * 60 + seconds;
}

const twoDigits = (text: string, at: number): number => {
  const [tens, units] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : Number.MAX_SAFE_INTEGER;
};

const PADDED = Array.from({ length: 60 }, (_, part) => String(part).padStart(2, "0"));
const padded = (part: number): string => PADDED[part] ?? "00";

/** "HH:MM:SS". */
export function timeOf(at: HallSeconds): string {
  const seconds = at - startOf(dayOf(at));
  return `${padded(Math.floor(seconds / 3600))}:${padded(Math.floor(seconds / 60) % 60)}:${padded(seconds % 60)}`;
}

export const momentOf = (at: HallSeconds): string => `${dateOf(dayOf(at))}T${timeOf(at)}`;

interface Offset {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly offsetMs: number;
}

/** Of each zone as far as it holds: every tick asks for it, and a year of taps a hundred thousand times. */
const offsets = new Map<string, Offset>();

function offsetAt(at: EpochMs, zone: string): Offset {
  const known = offsets.get(zone);
  if (known !== undefined && at >= known.fromMs && at < known.untilMs) return known;
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const offset = {
    fromMs: zoned.getTimeZoneTransition("previous")?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    untilMs: zoned.getTimeZoneTransition("next")?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: zoned.offsetNanoseconds / 1_000_000,
  };
  offsets.set(zone, offset);
  return offset;
}

/** The hall's civil time at an instant. Parts of a second are dropped: they never make anybody late. */
export const hallSecondsAt = (at: EpochMs, zone: string): HallSeconds =>
  Math.floor((at + offsetAt(at, zone).offsetMs) / 1000);

/** So near to a change of its offset a zone may show the same time twice, or never. */
const NEAR_A_CHANGE_MS = 2 * DAY_S * 1000;

/** The instant at which the clocks of `zone` show `at`. */
export function instantOf(at: HallSeconds, zone: string): EpochMs {
  const known = offsets.get(zone);
  const instant = at * 1000 - (known?.offsetMs ?? 0);
  const { fromMs, untilMs } = known ?? { fromMs: Number.POSITIVE_INFINITY, untilMs: 0 };
  if (instant - fromMs > NEAR_A_CHANGE_MS && untilMs - instant > NEAR_A_CHANGE_MS) return instant as EpochMs;
  return Temporal.PlainDateTime.from(momentOf(at)).toZonedDateTime(zone).epochMilliseconds as EpochMs;
}
