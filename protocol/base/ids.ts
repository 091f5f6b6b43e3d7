import { z } from "zod";

// Every id is plain lower-case ASCII that starts with a letter or digit: it may stand in a topic, a path, a file name
// and as an object key, so "__proto__", "#", "+", "/" and blanks can never be one.
const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/u, "lower-case letters, digits and '-', at most 32 characters");

export const HallId = slug.brand<"HallId">();
export type HallId = z.infer<typeof HallId>;
export const TerminalId = slug.brand<"TerminalId">();
export type TerminalId = z.infer<typeof TerminalId>;
/** The window's number as it is painted over it, "3" or "a12". */
export const CounterId = slug.brand<"CounterId">();
export type CounterId = z.infer<typeof CounterId>;
/** A part of the hall with a loudspeaker of its own. */
export const ZoneId = slug.brand<"ZoneId">();
export type ZoneId = z.infer<typeof ZoneId>;
/** The only zone of a hall that names none. */
export const MAIN_ZONE = ZoneId.parse("hall");
export const ServiceId = slug.brand<"ServiceId">();
export type ServiceId = z.infer<typeof ServiceId>;
export const QueueId = slug.brand<"QueueId">();
export type QueueId = z.infer<typeof QueueId>;
export const StaffId = slug.brand<"StaffId">();
export type StaffId = z.infer<typeof StaffId>;

export const TicketId = z.uuid().brand<"TicketId">();
export type TicketId = z.infer<typeof TicketId>;
/** One leg of a ticket at a counter, from its call. Reserved at the call, it also names the leg's rating window. */
export const VisitId = z.uuid().brand<"VisitId">();
export type VisitId = z.infer<typeof VisitId>;
/** One journal of one terminal: random, new with every fresh card, so that seq 1 of a new card is not an old one's. */
export const StreamId = z.uuid().brand<"StreamId">();
export type StreamId = z.infer<typeof StreamId>;
/** One announcement. Receivers drop a repeat: QoS 1 may deliver twice. */
export const CallId = z.uuid().brand<"CallId">();
export type CallId = z.infer<typeof CallId>;

/** HMAC-SHA256 of the canonical badge value under the hall's key, lower-case hex: the only form in which it travels. */
export const BadgeDigest = z
  .string()
  .regex(/^[0-9a-f]{64}$/u, "64 lower-case hex digits")
  .brand<"BadgeDigest">();
export type BadgeDigest = z.infer<typeof BadgeDigest>;

/** What is printed and shown: "A001". */
export const TicketNumber = z
  .string()
  .regex(/^[A-Z]{1,2}[0-9]{3,4}$/u, "one or two letters and three or four digits")
  .brand<"TicketNumber">();
export type TicketNumber = z.infer<typeof TicketNumber>;
