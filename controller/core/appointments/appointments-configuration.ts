import { z } from "zod";
import { Bilingual, bilingual, ServiceId } from "../../../protocol/index.ts";
import { FIRST_RANK, ORDINARY_RANK, PriorityId } from "../queue/priorities.ts";
import { ReasonId } from "../reasons.ts";
import { CHANNELS } from "./appointment-events.ts";

/** Bookings of one service in one slot. */
export const PER_SLOT_MAX = 50;
/** How far ahead people may book, days. */
export const DAYS_AHEAD_MAX = 90;
/** Bookings that wait for their slot, all services and days together. */
export const BOOKINGS_OPEN_MAX = 5_000;
const SERVICES_MAX = 64;
const REASONS_MAX = 12;
const DAY_MINUTES = 1_440;

const Channel = z.enum(CHANNELS);

/** Why somebody books (HRS-22): a word of the list, and what priority class it gives at the hall, if any. */
const BookingReason = z.strictObject({ id: ReasonId, text: Bilingual, priority: PriorityId.optional() });
type BookingReason = z.output<typeof BookingReason>;

const REASONS: readonly BookingReason[] = [
  { id: "remote-people", text: bilingual("边远山区群众", "From a remote mountain area") },
  { id: "outside-investors", text: bilingual("外来客商", "Outside investor") },
];

/**
 * The appointment book (HRS-21..24). Absent: the hall has none. The figures are product defaults, no regulation gives
 * them.
 */
export const AppointmentsConfiguration = z.strictObject({
  services: z
    .array(z.strictObject({ service: ServiceId, perSlot: z.int().min(1).max(PER_SLOT_MAX) }))
    .min(1)
    .max(SERVICES_MAX),
  slotMinutes: z.int().min(5).max(120).default(15),
  daysAhead: z.int().min(0).max(DAYS_AHEAD_MAX).default(14),
  /** Whoever booked may check in from so many minutes before their slot. */
  checkInFromMinutes: z.int().min(0).max(DAY_MINUTES).default(60),
  /** Whoever comes later than so many minutes after the slot's start waits with everybody else. */
  graceMinutes: z.int().min(0).max(DAY_MINUTES).default(10),
  /** So long after the slot's start a booking may still be checked in; then its citizen has not come. */
  keptMinutes: z.int().min(1).max(DAY_MINUTES).default(60),
  /** The call is due within so long of the slot's start, or of a later check-in. Absent: the slot's own length. */
  dueMinutes: z.int().min(1).max(DAY_MINUTES).optional(),
  /** Place in line of a ticket whose slot has begun, among the priority classes: lower goes first. */
  rank: z
    .int()
    .min(FIRST_RANK + 1)
    .max(ORDINARY_RANK - 1)
    .default(-50),
  channels: z
    .array(Channel)
    .min(1)
    .max(CHANNELS.length)
    .default([...CHANNELS]),
  reasons: z
    .array(BookingReason)
    .max(REASONS_MAX)
    .default([...REASONS]),
  /** Slots outside the hours and on days off, each bound to a named person (HRS-24). Absent: as the regulation says. */
  outOfHours: z.boolean().optional(),
  /** That person badges in at most so many minutes before the slot, and not after its start. */
  attendFromMinutes: z.int().min(1).max(DAY_MINUTES).default(60),
  /** A badge may still be on its way so long after the slot's start: only then it is missed. */
  attendSettleMinutes: z.int().min(0).max(240).default(5),
});
export type AppointmentsConfiguration = z.output<typeof AppointmentsConfiguration>;

interface Complaint {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

interface Known {
  readonly services: ReadonlySet<string>;
  readonly priorities: ReadonlySet<string>;
}

/** What contradicts itself in it. */
export function complaintsAboutAppointments(
  { services, reasons, graceMinutes, keptMinutes }: AppointmentsConfiguration,
  known: Known,
): Complaint[] {
  const at = (...path: readonly (string | number)[]) => ["appointments", ...path];
  const twice = (ids: readonly string[], index: number): boolean => ids.indexOf(ids[index] ?? "") !== index;
  const names = services.map(({ service }) => service);
  const ids = reasons.map(({ id }) => id);
  return [
    ...names.flatMap((name, index) => {
      const path = at("services", index, "service");
      if (!known.services.has(name)) return [{ path, message: `"${name}" is not defined` }];
      return twice(names, index) ? [{ path, message: `"${name}" stands here a second time` }] : [];
    }),
    ...reasons.flatMap(({ id, priority }, index) => [
      ...(twice(ids, index)
        ? [{ path: at("reasons", index, "id"), message: `"${id}" stands here a second time` }]
        : []),
      ...(priority === undefined || known.priorities.has(priority)
        ? []
        : [{ path: at("reasons", index, "priority"), message: `"${priority}" is not defined` }]),
    ]),
    ...(keptMinutes < graceMinutes ? [{ path: at("keptMinutes"), message: "must not be less than graceMinutes" }] : []),
  ];
}
