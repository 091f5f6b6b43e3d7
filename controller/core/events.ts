import type {
  Basis,
  BusinessDate,
  CounterId,
  EpochMs,
  InputType,
  StaffId,
  StreamId,
  TerminalId,
  VisitId,
} from "../../protocol/index.ts";
import type { AccessEvents } from "./access/access-event-bodies.ts";
import type { AccountId } from "./access/actor.ts";
import type { AppointmentEvents } from "./appointments/appointment-events.ts";
import type { GuessMark } from "./clock-mark.ts";
import type { HallConfiguration } from "./configuration.ts";
import type { CounterEvents } from "./counters/counter-events.ts";
import type { HallDay } from "./hall-day.ts";
import type { OfficeEvents } from "./office/office-events.ts";
import type { TicketEvents } from "./queue/ticket-events.ts";
import type { SealEvents } from "./sealing/seal-events.ts";
import type { SeriesDrawn } from "./series-drawn.ts";
import type { RefusalCode } from "./refusal-codes.ts";
import type { StaffEvents } from "./staff/staff-events.ts";

export type LossSign = "will" | "silence" | "controller-restart";

/** What happened, in the past tense. Adding a member is a new type or a new schemaVersion with an upcaster. */
export interface EventBodies
  extends AccessEvents,
    AppointmentEvents,
    CounterEvents,
    OfficeEvents,
    SealEvents,
    StaffEvents,
    TicketEvents {
  "controller.started": { readonly epoch: number; readonly version: string };

  /**
   * The clock was set after the hall's time had been guessed from `fromSeq` on: events of the machine's boot `boot`
   * were `ms` of their mark after `bootedAtMs`, and those of an earlier boot before it. `byMs`: by how much the last
   * guess was behind; null when that was another boot's.
   */
  "clock.set": {
    readonly fromSeq: number;
    readonly boot: string;
    readonly bootedAtMs: EpochMs;
    readonly byMs: number | null;
  };

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
    /** Digests of papers that were erased after the copy was made: they did not come back. */
    readonly erased?: readonly string[];
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

export type { Binding, CallRule, ReturnReason, TicketOutcome } from "./queue/ticket-events.ts";
export type { RefusalCode } from "./refusal-codes.ts";
export type { SeriesDrawn } from "./series-drawn.ts";
export type { BadgeEffect, QuestionAbout } from "./staff/staff-events.ts";

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
  /** Only while the clock had never been set. */
  readonly guess?: GuessMark;
  readonly cause: Cause;
};

export type EventOf<K extends EventType> = Extract<HallEvent, { type: K }>;
