import { z } from "zod";
import {
  Bilingual,
  CounterId,
  CounterPhase,
  PersonOnDuty,
  ServiceId,
  StaffId,
  TicketId,
  TicketNumber,
  VisitId,
} from "../../protocol/index.ts";
import { Reason } from "../core/reasons.ts";

/** Tickets of one list on the clerk's page. */
export const DESK_LIST_MAX = 60;

const DeskTicket = z.object({
  ticket: TicketId,
  number: TicketNumber,
  service: ServiceId,
  priority: Bilingual.nullable().describe("Its priority class."),
});

export const WaitingTicket = DeskTicket.extend({
  enteredAtMs: z.number().describe("When it entered its queue; UTC milliseconds, the hall's clock."),
  boundTo: z.object({ counter: CounterId.nullable(), staff: StaffId.nullable() }).nullable(),
  there: z.boolean().describe("False when it is bound to a window or person that is not there."),
});
export const HeldTicket = DeskTicket.extend({ heldAtMs: z.number() });
export const ClosedTicket = DeskTicket.extend({ closedAtMs: z.number(), untilMs: z.number() });

export type WaitingTicket = z.infer<typeof WaitingTicket>;
export type HeldTicket = z.infer<typeof HeldTicket>;
export type ClosedTicket = z.infer<typeof ClosedTicket>;

/** The clerk's own view of the window: `GET /api/counters/{counter}/desk`. All instants: UTC ms, the hall's clock. */
export const DeskPicture = z.object({
  counter: CounterId,
  title: Bilingual,
  phase: CounterPhase,
  person: PersonOnDuty.nullable(),
  nowMs: z.number(),
  visit: DeskTicket.extend({
    visit: VisitId,
    phase: z.string().describe("called, presumed or serving."),
    callCount: z.int(),
    calledAtMs: z.number(),
    startedAtMs: z.number().nullable(),
  }).nullable(),
  waitingTotal: z.int().nonnegative(),
  waiting: z.array(WaitingTicket).describe("In the order in which they would be called; the first ones."),
  held: z.array(HeldTicket).describe("Oldest first."),
  noShows: z.array(ClosedTicket).describe("May come back until `untilMs`."),
  served: z.array(ClosedTicket).describe("Served here by this person: may be asked back until `untilMs`."),
  pauseReasons: z.array(Reason),
  reasons: z.object({
    decline: z.array(Reason),
    outOfOrder: z.array(Reason),
    cancel: z.array(Reason),
    late: z.array(Reason),
  }),
  services: z.array(z.object({ service: ServiceId, name: Bilingual })),
  counters: z.array(z.object({ counter: CounterId, title: Bilingual, person: z.string().nullable() })),
  staff: z.array(z.object({ staff: StaffId, name: z.string(), counter: CounterId.nullable() })),
  ticketsOpen: z.boolean().describe("False: late tickets may be taken, and waiting ones declined."),
  extendedSinceMs: z.number().nullable(),
});
export type DeskPicture = z.infer<typeof DeskPicture>;
