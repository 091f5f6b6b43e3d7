import type { BusinessDate, EpochMs, ServiceId, StaffId, TicketId } from "../../../protocol/index.ts";
import type { TicketOutcome } from "../queue/ticket-events.ts";
import type { ReasonId } from "../reasons.ts";
import type { BreachKind, Channel } from "./appointment-events.ts";

/** Breaches that the hall has in mind; the log keeps all. */
export const BREACHES_MAX = 500;

/**
 * `late`: came after the grace, and waits like everybody. `kept`: served in time. `breached`: missed by the hall.
 * `absent`: missed by the citizen. `lapsed`: nobody can say.
 */
export type BookingState = "booked" | "arrived" | "late" | "kept" | "breached" | "absent" | "lapsed" | "cancelled";

export interface Booking {
  readonly bookingId: string;
  readonly bookingNumber: string;
  readonly serviceId: ServiceId;
  readonly date: BusinessDate;
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly channel: Channel;
  readonly reason: ReasonId | null;
  readonly staffId: StaffId | null;
  /** Log position of the booking: the book's order within a slot. */
  readonly position: number;
  state: BookingState;
  ticketId: TicketId | null;
  arrivedAtMs: EpochMs | null;
  /** Its ticket stands at the booked rank. */
  reserved: boolean;
  /** The call that its citizen has followed, or not. A ticket that went back to its line was not called. */
  calledAtMs: EpochMs | null;
  served: boolean;
  closed: TicketOutcome | null;
  /** Of the named person. */
  attendance: "awaited" | "attended" | "missing" | null;
  /** A badge of the named person that was in time, at its earliest. */
  seenAtMs: EpochMs | null;
}

/** On the list of those responsible until somebody has judged it. */
export interface Breach {
  readonly bookingId: string;
  readonly bookingNumber: string;
  readonly kind: BreachKind;
  readonly serviceId: ServiceId;
  readonly date: BusinessDate;
  readonly fromMs: EpochMs;
  readonly staffId: StaffId | null;
  readonly atMs: EpochMs;
  readonly rules: readonly string[];
  /** A badge heard late has shown that there was none. */
  readonly lifted: boolean;
}

/** Null in a hall that never had a booking. */
export interface AppointmentBook {
  drawn: number;
  readonly bookings: Map<string, Booking>;
  /** Of the bookings that are here. */
  readonly byTicket: Map<TicketId, string>;
  /** Oldest first. */
  breaches: readonly Breach[];
}

/** The book as everybody but its folds sees it. */
export interface AppointmentBookView {
  readonly drawn: number;
  readonly bookings: ReadonlyMap<string, Readonly<Booking>>;
  readonly byTicket: ReadonlyMap<TicketId, string>;
  readonly breaches: readonly Breach[];
}

export const emptyBook = (): AppointmentBook => ({ drawn: 0, bookings: new Map(), byTicket: new Map(), breaches: [] });

/** As plain JSON, sorted by key: equal states give equal text. `byTicket` follows from the bookings. */
export function freezeBook({ drawn, bookings, breaches }: AppointmentBookView): Readonly<Record<string, unknown>> {
  const entries = [...bookings].sort(([a], [b]) => (a < b ? -1 : 1));
  return { drawn, breaches, bookings: entries };
}

export function thawBook(stored: unknown): AppointmentBook | null {
  if (stored === undefined || stored === null) return null;
  const frozen = stored as { drawn: number; breaches: Breach[]; bookings: [string, Booking][] };
  const book = emptyBook();
  book.drawn = frozen.drawn;
  book.breaches = frozen.breaches;
  for (const [id, booking] of frozen.bookings) {
    book.bookings.set(id, booking);
    if (booking.ticketId !== null) book.byTicket.set(booking.ticketId, id);
  }
  return book;
}
