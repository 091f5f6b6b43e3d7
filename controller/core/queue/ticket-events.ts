import type {
  BusinessDate,
  CallId,
  CounterId,
  QueueId,
  ServiceId,
  StaffId,
  TicketId,
  TicketNumber,
  VisitId,
} from "../../../protocol/index.ts";
import type { ReasonId } from "../reasons.ts";
import type { PriorityId } from "./priorities.ts";

export type TicketOutcome = "served" | "no-show" | "day-ended" | "cancelled" | "declined" | "not-printed";

/** Where a transferred ticket waits: at one counter, for one person, or (null) in its service's queue. */
export interface Binding {
  readonly counterId: CounterId | null;
  readonly staffId: StaffId | null;
}
/** What chose a ticket: the hall's order, a booked turn in it, its being held or begun here, or a person. */
export type CallRule = "strict" | "appointment" | "held" | "started-there" | "out-of-order";
export type ReturnReason = "terminal-lost" | "window-gone" | "signed-off";

/** A ticket's way from the kiosk to its end. */
export interface TicketEvents {
  "ticket.issued": {
    readonly ticketId: TicketId;
    readonly number: TicketNumber;
    readonly serviceId: ServiceId;
    readonly queueId: QueueId;
    readonly date: BusinessDate;
    /** The series' own count, wraps included: what the next number is derived from. */
    readonly ordinal: number;
    readonly rank: number;
    /** Waiting before it, in its queue. */
    readonly ahead: number;
    /** Its class of the configured list, which says why it goes before others (AMB-30). */
    readonly priority: PriorityId | null;
    /** "awaited": it is not called before it came out of the printer. */
    readonly print: "none" | "awaited";
    /** Why staff took it after the ticket cut-off (AMB-28). */
    readonly late: ReasonId | null;
  };
  /** After a restore: somebody has found the citizen, so it may be called. */
  "ticket.confirmed": { readonly ticketId: TicketId; readonly number: TicketNumber };
  /** The paper is in the citizen's hand: it may be called. */
  "ticket.printed": { readonly ticketId: TicketId };
  "ticket.print-failed": { readonly ticketId: TicketId };
  /** Ends one leg without a rating window and opens the next: number and time of entry stay. */
  "ticket.transferred": {
    readonly ticketId: TicketId;
    readonly number: TicketNumber;
    readonly visitId: VisitId;
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    readonly serviceId: ServiceId;
    readonly queueId: QueueId;
    readonly boundTo: Binding | null;
    /** It goes back to where it has been before: first in line there. */
    readonly first: boolean;
  };
  /** The window or person it was bound to is not there: whoever serves its queue may call it. */
  "ticket.released": { readonly ticketId: TicketId; readonly boundTo: Binding };
  /** Open again: a no-show who came after all, or somebody asked back by the person who served them. */
  "ticket.re-entered": {
    readonly ticketId: TicketId;
    readonly number: TicketNumber;
    readonly how: "came-back" | "asked-back";
    readonly boundTo: Binding | null;
  };
  "ticket.called": {
    readonly ticketId: TicketId;
    readonly number: TicketNumber;
    readonly visitId: VisitId;
    readonly callId: CallId;
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    /** The rule that chose this ticket, and the earlier ones it passed over: the answer to "why not me?". */
    readonly rule: CallRule;
    /** By a key, or by itself because the counter was armed. */
    readonly occasion: "key" | "armed";
    readonly passedOver: readonly TicketNumber[];
    /** Why it was called out of order (QUE-04). */
    readonly reason?: ReasonId;
  };
  "ticket.recalled": {
    readonly visitId: VisitId;
    readonly callId: CallId;
    readonly counterId: CounterId;
    readonly callCount: number;
  };

  "call.announced": {
    readonly callId: CallId;
    readonly visitId: VisitId;
    readonly counterId: CounterId;
    readonly callCount: number;
  };

  /** Back to the head of its queue: nobody is there to serve it any more. */
  "ticket.returned": {
    readonly ticketId: TicketId;
    readonly number: TicketNumber;
    readonly visitId: VisitId;
    readonly counterId: CounterId;
    readonly reason: ReturnReason;
  };
  /** The leg is interrupted: `servedMs` is the serving time of all its parts so far. */
  "ticket.held": {
    readonly ticketId: TicketId;
    readonly number: TicketNumber;
    readonly visitId: VisitId;
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    readonly servedMs: number;
  };
  /** `counterId` is the window whose visit it ends, null for a ticket that was still waiting. */
  "ticket.closed": {
    readonly ticketId: TicketId;
    readonly outcome: TicketOutcome;
    readonly visitId: VisitId | null;
    readonly counterId: CounterId | null;
    /** Filed by the clerk who declined or cancelled it (HRS-19). */
    readonly reason?: ReasonId;
  };
}
