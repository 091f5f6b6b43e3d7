import { z } from "zod";
import { Bilingual, bilingual, type EpochMs, present, ServiceId } from "../../protocol/index.ts";
import { bookOf } from "../core/appointments/book-rules.ts";
import { BOOKING_DIGITS } from "../core/appointments/booking-number.ts";
import { type TicketHours, ticketHoursAt } from "../core/closing/ticket-hours.ts";
import { dayAt, takenAt } from "../core/days.ts";
import { regulationOf } from "../core/office/regulation.ts";
import { digitsOf, drawNumber } from "../core/queue/ticket-number.ts";
import { contingentLeft } from "../core/queue/tickets.ts";
import type { HallView } from "../core/state.ts";

/** Why the kiosk gives no ticket for a service now. */
export const KioskClosure = z.enum(["closed", "contingent-exhausted", "series-exhausted"]);
type KioskClosure = z.infer<typeof KioskClosure>;

const WHY: { readonly [K in KioskClosure]: Bilingual } = {
  closed: bilingual("现在不在取号时间", "No tickets are given at this hour"),
  "contingent-exhausted": bilingual("今日号源已满", "Today's tickets are all given"),
  "series-exhausted": bilingual("号码已用完，请稍候", "All numbers are in use, please wait"),
};

export const KioskService = z.object({
  id: ServiceId,
  name: Bilingual,
  open: z.boolean(),
  why: KioskClosure.nullable().describe("Null while it is open."),
  text: Bilingual.nullable().describe("The same for people."),
  opensAtMs: z.number().nullable().describe("When tickets are given again, if that is known; UTC milliseconds."),
  waiting: z.int().nonnegative(),
  left: z.int().nonnegative().nullable().describe("Left of the daily contingent; null without one."),
});
export type KioskService = z.infer<typeof KioskService>;

export const KioskPriority = z.object({
  id: z.string(),
  name: Bilingual,
  reason: Bilingual.describe("Why this class goes first: shown to everybody who waits."),
});

export const NumberForm = z.object({
  letter: z.string().describe("One or two capital letters of a queue."),
  digits: z.int().positive().describe("How many digits follow."),
});
export type NumberForm = z.infer<typeof NumberForm>;

/** What a kiosk shows: `GET /api/kiosk`. */
export const KioskPicture = z.object({
  hall: Bilingual,
  open: z.boolean().describe("Whether tickets are given at all now."),
  closesAtMs: z.number().nullable().describe("Ticket cut-off of the open session; UTC milliseconds."),
  opensAtMs: z.number().nullable(),
  services: z.array(KioskService),
  priorities: z.array(KioskPriority),
  numbers: z.array(NumberForm).describe("What ticket numbers of this hall look like."),
  bookingDigits: z
    .int()
    .positive()
    .optional()
    .describe("Whoever booked types so many; absent: nothing is booked here."),
  notice: Bilingual.optional().describe("What the regulation has told to whoever comes (HRS-26)."),
});
export type KioskPicture = z.infer<typeof KioskPicture>;

const NO_APPOINTMENT = bilingual("无需预约，依次排队等候", "No appointment needed: everybody is served in turn");

export function kioskOf(hall: HallView, now: EpochMs): KioskPicture {
  const { name, services, priorities, queues } = present(hall.configuration, "configuration");
  const hours = ticketHoursAt(hall, now);
  const appointments = regulationOf(hall.configuration)?.policy.profile.appointments.needed;
  return {
    hall: name,
    ...hours,
    services: services.map((service) => serviceOf(hall, service, hours, now)),
    priorities: priorities.map(({ id, name: title, reason }) => ({ id, name: title, reason })),
    numbers: queues.map((queue) => ({ letter: queue.letter, digits: digitsOf(queue) })),
    ...(bookOf(hall).ok && { bookingDigits: BOOKING_DIGITS }),
    ...(appointments === false && { notice: NO_APPOINTMENT }),
  };
}

type Service = NonNullable<HallView["configuration"]>["services"][number];

function serviceOf(hall: HallView, { id, name, queue }: Service, hours: TicketHours, now: EpochMs): KioskService {
  const left = contingentLeft(hall, queue, dayAt(hall, takenAt(now)).date);
  const why = whyClosed(hall, queue, hours, now);
  return {
    id,
    name,
    open: why === null,
    why,
    text: why === null ? null : WHY[why],
    opensAtMs: why === "closed" ? hours.opensAtMs : null,
    waiting: hall.lines.get(queue)?.size ?? 0,
    left,
  };
}

function whyClosed(hall: HallView, queue: Service["queue"], hours: TicketHours, now: EpochMs): KioskClosure | null {
  if (!hours.open) return "closed";
  if (contingentLeft(hall, queue, dayAt(hall, takenAt(now)).date) === 0) return "contingent-exhausted";
  return drawNumber(hall, queue, dayAt(hall, takenAt(now)).date) === null ? "series-exhausted" : null;
}
