import { z } from "zod";
import {
  Bilingual,
  type BusinessDate,
  type EpochMs,
  epochMs,
  minutes,
  present,
  type ServiceId,
  StaffId,
  Temporal,
  TicketNumber,
} from "../../protocol/index.ts";
import { CHANNELS } from "../core/appointments/appointment-events.ts";
import type { Booking, BookingState } from "../core/appointments/appointment-book.ts";
import type { AppointmentsConfiguration } from "../core/appointments/appointments-configuration.ts";
import { APPOINTMENT_REFUSALS, isAppointmentRefusal } from "../core/appointments/appointment-refusals.ts";
import { bookOf, servesOutOfHours } from "../core/appointments/book-rules.ts";
import { BOOKING_DIGITS } from "../core/appointments/booking-number.ts";
import { dayOfDate, placesTaken, slotOutside, slotsWithin } from "../core/appointments/slots.ts";
import { configuredPerson } from "../core/configured.ts";
import { dayAt, takenAt } from "../core/days.ts";
import { ReasonId } from "../core/reasons.ts";
import type { HallDay } from "../core/hall-day.ts";
import type { HallView } from "../core/state.ts";

const ms = z.number().nonnegative().describe("UTC milliseconds.");
export const BookingNumber = z
  .string()
  .regex(new RegExp(`^[0-9]{${BOOKING_DIGITS}}$`, "u"), `${BOOKING_DIGITS} digits`)
  .describe("What the citizen says, with its check.");
export const BookingDate = z.iso.date();

const Named = z.object({ id: z.string(), name: Bilingual });

/** What may be booked here, and how. */
export const AppointmentOffer = z.object({
  open: z.boolean().describe("False: nothing is booked in this hall."),
  why: Bilingual.nullable().describe("Why not; null where it is."),
  rules: z.array(z.string()).describe("Rules of the regulation that it rests on."),
  services: z.array(Named),
  reasons: z.array(z.object({ id: ReasonId, text: Bilingual })),
  channels: z.array(z.enum(CHANNELS)),
  outOfHours: z.boolean().describe("Slots outside the hours are given, each with a named person."),
  slotMinutes: z.int().positive(),
  today: BookingDate,
  until: BookingDate.describe("The last day that may be booked."),
});
export type AppointmentOffer = z.infer<typeof AppointmentOffer>;

export const SlotPicture = z.object({ fromMs: ms, toMs: ms, left: z.int().nonnegative() });
export const SlotList = z.object({ date: BookingDate, slots: z.array(SlotPicture) });
export type SlotList = z.infer<typeof SlotList>;

const BOOKING_STATES = ["booked", "arrived", "late", "kept", "breached", "absent", "lapsed", "cancelled"] as const;

/** One booking, as those of the hall see it: there is nobody's name in it but that of their own. */
export const BookingPicture = z.object({
  booking: z.uuid(),
  number: BookingNumber,
  service: Named,
  channel: z.enum(CHANNELS),
  reason: Bilingual.nullable(),
  fromMs: ms,
  toMs: ms,
  state: z.enum(BOOKING_STATES satisfies readonly BookingState[]),
  ticket: TicketNumber.nullable().describe("While it is open."),
  staff: z.object({ id: StaffId, name: z.string() }).nullable().describe("Who serves it outside the hours."),
  attendance: z.enum(["awaited", "attended", "missing"]).nullable(),
});
export type BookingPicture = z.infer<typeof BookingPicture>;

export const BookingDay = z.object({
  date: BookingDate,
  bookings: z.array(BookingPicture),
  outside: z.array(z.object({ fromMs: ms, toMs: ms })).describe("Slots outside the hours that are still to come."),
  staff: z.array(z.object({ id: StaffId, name: z.string() })).describe("Who may be named for them."),
});
export type BookingDay = z.infer<typeof BookingDay>;

/** HRS-21, HRS-24: what was not kept, and whose it was. A person judges it. */
export const BreachList = z.object({
  breaches: z.array(
    z.object({
      number: BookingNumber,
      kind: z.enum(["not-served", "unattended"]),
      service: Named,
      fromMs: ms,
      staff: z.object({ id: StaffId, name: z.string() }).nullable(),
      rules: z.array(z.string()),
      lifted: z.boolean().describe("A badge heard late has shown that there was none."),
    }),
  ),
});
export type BreachList = z.infer<typeof BreachList>;

const NOTHING = { services: [], reasons: [], channels: [], outOfHours: false, slotMinutes: 1 };

export function offerOf(hall: HallView, now: EpochMs): AppointmentOffer {
  const today = dayAt(hall, takenAt(now)).date;
  const book = bookOf(hall);
  if (!book.ok) {
    const { code, rules = [] } = book.error;
    const why = isAppointmentRefusal(code) ? APPOINTMENT_REFUSALS[code] : null;
    return { open: false, why, rules: [...rules], ...NOTHING, today, until: today };
  }
  const { services, reasons, channels, slotMinutes, daysAhead } = book.value;
  return {
    open: true,
    why: null,
    rules: [],
    services: services.map(({ service }) => namedService(hall, service)),
    reasons: reasons.map(({ id, text }) => ({ id, text })),
    channels: [...channels],
    outOfHours: servesOutOfHours(hall, book.value),
    slotMinutes,
    today,
    until: Temporal.PlainDate.from(today).add({ days: daysAhead }).toString(),
  };
}

/** What is left of a day's slots within the hours; those that have begun are gone. */
export function slotsLeft(hall: HallView, serviceId: ServiceId, date: string, now: EpochMs): SlotList {
  const book = bookOf(hall);
  const perSlot = book.ok ? book.value.services.find(({ service }) => service === serviceId)?.perSlot : undefined;
  if (!book.ok || perSlot === undefined) return { date, slots: [] };
  const day = bookableDay(hall, book.value, date, now);
  if (day === null) return { date, slots: [] };
  const taken = placesTaken(hall, serviceId);
  const slots = slotsWithin(hall, day, book.value)
    .filter(({ fromMs }) => fromMs > now)
    .map(({ fromMs, toMs }) => ({ fromMs, toMs, left: Math.max(0, perSlot - (taken.get(fromMs) ?? 0)) }));
  return { date, slots };
}

export function bookingDay(hall: HallView, date: string, now: EpochMs): BookingDay {
  const bookings = [...(hall.appointments?.bookings.values() ?? [])]
    .filter((booking) => booking.date === date)
    .toSorted((a, b) => a.fromMs - b.fromMs || a.position - b.position)
    .map((booking) => bookingPicture(hall, booking));
  const staff = (hall.configuration?.staff ?? [])
    .filter(({ counters, backup, admitted }) => counters.length + backup.length + admitted.length > 0)
    .map(({ id, name }) => ({ id, name }));
  return { date, bookings, outside: slotsOutside(hall, date, now), staff };
}

/** Null for a day that cannot be booked: anybody may ask about any. */
function bookableDay(
  hall: HallView,
  { daysAhead }: AppointmentsConfiguration,
  date: string,
  now: EpochMs,
): HallDay | null {
  const { date: today } = dayAt(hall, takenAt(now));
  const until = Temporal.PlainDate.from(today).add({ days: daysAhead }).toString();
  return date < today || date > until ? null : dayOfDate(hall, date as BusinessDate);
}

function slotsOutside(hall: HallView, date: string, now: EpochMs): BookingDay["outside"] {
  const book = bookOf(hall);
  if (!book.ok || !servesOutOfHours(hall, book.value)) return [];
  const day = bookableDay(hall, book.value, date, now);
  if (day === null) return [];
  const length = minutes(book.value.slotMinutes);
  const starts = Array.from({ length: Math.floor((day.endsAtMs - day.startsAtMs) / length) }, (_, index) =>
    epochMs(day.startsAtMs + index * length),
  );
  return starts.filter((fromMs) => fromMs > now).flatMap((fromMs) => slotOutside(hall, day, book.value, fromMs) ?? []);
}

function bookingPicture(hall: HallView, booking: Readonly<Booking>): BookingPicture {
  const { bookingId, bookingNumber, serviceId, channel, reason, fromMs, toMs, state, ticketId, attendance } = booking;
  const reasons = hall.configuration?.appointments?.reasons ?? [];
  return {
    booking: bookingId,
    number: bookingNumber,
    service: namedService(hall, serviceId),
    channel,
    reason: reasons.find(({ id }) => id === reason)?.text ?? null,
    fromMs,
    toMs,
    state,
    ticket: ticketId === null ? null : (hall.tickets.get(ticketId)?.number ?? null),
    staff: namedPerson(hall, booking.staffId),
    attendance,
  };
}

/** The latest first. */
export function breachList(hall: HallView): BreachList {
  const breaches = (hall.appointments?.breaches ?? []).toReversed();
  return {
    breaches: breaches.map(({ bookingNumber, kind, serviceId, fromMs, staffId, rules, lifted }) => ({
      number: bookingNumber,
      kind,
      service: namedService(hall, serviceId),
      fromMs,
      staff: namedPerson(hall, staffId),
      rules: [...rules],
      lifted,
    })),
  };
}

function namedService(hall: HallView, id: ServiceId): z.infer<typeof Named> {
  const service = present(hall.configuration, "configuration").services.find((entry) => entry.id === id);
  return { id, name: service?.name ?? { zh: id, en: id } };
}

const namedPerson = (hall: HallView, id: StaffId | null): { id: StaffId; name: string } | null =>
  id === null ? null : { id, name: configuredPerson(hall, id)?.name ?? id };
