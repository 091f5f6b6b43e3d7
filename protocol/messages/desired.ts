import { z } from "zod";
import { CounterId, StaffId, TerminalId, TicketNumber, VisitId } from "../base/ids.ts";
import { Bilingual } from "../base/text.ts";
import { Basis } from "./input.ts";

/** What the counter is doing; with the gesture table of `terminal/core` this says what each key means. */
export const CounterPhase = z.enum([
  "closed",
  "idle",
  "armed",
  "called",
  "presumed",
  "serving",
  "rating",
  "paused",
  "question",
  "maintenance",
]);
export type CounterPhase = z.infer<typeof CounterPhase>;

export const Lamp = z.enum(["off", "on", "blink"]);
export type Lamp = z.infer<typeof Lamp>;

/** Who is really there. Name, post and staff number are what rules ask a window to show (IDN-01 to IDN-05). */
export const PersonOnDuty = z.object({
  staffId: StaffId,
  name: z.string().max(32),
  post: Bilingual,
  number: z.string().max(16),
  /** Stands in for somebody who is away: 代岗 (IDN-20). */
  cover: z.boolean(),
});
export type PersonOnDuty = z.infer<typeof PersonOnDuty>;

export const VisitView = z.object({
  visitId: VisitId,
  ticketNumber: TicketNumber,
  phase: z.enum(["called", "serving"]),
  /** 1 for the first call, one more for each recall. */
  callCount: z.int().min(1),
});
export type VisitView = z.infer<typeof VisitView>;

/** The rating window of the visit that has just ended here, while it is open. Hall time, UTC milliseconds. */
export const RatingView = z.object({ visitId: VisitId, openedAtMs: z.number(), closesAtMs: z.number() });
export type RatingView = z.infer<typeof RatingView>;

/**
 * Controller -> one terminal, `terminals/{id}/desired`, QoS 1, retained: the whole face of the counter. Ordered by
 * (epoch, rev); a terminal ignores anything not newer than what it shows. Level-triggered: losing one costs nothing,
 * the next is complete again.
 */
export const Desired = z.object({
  v: z.literal(1),
  epoch: z.int().nonnegative(),
  rev: z.int().min(1),
  terminalId: TerminalId,
  counterId: CounterId,
  phase: CounterPhase,
  /** Goes back with every intent. */
  basis: Basis,
  nameplate: z.object({
    service: Bilingual,
    status: Bilingual,
    person: PersonOnDuty.nullable(),
    /** The second one at a shared window. */
    colleague: PersonOnDuty.nullable(),
    /** What is special about the service now, beside its status: lunch duty, extended service. */
    marks: z.array(Bilingual).max(4),
    ticketNumber: TicketNumber.nullable(),
    /** Shown in turn while idle: hours, hotline. */
    notices: z.array(Bilingual).max(12),
  }),
  lamps: z.object({ call: Lamp, pause: Lamp }),
  /** A question or an answer to the last badge, for the person at the counter. */
  prompt: Bilingual.nullable(),
  visit: VisitView.nullable(),
  rating: RatingView.nullable(),
  pausePlanned: z.boolean(),
  /** Tickets waiting for this counter. */
  waiting: z.int().nonnegative(),
});
export type Desired = z.infer<typeof Desired>;
