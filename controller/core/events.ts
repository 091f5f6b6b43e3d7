import type {
  BadgeDigest,
  Basis,
  BusinessDate,
  CallId,
  CounterId,
  EpochMs,
  InputType,
  Level,
  QueueId,
  ServiceId,
  StaffId,
  StreamId,
  TerminalId,
  TicketId,
  TicketNumber,
  VisitId,
} from "../../protocol/index.ts";
import type { AccessEvents } from "./access/access-event-bodies.ts";
import type { AccountId } from "./access/actor.ts";
import type { HallConfiguration } from "./configuration.ts";
import type { HallDay } from "./hall-day.ts";
import type { MonoMark } from "./mono-mark.ts";
import type { OfficeEvents } from "./office/office-events.ts";
import type { PriorityId } from "./queue/priorities.ts";
import type { SealEvents } from "./sealing/seal-events.ts";
import type { ReasonId } from "./reasons.ts";
import type { SeriesDrawn } from "./series-drawn.ts";
import type { RefusalCode } from "./refusal-codes.ts";
import type { DeskKind } from "./staff/roster-configuration.ts";

/** How a tap was taken by the window. It is recorded for attendance whatever the effect. */
export type BadgeEffect =
  | "sign-on"
  | "sign-off"
  | "sign-off-planned"
  | "asked-take-over"
  | "took-over"
  | "became-acting"
  | "patrol"
  | "maintenance-begun"
  | "maintenance-ended"
  | "asked-going-out"
  | "went-out"
  | "came-back"
  | "refused-unknown"
  | "refused-revoked"
  | "refused-untrained"
  | "refused-maintenance"
  | "refused-not-closed"
  | "refused-wrong-window"
  | "refused-window-taken"
  | "refused-elsewhere"
  | "refused-serving"
  | "refused-waiting"
  | "refused-closed"
  | "recorded-repeat"
  | "recorded-late";

export type TicketOutcome = "served" | "no-show" | "day-ended" | "cancelled" | "declined" | "not-printed";

/** Where a transferred ticket waits: at one counter, for one person, or (null) in its service's queue. */
export interface Binding {
  readonly counterId: CounterId | null;
  readonly staffId: StaffId | null;
}
export type QuestionAbout = "going-out" | "take-over";
/** What chose a ticket: the hall's order, its being held here or begun here offline, or a person with a reason. */
export type CallRule = "strict" | "held" | "started-there" | "out-of-order";
export type ReturnReason = "terminal-lost" | "window-gone" | "signed-off";
export type LossSign = "will" | "silence" | "controller-restart";

/** What happened, in the past tense. Adding a member is a new type or a new schemaVersion with an upcaster. */
export interface EventBodies extends AccessEvents, OfficeEvents, SealEvents {
  "controller.started": { readonly epoch: number; readonly version: string };
  /** A terminal has seen a higher epoch than this log knows: the log was restored from an older copy. */
  "epoch.raised": { readonly epoch: number; readonly seenBy: TerminalId };
  /**
   * The log was put back from a copy: what came after `backupPosition` is lost, but for what terminals still have. Each
   * number series leaves out `numbersGap` once, from `date` on, and everything that was open waits for a person.
   */
  "hall.restored": {
    readonly epoch: number;
    readonly backupPosition: number;
    readonly madeAtMs: EpochMs;
    readonly date: BusinessDate | null;
    readonly numbersGap: number;
    /** Series of which it is known where they stood: they go on from there, without a gap. */
    readonly drawn?: readonly SeriesDrawn[];
  };
  "hall.configured": { readonly configuration: HallConfiguration };
  "day.opened": HallDay;
  /** The hours of a day that has begun were changed without notice in advance (HRS-12): taken, and flagged. */
  "hours.changed-unannounced": { readonly date: BusinessDate };

  "terminal.born": {
    readonly terminalId: TerminalId;
    readonly stream: StreamId;
    readonly session: number;
    readonly boot: number;
    readonly firmware: string;
    readonly epochSeen: number;
  };
  "terminal.lost": {
    readonly terminalId: TerminalId;
    readonly stream: StreamId;
    readonly session: number;
    readonly sign: LossSign;
  };
  /** Inputs the terminal no longer has and we never got: an explicit hole, never a silent one (I4). */
  "stream.hole": {
    readonly terminalId: TerminalId;
    readonly stream: StreamId;
    readonly from: number;
    readonly to: number;
  };

  "badge.recorded": {
    readonly counterId: CounterId;
    readonly badge: BadgeDigest;
    readonly staffId: StaffId | null;
    readonly effect: BadgeEffect;
  };
  /** `coverFor`: who is away and covered by it (代岗), null for somebody at a window of their own. */
  "staff.signed-on": {
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    readonly coverFor: StaffId | null;
  };
  /** `by` has the window from here on; `covered` is off duty there. */
  "staff.took-over": {
    readonly counterId: CounterId;
    readonly by: StaffId;
    readonly covered: StaffId;
    readonly coverFor: StaffId | null;
  };
  /** Of two people at a shared window, this one serves from here on. */
  "staff.became-acting": { readonly counterId: CounterId; readonly staffId: StaffId };
  "staff.signed-off": { readonly counterId: CounterId; readonly staffId: StaffId };
  "staff.sign-off-planned": { readonly counterId: CounterId; readonly staffId: StaffId };
  "staff.sign-off-deferred": { readonly counterId: CounterId; readonly staffId: StaffId };
  "staff.went-out": { readonly counterId: CounterId; readonly staffId: StaffId };
  "staff.came-back": { readonly counterId: CounterId; readonly staffId: StaffId };
  /** Ended by itself. `outAtMs`: when somebody who left early went out, which is their *out*. */
  "duty.ended": {
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    readonly by: "session-end" | "left-early";
    readonly outAtMs: EpochMs | null;
  };
  "question.asked": {
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    readonly about: QuestionAbout;
    readonly untilMs: EpochMs;
  };
  "question.lapsed": { readonly counterId: CounterId };
  /** An inspector was at the window, and who was on duty there. */
  "patrol.recorded": {
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    readonly onDuty: readonly StaffId[];
  };
  "maintenance.begun": { readonly counterId: CounterId; readonly staffId: StaffId };
  "maintenance.ended": { readonly counterId: CounterId; readonly how: "technician" | "timeout" };
  /** A badge at a terminal that is no window: at a desk, in a meeting room, or assigned to nothing. */
  "badge.noted": {
    readonly terminalId: TerminalId;
    readonly place: DeskKind | "unassigned";
    readonly badge: BadgeDigest;
    readonly staffId: StaffId | null;
  };

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

  /** 延时服务 (HRS-17): the window goes on after its session's end. */
  "counter.extended": { readonly counterId: CounterId; readonly staffId: StaffId; readonly sinceMs: EpochMs };
  "counter.extension-ended": {
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    readonly sinceMs: EpochMs;
    readonly untilMs: EpochMs;
    /** Whole minutes begun and finished: what the person's record counts. */
    readonly minutes: number;
  };

  /** Nobody pressed start in time: from here on the keys take the citizen to be at the window. */
  "visit.presumed": { readonly visitId: VisitId; readonly counterId: CounterId };
  /** `mark`: the press on the terminal's own clock; older builds did not keep it. */
  "visit.started": { readonly visitId: VisitId; readonly counterId: CounterId; readonly mark?: MonoMark };
  /** Staff and counter are frozen here: a rating counts for who served, whoever sits there when it arrives. */
  "visit.ended": {
    readonly visitId: VisitId;
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    readonly number: TicketNumber;
    readonly serviceId: ServiceId;
    /** Of the leg's last part. */
    readonly startedAtMs: EpochMs;
    /** True when nobody pressed start: `startedAtMs` is the instant from which it was presumed. */
    readonly startPresumed: boolean;
    /** Start to end, the parts of an interrupted leg summed. */
    readonly servedMs: number;
  };
  "rating.given": {
    readonly visitId: VisitId;
    readonly level: Level;
    readonly counterId: CounterId;
    readonly staffId: StaffId;
  };
  /** Not rated is a state, never a score. */
  "rating.expired": {
    readonly visitId: VisitId;
    readonly counterId: CounterId;
    readonly how: "timeout" | "next-call" | "next-start";
  };

  "counter.armed": { readonly counterId: CounterId };
  "counter.disarmed": {
    readonly counterId: CounterId;
    readonly because: "key" | "link-lost" | "restart" | "timeout";
  };
  /** `untilMs`: when the clerk expects to be back, if they said so (QUE-07). */
  "counter.paused": {
    readonly counterId: CounterId;
    readonly reason: ReasonId;
    readonly untilMs: EpochMs | null;
  };
  "counter.pause-changed": {
    readonly counterId: CounterId;
    readonly reason: ReasonId;
    readonly untilMs: EpochMs | null;
  };
  "counter.resumed": { readonly counterId: CounterId };
  "counter.pause-planned": { readonly counterId: CounterId };
  "counter.pause-unplanned": { readonly counterId: CounterId };
  "assistance.requested": { readonly counterId: CounterId };
  "assistance.answered": { readonly counterId: CounterId; readonly how: "hall" | "inspector" };
  "device.faulted": { readonly counterId: CounterId; readonly device: string; readonly fault: string };
  "device.recovered": { readonly counterId: CounterId; readonly device: string; readonly fault: string };

  /** An intent that changed nothing, with the reason the person at the counter was shown. */
  "intent.refused": {
    readonly counterId: CounterId | null;
    readonly input: InputType;
    readonly code: RefusalCode;
    readonly basis: Basis | null;
  };
  /** A fact that is on record and is not the latest word for the live hall. */
  "fact.recorded": { readonly counterId: CounterId | null; readonly input: InputType; readonly reason: string };
  /** A well-formed envelope whose input cannot be applied: stored and acknowledged, so that its stream goes on. */
  "input.rejected": { readonly input: string; readonly reason: string };
}

export type { RefusalCode } from "./refusal-codes.ts";
export type { SeriesDrawn } from "./series-drawn.ts";

export type EventType = keyof EventBodies;

/** Who did it. Terminals act for people; `controller` acts by the clock. */
export type Actor =
  | { readonly kind: "staff"; readonly staffId: StaffId }
  /** Somebody who has signed in at a page. */
  | { readonly kind: "account"; readonly accountId: AccountId }
  | { readonly kind: "citizen" }
  | { readonly kind: "terminal"; readonly terminalId: TerminalId }
  | { readonly kind: "controller" };

/** The command that led to it. */
export type Cause =
  | { readonly kind: "input"; readonly terminalId: TerminalId; readonly stream: StreamId; readonly seq: number }
  | { readonly kind: "request"; readonly commandId: string }
  | { readonly kind: "presence"; readonly terminalId: TerminalId }
  | { readonly kind: "clock" }
  | { readonly kind: "start" };

/** An event before it has a place in the log. */
export type EventDraft = {
  [K in EventType]: {
    readonly type: K;
    readonly data: EventBodies[K];
    readonly actor: Actor;
    /** The visit it belongs to, if any. */
    readonly correlation: VisitId | null;
  };
}[EventType];

/**
 * An event in the log. When it happened is an interval: `occurredAtMs` is its earliest, `occurredUntilMs` its latest
 * possible instant, equal when the controller saw it itself. UTC milliseconds.
 */
export type HallEvent = EventDraft & {
  readonly seq: number;
  readonly schemaVersion: number;
  readonly occurredAtMs: EpochMs;
  readonly occurredUntilMs: EpochMs;
  readonly recordedAtMs: EpochMs;
  /** Whether the controller trusted its clock when it recorded this. */
  readonly clock: "trusted" | "untrusted";
  readonly cause: Cause;
};

export type EventOf<K extends EventType> = Extract<HallEvent, { type: K }>;
