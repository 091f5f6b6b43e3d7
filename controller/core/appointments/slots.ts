import {
  type BusinessDate,
  type EpochMs,
  instantAt,
  minutes,
  present,
  type ServiceId,
  type StaffId,
  Temporal,
} from "../../../protocol/index.ts";
import { dayNumber } from "../attendance/hall-time.ts";
import { dayAt, type Instant, reckonDay } from "../days.ts";
import type { HallDay } from "../hall-day.ts";
import { regulationOf } from "../office/regulation.ts";
import type { HallView } from "../state.ts";
import type { AppointmentsConfiguration } from "./appointments-configuration.ts";

export interface Slot {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

const NOON = "12:00";

/** The end of the last day that may be booked. */
export function bookableUntil(hall: HallView, { daysAhead }: AppointmentsConfiguration, instant: Instant): EpochMs {
  const last = Temporal.PlainDate.from(dayAt(hall, instant).date).add({ days: daysAhead }).toString();
  return dayOfDate(hall, last as BusinessDate).endsAtMs;
}

/** The business day of a date, with the hall's hours on it. */
export function dayOfDate(hall: HallView, date: BusinessDate): HallDay {
  const configuration = present(hall.configuration, "configuration");
  return reckonDay(configuration, instantAt(date, NOON, configuration.zone));
}

export const dayOfInstant = (hall: HallView, at: EpochMs): HallDay =>
  reckonDay(present(hall.configuration, "configuration"), at);

/** When the hall is open on that day; never on a day off, where the regulation has a calendar. */
export function openSpans(hall: HallView, day: HallDay): readonly Slot[] {
  const regulation = regulationOf(hall.configuration);
  const number = dayNumber(day.date);
  // Of the calendar itself: a timetable remembers every day that anybody ever asked about.
  if (regulation !== null && number !== null && !regulation.calendar.isWorkday(number)) return [];
  return day.sessions;
}

/** The slots of a day within the hours: whole ones, from each session's start on. */
export function slotsWithin(hall: HallView, day: HallDay, { slotMinutes }: AppointmentsConfiguration): Slot[] {
  const length = minutes(slotMinutes);
  return openSpans(hall, day).flatMap(({ fromMs, toMs }) =>
    Array.from({ length: Math.floor((toMs - fromMs) / length) }, (_, index) => ({
      fromMs: (fromMs + index * length) as EpochMs,
      toMs: (fromMs + (index + 1) * length) as EpochMs,
    })),
  );
}

/** A slot outside the hours (HRS-24): of the same length, on the day's own grid; null where the hall is open. */
export function slotOutside(
  hall: HallView,
  day: HallDay,
  { slotMinutes }: AppointmentsConfiguration,
  fromMs: EpochMs,
): Slot | null {
  const length = minutes(slotMinutes);
  const slot = { fromMs, toMs: (fromMs + length) as EpochMs };
  if ((fromMs - day.startsAtMs) % length !== 0 || slot.toMs > day.endsAtMs) return null;
  const overlaps = openSpans(hall, day).some((span) => slot.fromMs < span.toMs && slot.toMs > span.fromMs);
  return overlaps ? null : slot;
}

/** How many are booked in each slot of a service, by its start. Who cancelled takes no place. */
export function placesTaken(hall: HallView, serviceId: ServiceId): ReadonlyMap<EpochMs, number> {
  const taken = new Map<EpochMs, number>();
  for (const booking of hall.appointments?.bookings.values() ?? []) {
    if (booking.serviceId !== serviceId || booking.staffId !== null || booking.state === "cancelled") continue;
    taken.set(booking.fromMs, (taken.get(booking.fromMs) ?? 0) + 1);
  }
  return taken;
}

/** Today's slots for which somebody is named (HRS-24): their window opens to them then. */
export function bookedSlots({ appointments, day }: HallView, staffId: StaffId): readonly Slot[] {
  if (appointments === null || day === null) return [];
  return [...appointments.bookings.values()].filter(
    (booking) => booking.staffId === staffId && booking.state !== "cancelled" && booking.date === day.date,
  );
}
