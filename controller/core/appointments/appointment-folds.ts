import { type EpochMs, minutes, type StaffId } from "../../../protocol/index.ts";
import type { EventOf, HallEvent } from "../events.ts";
import type { Folds } from "../fold.ts";
import { enterLine, leaveLine } from "../queue/lines.ts";
import type { HallState } from "../state.ts";
import { type AppointmentBook, type Booking, type Breach, BREACHES_MAX, emptyBook } from "./appointment-book.ts";
import type { AppointmentEvents } from "./appointment-events.ts";
import { RESTORED_BOOKINGS_GAP } from "./booking-number.ts";
import { isInTime } from "./settling.ts";

const bookingOf = (hall: HallState, { bookingId }: { readonly bookingId: string }): Booking | undefined =>
  hall.appointments?.bookings.get(bookingId);

const become = (hall: HallState, event: { readonly data: { readonly bookingId: string } }, state: Booking["state"]) => {
  const booking = bookingOf(hall, event.data);
  if (booking !== undefined) booking.state = state;
};

function noteBreach(book: AppointmentBook, booking: Booking, breach: Pick<Breach, "kind" | "atMs" | "rules">): void {
  const { bookingId, bookingNumber, serviceId, date, fromMs, staffId } = booking;
  const noted = { bookingId, bookingNumber, serviceId, date, fromMs, staffId, ...breach, lifted: false };
  book.breaches = [...book.breaches, noted].slice(-BREACHES_MAX);
}

function breached(
  hall: HallState,
  event: EventOf<"appointment.missed-by-hall" | "appointment.unattended">,
  kind: Breach["kind"],
): Booking | undefined {
  const booking = bookingOf(hall, event.data);
  if (booking === undefined || hall.appointments === null) return undefined;
  noteBreach(hall.appointments, booking, { kind, atMs: event.recordedAtMs, rules: event.data.rules });
  return booking;
}

export const appointmentFolds: Folds<keyof AppointmentEvents> = {
  "appointment.booked": (hall, { data, seq }) => {
    hall.appointments ??= emptyBook();
    const { drawn, ...booked } = data;
    hall.appointments.drawn = drawn;
    hall.appointments.bookings.set(data.bookingId, {
      ...booked,
      position: seq,
      state: "booked",
      ticketId: null,
      arrivedAtMs: null,
      reserved: false,
      calledAtMs: null,
      served: false,
      closed: null,
      attendance: data.staffId === null ? null : "awaited",
      seenAtMs: null,
    });
  },
  "appointment.cancelled": (hall, event) => {
    const booking = bookingOf(hall, event.data);
    // Without a ticket nothing hangs on it: its place and its number are free again.
    if (booking?.state === "booked") hall.appointments?.bookings.delete(booking.bookingId);
    else become(hall, event, "cancelled");
  },
  "appointment.arrived": (hall, { data, recordedAtMs }) => {
    const booking = bookingOf(hall, data);
    if (booking === undefined) return;
    booking.state = data.turn === "ordinary" ? "late" : "arrived";
    booking.ticketId = data.ticketId;
    booking.arrivedAtMs = recordedAtMs;
    hall.appointments?.byTicket.set(data.ticketId, booking.bookingId);
    const ticket = hall.tickets.get(data.ticketId);
    if (booking.staffId === null || ticket?.phase !== "waiting") return;
    leaveLine(hall, ticket);
    ticket.boundTo = { counterId: null, staffId: booking.staffId };
    ticket.boundSinceMs = recordedAtMs;
    enterLine(hall, ticket);
  },
  "appointment.turn-reserved": (hall, { data }) => {
    const booking = bookingOf(hall, data);
    const ticket = hall.tickets.get(data.ticketId);
    if (booking === undefined || ticket?.phase !== "waiting") return;
    leaveLine(hall, ticket);
    booking.reserved = true;
    ticket.rank = data.rank;
    ticket.enteredAtMs = booking.fromMs; // An appointment's waiting starts at its booked time,
    ticket.position = booking.position; // and within a slot whoever booked first is first.
    enterLine(hall, ticket);
  },
  "appointment.served-in-time": (hall, event) => become(hall, event, "kept"),
  "appointment.missed-by-hall": (hall, event) => {
    const booking = breached(hall, event, "not-served");
    if (booking !== undefined) booking.state = "breached";
  },
  "appointment.missed-by-citizen": (hall, event) => become(hall, event, "absent"),
  "appointment.lapsed": (hall, event) => become(hall, event, "lapsed"),
  "appointment.unattended": (hall, event) => {
    const booking = breached(hall, event, "unattended");
    if (booking !== undefined) booking.attendance = "missing";
  },
  "appointment.attended": (hall, { data }) => {
    const booking = bookingOf(hall, data);
    const book = hall.appointments;
    if (booking === undefined || book === null) return;
    booking.attendance = "attended";
    booking.seenAtMs = data.seenAtMs;
    book.breaches = book.breaches.map((breach) =>
      breach.kind === "unattended" && breach.bookingId === data.bookingId ? { ...breach, lifted: true } : breach,
    );
  },
};

/** What other parts' events mean to the book, after their own fold; nothing in a hall without one. */
export function noteForAppointments(hall: HallState, event: HallEvent): void {
  const book = hall.appointments;
  if (book === null) return;
  switch (event.type) {
    case "ticket.called":
      return noteTicket(book, event.data.ticketId, (booking) => {
        booking.calledAtMs = event.recordedAtMs;
      });
    case "ticket.returned":
      return noteTicket(book, event.data.ticketId, (booking) => {
        booking.calledAtMs = null;
      });
    case "visit.started":
    case "visit.presumed":
      return noteTicket(book, hall.counters.get(event.data.counterId)?.visit?.ticketId, (booking) => {
        booking.served = true;
      });
    case "ticket.closed":
      return noteTicket(book, event.data.ticketId, (booking) => {
        booking.closed = event.data.outcome;
      });
    case "badge.recorded":
    case "badge.noted":
      return noteBadge(hall, book, event.data.staffId, event);
    case "hall.restored":
      book.drawn += RESTORED_BOOKINGS_GAP;
      return;
    case "day.opened":
      return forgetBefore(book, event.data.startsAtMs);
    default:
  }
}

/** The first leg alone counts: what the hall owed is decided with it. */
function noteTicket(book: AppointmentBook, ticketId: unknown, note: (booking: Booking) => void): void {
  const bookingId = book.byTicket.get(ticketId as Parameters<typeof book.byTicket.get>[0]);
  const booking = bookingId === undefined ? undefined : book.bookings.get(bookingId);
  if (booking?.state === "arrived") note(booking);
}

/** HRS-24: a badge anywhere in the hall, in time for the slot; doubt about when it was favours the person. */
function noteBadge(
  hall: HallState,
  book: AppointmentBook,
  staffId: StaffId | null,
  { occurredAtMs, occurredUntilMs }: { readonly occurredAtMs: EpochMs; readonly occurredUntilMs: EpochMs },
): void {
  const before = minutes(hall.configuration?.appointments?.attendFromMinutes ?? 0);
  for (const booking of book.bookings.values()) {
    if (staffId === null || booking.staffId !== staffId || booking.attendance === "attended") continue;
    if (isInTime(occurredAtMs, booking.fromMs) && occurredUntilMs >= booking.fromMs - before)
      booking.seenAtMs ??= occurredAtMs;
  }
}

/** Yesterday's bookings that are decided. */
function forgetBefore(book: AppointmentBook, startsAtMs: EpochMs): void {
  for (const [id, booking] of book.bookings) {
    const isOpen = booking.state === "booked" || booking.state === "arrived" || booking.attendance === "awaited";
    if (isOpen || booking.toMs > startsAtMs) continue;
    book.bookings.delete(id);
    if (booking.ticketId !== null) book.byTicket.delete(booking.ticketId);
  }
}
