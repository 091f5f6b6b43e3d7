import { type Result, type TicketId, unreachable } from "../../../protocol/index.ts";
import type { Rejection } from "../commands.ts";
import type { Instant } from "../days.ts";
import type { EventDraft } from "../events.ts";
import type { HallView } from "../state.ts";
import type { Booking } from "./appointment-book.ts";
import type { AppointmentOrder } from "./appointment-orders.ts";
import { checkInAppointment } from "./arriving.ts";
import { bookAppointment, cancelAppointment } from "./booking.ts";

/** What the appointment book makes of an order. */
export function decideAppointment(
  hall: HallView,
  order: AppointmentOrder,
  instant: Instant,
): Result<readonly EventDraft[], Rejection> {
  switch (order.type) {
    case "book-appointment":
      return bookAppointment(hall, order, instant);
    case "cancel-appointment":
      return cancelAppointment(hall, order, instant);
    case "check-in-appointment":
      return checkInAppointment(hall, order, instant);
    default:
      return unreachable(order);
  }
}

/** Its ticket has a reserved turn now: why it goes before others. */
export const hasReservedTurn = (
  hall: HallView,
  ticket: { readonly ticketId: TicketId; readonly rank: number },
): boolean =>
  bookingOfTicket(hall, ticket.ticketId)?.reserved === true && ticket.rank === hall.configuration?.appointments?.rank;

/** The booking that a ticket came of, if any. */
export function bookingOfTicket({ appointments }: HallView, ticketId: TicketId): Readonly<Booking> | undefined {
  const bookingId = appointments?.byTicket.get(ticketId);
  return bookingId === undefined ? undefined : appointments?.bookings.get(bookingId);
}
