import { accepted, type EpochMs, minutes, type Result } from "../../../protocol/index.ts";
import type { Rejection } from "../commands.ts";
import type { Instant } from "../days.ts";
import { byAccount, CITIZEN, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import { issueBookedTicket } from "../queue/tickets.ts";
import type { HallView } from "../state.ts";
import type { Booking } from "./appointment-book.ts";
import type { AppointmentOrder } from "./appointment-orders.ts";
import { refuseBooking } from "./appointment-refusals.ts";
import type { AppointmentsConfiguration } from "./appointments-configuration.ts";
import { findBooking } from "./find-booking.ts";

type CheckIn = Extract<AppointmentOrder, { type: "check-in-appointment" }>;

/**
 * The citizen is here, at a kiosk or at the desk: the booking becomes a ticket, whatever the hour and the day's
 * contingent. Whoever comes after the grace waits like everybody else.
 */
export function checkInAppointment(
  hall: HallView,
  order: CheckIn,
  instant: Instant,
): Result<readonly EventDraft[], Rejection> {
  // Whoever has booked is served, also where nothing is booked any more.
  const book = hall.configuration?.appointments as AppointmentsConfiguration | undefined;
  if (book === undefined) return refuseBooking("appointments-off");
  const found = findBooking(hall, order.asked);
  if (!found.ok) return found;
  const hindrance = whyNoCheckIn(book, found.value, instant.at);
  if (hindrance !== null) return refuseBooking(hindrance);
  const { bookingId, bookingNumber, serviceId, reason, fromMs } = found.value;
  const { ticketId, awaitsPrint, by } = order;
  const actor = by === undefined ? CITIZEN : byAccount(by);
  const priority = book.reasons.find(({ id }) => id === reason)?.priority;
  const asked = {
    serviceId,
    ticketId,
    ...(priority !== undefined && { priority }),
    ...(awaitsPrint !== undefined && { awaitsPrint }),
  };
  const issued = issueBookedTicket(hall, asked, { ...instant, actor });
  if (!issued.ok) return issued;
  const turn = instant.at > fromMs + minutes(book.graceMinutes) ? "ordinary" : "reserved";
  return accepted([...issued.value, draft("appointment.arrived", { bookingId, bookingNumber, ticketId, turn }, actor)]);
}

function whyNoCheckIn(
  { checkInFromMinutes, keptMinutes }: AppointmentsConfiguration,
  { state, fromMs }: Pick<Booking, "state" | "fromMs">,
  at: EpochMs,
): "booking-arrived" | "booking-over" | "booking-early" | null {
  if (state === "arrived" || state === "late") return "booking-arrived";
  if (state !== "booked" || at > fromMs + minutes(keptMinutes)) return "booking-over";
  return at < fromMs - minutes(checkInFromMinutes) ? "booking-early" : null;
}
