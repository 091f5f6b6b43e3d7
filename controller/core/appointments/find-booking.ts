import { accepted, type Result, TicketId } from "../../../protocol/index.ts";
import type { Rejection } from "../commands.ts";
import { checkOf } from "../queue/ticket-check.ts";
import type { HallView } from "../state.ts";
import type { Booking } from "./appointment-book.ts";
import type { BookingAsked } from "./appointment-orders.ts";
import { refuseBooking } from "./appointment-refusals.ts";

/** The four digits beside a booking's number: they follow from its id, as a ticket's do. */
export const bookingCheck = (bookingId: string): string => checkOf(TicketId.parse(bookingId));

/** Whoever does not know the check hears nothing of the booking. */
export function findBooking(hall: HallView, asked: BookingAsked): Result<Readonly<Booking>, Rejection> {
  const bookings = hall.appointments?.bookings;
  if ("bookingId" in asked) {
    const booking = bookings?.get(asked.bookingId);
    return booking === undefined ? refuseBooking("booking-unknown") : accepted(booking);
  }
  const booking = [...(bookings?.values() ?? [])].find(({ bookingNumber }) => bookingNumber === asked.number);
  if (booking === undefined) return refuseBooking("booking-unknown");
  return bookingCheck(booking.bookingId) === asked.check ? accepted(booking) : refuseBooking("booking-check-wrong");
}
