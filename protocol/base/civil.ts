import { Temporal as Polyfill } from "temporal-polyfill";
import type { EpochMs } from "./time.ts";

/** `Temporal` without `Now`: cores may reckon with civil time, but never ask what time it is. */
export type CivilTime = Omit<typeof Polyfill, "Now">;
export const Temporal: CivilTime = Polyfill;

/** A calendar date of the hall's own zone, `YYYY-MM-DD`. Number series restart with it. */
export type BusinessDate = string & { readonly __unit: "BusinessDate" };

/** One civil day of a zone: its date, and the instants at which it begins (included) and ends (excluded). */
export interface BusinessDay {
  readonly date: BusinessDate;
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
}

/** The day reckoned last, of each zone: pictures ask for the running day many times a second. */
const lastDays = new Map<string, BusinessDay>();

/** The civil day of `zone` that contains `at`. Three zoned computations (about 8 us each) when the day changes. */
export function businessDayOf(at: EpochMs, zone: string): BusinessDay {
  const last = lastDays.get(zone);
  if (last !== undefined && at >= last.startsAt && at < last.endsAt) return last;
  const day = reckonedDay(at, zone);
  lastDays.set(zone, day);
  return day;
}

function reckonedDay(at: EpochMs, zone: string): BusinessDay {
  const start = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).startOfDay();
  return {
    date: start.toPlainDate().toString() as BusinessDate,
    startsAt: start.epochMilliseconds as EpochMs,
    endsAt: start.add({ days: 1 }).startOfDay().epochMilliseconds as EpochMs,
  };
}

/** The instant at which clocks of `zone` show `time` ("HH:MM", "24:00" is the day's end) on `date`. */
export function instantAt(date: BusinessDate, time: string, zone: string): EpochMs {
  const day = Temporal.PlainDate.from(date);
  const zoned =
    time === "24:00"
      ? day.add({ days: 1 }).toZonedDateTime(zone)
      : day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) });
  return zoned.epochMilliseconds as EpochMs;
}

/** True when `zone` is an IANA time zone this machine's tables know. */
export function isTimeZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
