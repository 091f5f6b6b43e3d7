import type { BusinessDate, EpochMs, ServiceId, StaffId, TicketId } from "../../../protocol/index.ts";
import type { ReasonId } from "../reasons.ts";

/** 当面预约、电话预约、网上预约 (HRS-21). */
export const CHANNELS = ["desk", "telephone", "online"] as const;
export type Channel = (typeof CHANNELS)[number];

/** What may be held against the hall, or against the person whose slot it was. */
export type BreachKind = "not-served" | "unattended";

/** The appointment book. A booking is a number: nobody's name or telephone stands in it. */
export interface AppointmentEvents {
  "appointment.booked": {
    readonly bookingId: string;
    readonly bookingNumber: string;
    readonly serviceId: ServiceId;
    readonly date: BusinessDate;
    readonly fromMs: EpochMs;
    readonly toMs: EpochMs;
    readonly channel: Channel;
    /** HRS-22. */
    readonly reason: ReasonId | null;
    /** Who serves it outside the hours (HRS-24); null within them. */
    readonly staffId: StaffId | null;
    /** How many numbers the book has drawn, this one included. */
    readonly drawn: number;
  };
  "appointment.cancelled": { readonly bookingId: string; readonly bookingNumber: string };
  /** Checked in: `turn` is ordinary for whoever came after the grace. */
  "appointment.arrived": {
    readonly bookingId: string;
    readonly bookingNumber: string;
    readonly ticketId: TicketId;
    readonly turn: "reserved" | "ordinary";
  };
  /** The slot has begun and its citizen is here: from now on the ticket stands at `rank`, in the book's order. */
  "appointment.turn-reserved": {
    readonly bookingId: string;
    readonly ticketId: TicketId;
    readonly rank: number;
  };
  "appointment.served-in-time": { readonly bookingId: string; readonly dueMs: EpochMs; readonly calledAtMs: EpochMs };
  /** HRS-21: here in time, and not called in the booked time. */
  "appointment.missed-by-hall": {
    readonly bookingId: string;
    readonly serviceId: ServiceId;
    readonly dueMs: EpochMs;
    readonly staffId: StaffId | null;
    readonly because: "not-called" | "called-late" | "declined";
    readonly rules: readonly string[];
  };
  "appointment.missed-by-citizen": {
    readonly bookingId: string;
    readonly because: "never-came" | "not-at-call";
  };
  /** The controller was not there when the slot began: nobody can say who missed whom. */
  "appointment.lapsed": { readonly bookingId: string };
  /** HRS-24: the named person had not badged in when the slot began. */
  "appointment.unattended": {
    readonly bookingId: string;
    readonly serviceId: ServiceId;
    readonly staffId: StaffId;
    readonly fromMs: EpochMs;
    readonly rules: readonly string[];
  };
  /** They were there in time. After `unattended` it lifts that: their badge was heard late. */
  "appointment.attended": { readonly bookingId: string; readonly staffId: StaffId; readonly seenAtMs: EpochMs };
}
