import { type EpochMs, minutes, seconds } from "../../../protocol/index.ts";
import type { Instant } from "../days.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventBodies, EventDraft } from "../events.ts";
import { isInHand } from "../queue/lines.ts";
import type { HallView } from "../state.ts";
import type { Booking } from "./appointment-book.ts";
import type { AppointmentsConfiguration } from "./appointments-configuration.ts";
import { rulesFor } from "./book-rules.ts";

type BookingView = Readonly<Booking>;
type Because = EventBodies["appointment.missed-by-hall"]["because"];

/** What has become due in the book. Nothing by a clock that is not trusted: it would invent who was late. */
export function settleAppointments(hall: HallView, { at, clockTrusted }: Instant): EventDraft[] {
  const { appointments } = hall;
  const book = hall.configuration?.appointments as AppointmentsConfiguration | undefined;
  if (appointments === null || book === undefined || !clockTrusted) return [];
  const due: EventDraft[] = [];
  for (const booking of appointments.bookings.values()) {
    if (booking.state === "booked") due.push(...whoNeverCame(hall, book, booking, at));
    else if (booking.state === "arrived") due.push(...whoIsHere(hall, book, booking, at));
    else if (booking.state === "breached") due.push(...turnReserved(hall, book, booking, at)); // Still owed.
    if (booking.staffId !== null && booking.state !== "cancelled") due.push(...whoServes(hall, book, booking, at));
  }
  return due;
}

/** Until when the call is due: from the slot's start, or from the check-in of whoever came a little later (HRS-21). */
export function dueOf(book: AppointmentsConfiguration, { fromMs, arrivedAtMs }: BookingView): EpochMs {
  return (Math.max(fromMs, arrivedAtMs ?? fromMs) + minutes(book.dueMinutes ?? book.slotMinutes)) as EpochMs;
}

function whoNeverCame(
  hall: HallView,
  book: AppointmentsConfiguration,
  booking: BookingView,
  at: EpochMs,
): EventDraft[] {
  const { bookingId, fromMs } = booking;
  if (at <= fromMs + minutes(book.keptMinutes)) return [];
  // A controller that was not there could have checked nobody in.
  if (hall.startedAtMs > fromMs) return [draft("appointment.lapsed", { bookingId }, CONTROLLER)];
  return [draft("appointment.missed-by-citizen", { bookingId, because: "never-came" }, CONTROLLER)];
}

function whoIsHere(hall: HallView, book: AppointmentsConfiguration, booking: BookingView, at: EpochMs): EventDraft[] {
  const { bookingId, bookingNumber, calledAtMs, served, closed } = booking;
  const dueMs = dueOf(book, booking);
  const inTime = calledAtMs !== null && calledAtMs <= dueMs;
  if (calledAtMs !== null && inTime && (served || closed === "served"))
    return [draft("appointment.served-in-time", { bookingId, dueMs, calledAtMs }, CONTROLLER)];
  if (closed === "cancelled" || closed === "not-printed")
    return [draft("appointment.cancelled", { bookingId, bookingNumber }, CONTROLLER)];
  if (closed === "no-show" && inTime)
    return [draft("appointment.missed-by-citizen", { bookingId, because: "not-at-call" }, CONTROLLER)];
  if (calledAtMs !== null && !inTime) return missedByHall(hall, booking, dueMs, "called-late");
  if (closed === "declined") return missedByHall(hall, booking, dueMs, "declined");
  if (closed !== null || (calledAtMs === null && at > dueMs)) return missedByHall(hall, booking, dueMs, "not-called");
  return turnReserved(hall, book, booking, at);
}

function missedByHall(hall: HallView, booking: BookingView, dueMs: EpochMs, because: Because): EventDraft[] {
  const { bookingId, serviceId, staffId } = booking;
  const rules = rulesFor(hall, staffId === null ? "appointments.channels" : "appointments.outOfHours");
  const missed = { bookingId, serviceId, dueMs, staffId, because, rules };
  return [draft("appointment.missed-by-hall", missed, CONTROLLER)];
}

/** AMB-29: from the slot's start the ticket goes before the walk-ins, who keep their order among themselves. */
function turnReserved(
  hall: HallView,
  book: AppointmentsConfiguration,
  booking: BookingView,
  at: EpochMs,
): EventDraft[] {
  const ticket = booking.ticketId === null ? undefined : hall.tickets.get(booking.ticketId);
  if (ticket === undefined || booking.reserved || ticket.phase !== "waiting" || !isInHand(ticket)) return [];
  // Moved up sooner it would be too fresh to be called, and would hold up everybody behind it.
  const freshFrom = Math.max(booking.fromMs, ticket.enteredAtMs);
  if (at - freshFrom < (hall.configuration?.rules.callableAfterMs ?? 0)) return [];
  const rank = Math.min(book.rank, ticket.rank);
  const { bookingId } = booking;
  return [draft("appointment.turn-reserved", { bookingId, ticketId: ticket.ticketId, rank }, CONTROLLER)];
}

/** HRS-24: whether the named person was there when the slot began. */
function whoServes(hall: HallView, book: AppointmentsConfiguration, booking: BookingView, at: EpochMs): EventDraft[] {
  const { bookingId, serviceId, staffId, fromMs, attendance, seenAtMs } = booking;
  if (staffId === null || attendance === "attended" || at < fromMs) return [];
  const seen = seenAtMs ?? (attendance === "awaited" ? onDutySince(hall, booking) : null);
  if (seen !== null) return [draft("appointment.attended", { bookingId, staffId, seenAtMs: seen }, CONTROLLER)];
  // Terminals that were cut off with the controller bring their badges when it is back.
  const settledAtMs = Math.max(fromMs, hall.startedAtMs) + minutes(book.attendSettleMinutes);
  if (attendance === "missing" || at < settledAtMs) return [];
  const rules = rulesFor(hall, "appointments.outOfHours");
  return [draft("appointment.unattended", { bookingId, serviceId, staffId, fromMs, rules }, CONTROLLER)];
}

/** Whoever is still on duty from before needs no further badge. */
function onDutySince(hall: HallView, { staffId, fromMs }: BookingView): EpochMs | null {
  const person = staffId === null ? undefined : hall.staff.get(staffId);
  if (person === undefined || person.onDutyAt === null || person.outing !== null) return null;
  const since = person.onDutySinceMs;
  return since !== null && isInTime(since, fromMs) ? since : null;
}

/** To the second, as all attendance is: a badge of the very second counts (ATT-03). */
export const isInTime = (badgeMs: number, fromMs: number): boolean => badgeMs < fromMs + seconds(1);
