import { z } from "zod";
import { type Result, ServiceId, StaffId, TicketId, TicketNumber } from "../../../protocol/index.ts";
import type { Actor } from "../../core/access/actor.ts";
import { CHANNELS } from "../../core/appointments/appointment-events.ts";
import { ReasonId } from "../../core/reasons.ts";
import {
  type AppointmentOffer,
  type BookingDay,
  BookingNumber,
  type BreachList,
  type SlotList,
} from "../../projections/appointment-pictures.ts";
import type { DeskRefusal } from "./desk-refusal.ts";
import { TicketCheck } from "./missed-ticket.ts";

/** The end of the year 9999: what a calendar can still reckon with. */
const AT_MS_MAX = 253_402_300_799_999;
const AtMs = z.int().nonnegative().max(AT_MS_MAX);

/** A citizen books online: a service, a slot, and why if they like. Nobody asks who they are. */
export const OnlineBooking = z.strictObject({
  service: ServiceId,
  fromMs: AtMs.describe("When the slot begins; UTC milliseconds."),
  reason: ReasonId.optional().describe("A reason of the hall's list (HRS-22)."),
});
export type OnlineBooking = z.infer<typeof OnlineBooking>;

/** Somebody of the hall books for a citizen at the desk or on the telephone. */
export const DeskBooking = OnlineBooking.extend({
  channel: z.enum(CHANNELS).exclude(["online"]),
  staff: StaffId.optional().describe("Who serves it; outside the hours, and only there (HRS-24)."),
});
export type DeskBooking = z.infer<typeof DeskBooking>;

/** The answer to a booking: what the citizen writes down. */
export const Booked = z.object({
  booking: z.uuid(),
  number: BookingNumber,
  check: TicketCheck,
  service: ServiceId,
  fromMs: AtMs,
  toMs: AtMs,
});
export type Booked = z.infer<typeof Booked>;

/** What a citizen knows of their booking. */
export const BookingAtHand = z.strictObject({ number: BookingNumber, check: TicketCheck });
export type BookingAtHand = z.infer<typeof BookingAtHand>;

export const BookingCheckIn = BookingAtHand.extend({
  awaitsPrint: z.boolean().optional().describe("As of any ticket: it is not called before `printed` is reported."),
});
export type BookingCheckIn = z.infer<typeof BookingCheckIn>;

/** The ticket of a booking whose citizen is here. */
export const CheckedIn = z.object({
  id: TicketId,
  number: TicketNumber,
  check: TicketCheck,
  service: ServiceId,
  ahead: z.int().nonnegative(),
  issuedAt: z.iso.datetime({ precision: 3 }),
  turn: z.enum(["reserved", "ordinary"]).describe("Ordinary: they came after the grace and wait like everybody."),
});
export type CheckedIn = z.infer<typeof CheckedIn>;

export interface CitizenAsks {
  readonly key: string | null;
  /** For counting wrong checks and bookings, and for nothing else. */
  readonly address: string;
}

/** The appointment book behind its routes. With a key, a repeat is answered as the first was. */
export interface AppointmentDesk {
  offer(): AppointmentOffer;
  slots(service: ServiceId, date: string): SlotList;
  day(date: string): BookingDay;
  breaches(): BreachList;
  bookOnline(asked: OnlineBooking, by: CitizenAsks): Promise<Result<Booked, DeskRefusal>>;
  bookAtDesk(asked: DeskBooking, actor: Actor, key: string | null): Promise<Result<Booked, DeskRefusal>>;
  cancelOwn(asked: BookingAtHand, by: CitizenAsks): Promise<Result<null, DeskRefusal>>;
  cancel(booking: string, actor: Actor): Promise<Result<null, DeskRefusal>>;
  checkIn(asked: BookingCheckIn, by: CitizenAsks): Promise<Result<CheckedIn, DeskRefusal>>;
  checkInAtDesk(booking: string, actor: Actor, key: string | null): Promise<Result<CheckedIn, DeskRefusal>>;
}
