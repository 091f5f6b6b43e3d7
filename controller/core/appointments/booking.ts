import { accepted, type EpochMs, present, type Result, type StaffId } from "../../../protocol/index.ts";
import type { Rejection } from "../commands.ts";
import { configuredPerson } from "../configured.ts";
import type { Instant } from "../days.ts";
import { byAccount, CITIZEN, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { HallDay } from "../hall-day.ts";
import type { HallView } from "../state.ts";
import type { Booking } from "./appointment-book.ts";
import type { AppointmentOrder } from "./appointment-orders.ts";
import { refuseBooking } from "./appointment-refusals.ts";
import { type AppointmentsConfiguration, BOOKINGS_OPEN_MAX } from "./appointments-configuration.ts";
import { bookOf, rulesFor, servesOutOfHours } from "./book-rules.ts";
import { drawBookingNumber } from "./booking-number.ts";
import { findBooking } from "./find-booking.ts";
import { bookableUntil, dayOfInstant, placesTaken, type Slot, slotOutside, slotsWithin } from "./slots.ts";

type Decided = Result<readonly EventDraft[], Rejection>;
type BookOrder = Extract<AppointmentOrder, { type: "book-appointment" }>;

/** HRS-21: a slot of a service, by whichever way it was asked for. */
export function bookAppointment(hall: HallView, order: BookOrder, instant: Instant): Decided {
  const book = bookOf(hall);
  if (!book.ok) return book;
  const { services, channels, reasons } = book.value;
  const { serviceId, channel, reason = null, by } = order;
  const configured = hall.configuration?.services.some(({ id }) => id === serviceId);
  if (configured !== true)
    return { ok: false, error: { code: "unknown-service", detail: `no service "${serviceId}"` } };
  if (!services.some(({ service }) => service === serviceId)) return refuseBooking("service-not-booked");
  if (!channels.includes(channel)) return refuseBooking("channel-closed");
  if (reason !== null && !reasons.some(({ id }) => id === reason)) return refuseBooking("booking-reason-unknown");
  const when = whyNotThen(hall, book.value, order.fromMs, instant);
  if (when !== null) return refuseBooking(when);
  const day = dayOfInstant(hall, order.fromMs);
  const slot = slotFor(hall, book.value, order, day);
  if (!slot.ok) return slot;
  const open = [...(hall.appointments?.bookings.values() ?? [])].filter(({ state }) => state === "booked");
  if (open.length >= BOOKINGS_OPEN_MAX) return refuseBooking("book-full");
  const { bookingId } = order;
  const booked = { ...drawBookingNumber(hall), ...slot.value, bookingId, serviceId, date: day.date, channel, reason };
  return accepted([draft("appointment.booked", booked, by === undefined ? CITIZEN : byAccount(by))]);
}

function whyNotThen(
  hall: HallView,
  book: AppointmentsConfiguration,
  fromMs: EpochMs,
  instant: Instant,
): "slot-over" | "slot-far" | null {
  if (fromMs <= instant.at) return "slot-over";
  return fromMs < bookableUntil(hall, book, instant) ? null : "slot-far";
}

type BookedSlot = Slot & { readonly staffId: StaffId | null };

function slotFor(
  hall: HallView,
  book: AppointmentsConfiguration,
  { serviceId, fromMs, staffId }: BookOrder,
  day: HallDay,
): Result<BookedSlot, Rejection> {
  const within = slotsWithin(hall, day, book).find((slot) => slot.fromMs === fromMs);
  if (within === undefined) return slotOutsideFor(hall, book, day, fromMs, staffId);
  if (staffId !== undefined) return refuseBooking("slot-in-hours");
  const perSlot = book.services.find(({ service }) => service === serviceId)?.perSlot ?? 0;
  if ((placesTaken(hall, serviceId).get(fromMs) ?? 0) >= perSlot) return refuseBooking("slot-full");
  return accepted({ ...within, staffId: null });
}

/** HRS-24: outside the hours a named person serves, one citizen at a time. */
function slotOutsideFor(
  hall: HallView,
  book: AppointmentsConfiguration,
  day: HallDay,
  fromMs: EpochMs,
  staffId: StaffId | undefined,
): Result<BookedSlot, Rejection> {
  const slot = slotOutside(hall, day, book, fromMs);
  if (slot === null) return refuseBooking("slot-unknown");
  if (!servesOutOfHours(hall, book))
    return refuseBooking("out-of-hours-off", rulesFor(hall, "appointments.outOfHours"));
  if (staffId === undefined) return refuseBooking("staff-needed", rulesFor(hall, "appointments.outOfHours"));
  const person = configuredPerson(hall, staffId);
  if (person === undefined || [...person.counters, ...person.backup, ...person.admitted].length === 0)
    return refuseBooking("staff-unknown");
  const isTaken = [...(hall.appointments?.bookings.values() ?? [])].some(
    (other) => other.staffId === staffId && other.state !== "cancelled" && overlap(other, slot),
  );
  return isTaken ? refuseBooking("staff-taken") : accepted({ ...slot, staffId });
}

const overlap = (a: Pick<Booking, "fromMs" | "toMs">, b: Slot): boolean => a.fromMs < b.toMs && b.fromMs < a.toMs;

/** Until the slot begins. */
export function cancelAppointment(
  hall: HallView,
  { asked, by }: Extract<AppointmentOrder, { type: "cancel-appointment" }>,
  { at }: Instant,
): Decided {
  const found = findBooking(hall, asked);
  if (!found.ok) return found;
  const { bookingId, bookingNumber, state, fromMs } = present(found.value, "booking");
  if (state === "arrived" || state === "late") return refuseBooking("booking-arrived");
  if (state !== "booked") return refuseBooking("booking-over");
  if (at >= fromMs) return refuseBooking("booking-begun");
  return accepted([
    draft("appointment.cancelled", { bookingId, bookingNumber }, by === undefined ? CITIZEN : byAccount(by)),
  ]);
}
