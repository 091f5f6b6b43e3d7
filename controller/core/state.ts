import type {
  BadgeDigest,
  Basis,
  BusinessDate,
  CallId,
  CounterId,
  EpochMs,
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
import type { BadgeEffect } from "./events.ts";
import type { HallDay } from "./hall-day.ts";
import type { WaitingLine } from "./queue/waiting-line.ts";

// The state is owned by the fold: `evolve` changes it in place, because copying ten thousand waiting tickets for every
// event would cost more than the commit. Everybody else sees it through `HallView` and cannot write.

export interface Ticket {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  readonly serviceId: ServiceId;
  readonly queueId: QueueId;
  readonly rank: number;
  /** When it entered its queue. */
  readonly enteredAtMs: EpochMs;
  /** Log position of its issue: breaks ties of equal rank and time. */
  readonly position: number;
  phase: "waiting" | "called" | "serving";
}

/** One leg of a ticket at a counter. */
export interface Visit {
  readonly visitId: VisitId;
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  readonly serviceId: ServiceId;
  readonly calledAtMs: EpochMs;
  phase: "called" | "serving";
  callCount: number;
  /** Null while the first call still waits for the hall's voice. Nobody is a no-show for a call not yet heard. */
  firstAnnouncedAtMs: EpochMs | null;
  lastAnnouncedAtMs: EpochMs | null;
  startedAtMs: EpochMs | null;
}

export interface Counter {
  readonly counterId: CounterId;
  terminalId: TerminalId;
  onDuty: StaffId | null;
  onDutySinceMs: EpochMs | null;
  /** Epoch and log position of the last event that changed what the keys mean here. */
  basis: Basis;
  visit: Visit | null;
  /** The rating window open at this counter. */
  rating: VisitId | null;
  paused: "keys" | "out" | null;
  pausePlanned: boolean;
  signOffPlanned: boolean;
  question: { readonly staffId: StaffId; readonly untilMs: EpochMs } | null;
  /** The answer to the last badge, shown on the nameplate for a while. */
  lastBadge: { readonly effect: BadgeEffect; readonly atMs: EpochMs } | null;
  /** Earliest possible instant of the last badge that acted here: one that is surely older is recorded only. */
  lastWordMs: number;
  assistanceAtMs: EpochMs | null;
}

/** One rating window per finished leg. Kept after it closed, because a key pressed in time may arrive late. */
export interface RatingWindow {
  readonly visitId: VisitId;
  readonly counterId: CounterId;
  readonly staffId: StaffId;
  readonly openedAtMs: EpochMs;
  state: "open" | "expired" | "given";
}

export interface Terminal {
  readonly terminalId: TerminalId;
  stream: StreamId | null;
  session: number;
  online: boolean;
  firmware: string;
  sinceMs: EpochMs;
}

/** Somebody of the roster, and where the hall last heard of them. */
export interface StaffMember {
  readonly staffId: StaffId;
  counters: readonly CounterId[];
  onDutyAt: CounterId | null;
  /** Earliest possible instant of the last badge of this person that acted. */
  lastWordMs: number;
}

/** A number series on one business date. */
export interface Series {
  date: BusinessDate;
  /** Numbers drawn today, wraps included. */
  drawn: number;
}

export interface PendingCall {
  readonly callId: CallId;
  readonly visitId: VisitId;
  readonly counterId: CounterId;
  readonly callCount: number;
}

/** Tickets of the running business day, per queue: issued = waiting + called + serving + closed (I6). */
export interface Tally {
  issued: number;
  served: number;
  noShow: number;
  dayEnded: number;
}

export interface HallState {
  /** seq of the last event folded in. */
  position: number;
  epoch: number;
  lastRecordedAtMs: EpochMs;
  configuration: HallConfiguration | null;
  day: HallDay | null;
  readonly series: Map<QueueId, Series>;
  readonly tally: Map<QueueId, Tally>;
  /** Open tickets only. */
  readonly tickets: Map<TicketId, Ticket>;
  /** Numbers of open tickets: a number is never given again while it is one of these. */
  readonly openNumbers: Set<TicketNumber>;
  readonly lines: Map<QueueId, WaitingLine>;
  readonly counters: Map<CounterId, Counter>;
  readonly counterAt: Map<TerminalId, CounterId>;
  readonly staff: Map<StaffId, StaffMember>;
  readonly staffByBadge: Map<BadgeDigest, StaffId>;
  readonly ratings: Map<VisitId, RatingWindow>;
  readonly terminals: Map<TerminalId, Terminal>;
  /** Highest contiguous seq committed, by `terminalId/stream`. */
  readonly cursors: Map<string, number>;
  /** Calls that wait for the hall's voice, oldest first. */
  pendingCalls: PendingCall[];
  voice: { readonly visitId: VisitId; readonly untilMs: EpochMs } | null;
}

type Frozen<T> = T extends string | number | boolean | null
  ? T
  : T extends Map<infer K, infer V>
    ? ReadonlyMap<K, Frozen<V>>
    : T extends Set<infer V>
      ? ReadonlySet<V>
      : T extends WaitingLine
        ? Pick<WaitingLine, "size" | "first" | "ahead" | "ticketIds">
        : T extends readonly (infer V)[]
          ? readonly Frozen<V>[]
          : T extends object
            ? { readonly [K in keyof T]: Frozen<T[K]> }
            : T;

/** The hall as everybody but the fold sees it. */
export type HallView = Frozen<HallState>;

export const cursorKey = (terminalId: TerminalId, stream: StreamId): string => `${terminalId}/${stream}`;

export function emptyHall(): HallState {
  return {
    position: 0,
    epoch: 0,
    lastRecordedAtMs: 0 as EpochMs,
    configuration: null,
    day: null,
    series: new Map(),
    tally: new Map(),
    tickets: new Map(),
    openNumbers: new Set(),
    lines: new Map(),
    counters: new Map(),
    counterAt: new Map(),
    staff: new Map(),
    staffByBadge: new Map(),
    ratings: new Map(),
    terminals: new Map(),
    cursors: new Map(),
    pendingCalls: [],
    voice: null,
  };
}
