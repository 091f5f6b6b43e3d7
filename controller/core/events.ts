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
import type { HallConfiguration } from "./configuration.ts";
import type { HallDay } from "./hall-day.ts";

/** How a tap was taken by the window. It is recorded for attendance whatever the effect. */
export type BadgeEffect =
  | "sign-on"
  | "sign-off"
  | "sign-off-planned"
  | "asked-going-out"
  | "went-out"
  | "came-back"
  | "refused-unknown"
  | "refused-wrong-window"
  | "refused-window-taken"
  | "refused-elsewhere"
  | "refused-serving"
  | "refused-closed"
  | "recorded-repeat"
  | "recorded-late";

export type TicketOutcome = "served" | "no-show" | "day-ended";
export type LossSign = "will" | "silence" | "controller-restart";

/** What happened, in the past tense. Adding a member is a new type or a new schemaVersion with an upcaster. */
export interface EventBodies {
  "controller.started": { readonly epoch: number; readonly version: string };
  /** A terminal has seen a higher epoch than this log knows: the log was restored from an older copy. */
  "epoch.raised": { readonly epoch: number; readonly seenBy: TerminalId };
  "hall.configured": { readonly configuration: HallConfiguration };
  "day.opened": HallDay;

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
  "staff.signed-on": { readonly counterId: CounterId; readonly staffId: StaffId };
  "staff.signed-off": { readonly counterId: CounterId; readonly staffId: StaffId };
  "staff.sign-off-planned": { readonly counterId: CounterId; readonly staffId: StaffId };
  "staff.went-out": { readonly counterId: CounterId; readonly staffId: StaffId };
  "staff.came-back": { readonly counterId: CounterId; readonly staffId: StaffId };
  "question.asked": { readonly counterId: CounterId; readonly staffId: StaffId; readonly untilMs: EpochMs };
  "question.lapsed": { readonly counterId: CounterId };

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
  };
  "ticket.called": {
    readonly ticketId: TicketId;
    readonly number: TicketNumber;
    readonly visitId: VisitId;
    readonly callId: CallId;
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    /** The rule that chose this ticket, and the earlier ones it passed over: the answer to "why not me?". */
    readonly rule: "strict";
    readonly passedOver: readonly TicketNumber[];
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
  /** `counterId` is the window whose visit it ends, null for a ticket that was still waiting. */
  "ticket.closed": {
    readonly ticketId: TicketId;
    readonly outcome: TicketOutcome;
    readonly visitId: VisitId | null;
    readonly counterId: CounterId | null;
  };

  "visit.started": { readonly visitId: VisitId; readonly counterId: CounterId };
  /** Staff and counter are frozen here: a rating counts for who served, whoever sits there when it arrives. */
  "visit.ended": {
    readonly visitId: VisitId;
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    readonly number: TicketNumber;
    readonly serviceId: ServiceId;
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

  "counter.paused": { readonly counterId: CounterId };
  "counter.resumed": { readonly counterId: CounterId };
  "counter.pause-planned": { readonly counterId: CounterId };
  "counter.pause-unplanned": { readonly counterId: CounterId };
  "assistance.requested": { readonly counterId: CounterId };
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

/** Stable: shown at the counter, counted in metrics, documented. */
export type RefusalCode =
  | "outdated"
  | "too-late"
  | "no-counter"
  | "nobody-on-duty"
  | "nobody-waiting"
  | "too-fresh"
  | "has-ticket"
  | "not-called"
  | "recall-limit"
  | "recall-too-soon"
  | "not-announced"
  | "no-show-too-soon"
  | "paused"
  | "not-paused"
  | "is-out"
  | "question-pending"
  | "signing-off"
  | "not-serving";

export type EventType = keyof EventBodies;

/** Who did it. Terminals act for people; `controller` acts by the clock. */
export type Actor =
  | { readonly kind: "staff"; readonly staffId: StaffId }
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
