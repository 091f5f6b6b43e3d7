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
  ZoneId,
} from "../../protocol/index.ts";
import type { Guess } from "./clock-mark.ts";
import type { AppointmentBook, AppointmentBookView } from "./appointments/appointment-book.ts";
import type { HallConfiguration } from "./configuration.ts";
import type { BadgeEffect, Binding, QuestionAbout } from "./events.ts";
import type { HallDay } from "./hall-day.ts";
import type { MonoMark } from "./mono-mark.ts";
import type { OfficeState, OfficeView } from "./office/office-state.ts";
import type { ReasonId } from "./reasons.ts";
import type { SealState } from "./sealing/seal-events.ts";
import type { PriorityId } from "./queue/priorities.ts";
import type { WaitingLine } from "./queue/waiting-line.ts";

// The state is owned by the fold: `evolve` changes it in place, because copying ten thousand waiting tickets for every
// event would cost more than the commit. Everybody else sees it through `HallView` and cannot write.

export interface Ticket {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  /** Of its present leg. */
  serviceId: ServiceId;
  queueId: QueueId;
  /** The queue it was issued in, where it is counted for the day (I6). */
  readonly homeQueueId: QueueId;
  readonly priority: PriorityId | null;
  /** Of its class; `rank` is its place in line, which being first in line changes. */
  readonly classRank: number;
  rank: number;
  /** When it entered its queue: a transfer keeps it. A booked turn begins with its slot. */
  enteredAtMs: EpochMs;
  /** Log position of its issue, or of the booking it came of: breaks ties of equal rank and time. */
  position: number;
  print: "none" | "awaited" | "printed" | "failed";
  boundTo: Binding | null;
  boundSinceMs: EpochMs | null;
  /** Where it has been; the last ones. Back at one of these it is first in line. */
  legs: readonly Leg[];
  /** A no-show comes back once. */
  reEntered: boolean;
  phase: "waiting" | "called" | "serving" | "held";
  /** Set aside at a counter, which alone asks it back. */
  held: HeldLeg | null;
  /** The leg it was returned from: a start pressed there before that, and heard late, takes the ticket back. */
  returned: ReturnedLeg | null;
}

export interface ReturnedLeg {
  readonly visitId: VisitId;
  readonly counterId: CounterId;
  readonly calledAtMs: EpochMs;
}

/** An interrupted leg: it goes on under the same visit when its counter asks it back. */
export interface HeldLeg {
  readonly visitId: VisitId;
  readonly counterId: CounterId;
  readonly sinceMs: EpochMs;
  /** Serving time of its parts so far, milliseconds. */
  readonly servedMs: number;
}

/** Where a leg of a ticket was. */
export interface Leg {
  readonly counterId: CounterId;
  readonly staffId: StaffId;
  readonly serviceId: ServiceId;
}

/** A ticket that may come back: a no-show, or one served that its clerk asks back. */
export interface ClosedTicket {
  readonly ticket: Ticket;
  readonly outcome: "no-show" | "served";
  readonly closedAtMs: EpochMs;
  readonly counterId: CounterId;
  readonly staffId: StaffId | null;
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
  /** Nobody pressed start, and the citizen is taken to be at the window since then. */
  presumedAtMs: EpochMs | null;
  /** The pressed start on the terminal's own clock. Absent where it was presumed, and in visits of older builds. */
  startedMark?: MonoMark;
  /** Serving time of the leg's earlier parts, before it was held, milliseconds. */
  servedBeforeMs: number;
}

/** Why the clerk is away, as the hall's configuration words it, and until when if they said so. */
export interface PauseShown {
  readonly reason: ReasonId;
  readonly sinceMs: EpochMs;
  /** Since when this reason is shown. */
  readonly chosenAtMs: EpochMs;
  readonly untilMs: EpochMs | null;
}

/** Asked of a person by their first tap, confirmed by the second. */
export interface Question {
  readonly staffId: StaffId;
  readonly about: QuestionAbout;
  /** Latest possible instant of the tap that asked. */
  readonly askedAtMs: EpochMs;
  readonly untilMs: EpochMs;
}

export interface Counter {
  readonly counterId: CounterId;
  terminalId: TerminalId;
  /** Who serves. At a shared window the one of the two whose badge was tapped last. */
  onDuty: StaffId | null;
  /** The other one at a shared window. */
  colleague: StaffId | null;
  /** The technician at work here. */
  maintenance: { readonly staffId: StaffId; readonly sinceMs: EpochMs } | null;
  onDutySinceMs: EpochMs | null;
  /** Epoch and log position of the last event that changed what the keys mean here. */
  basis: Basis;
  visit: Visit | null;
  /** The rating window open at this counter. */
  rating: VisitId | null;
  /** The next arrival is called here by itself. Since when: the longest armed is first. */
  armedSinceMs: EpochMs | null;
  paused: "keys" | "out" | null;
  /** Of a pause by the keys. */
  pause: PauseShown | null;
  pausePlanned: boolean;
  signOffPlanned: boolean;
  question: Question | null;
  /** The answer to the last badge, shown on the nameplate for a while. */
  lastBadge: { readonly effect: BadgeEffect; readonly atMs: EpochMs } | null;
  /** Earliest possible instant of the last badge that acted here: one that is surely older is recorded only. */
  lastWordMs: number;
  assistanceAtMs: EpochMs | null;
  /** Extended service (HRS-17): whose, since the session's end, and when this window last did something in it. */
  extended: { readonly staffId: StaffId; readonly sinceMs: EpochMs; lastWorkMs: EpochMs } | null;
  /** End of the last extended service here: no minute counts twice. */
  extendedUntilMs: number;
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
  onDutyAt: CounterId | null;
  /** Earliest possible instant of the sign-on. */
  onDutySinceMs: EpochMs | null;
  /** Whose place this person has at the window (代岗). */
  coverFor: StaffId | null;
  /** Since when out, and from where: also after somebody has taken over there. */
  outing: { readonly counterId: CounterId; readonly sinceMs: EpochMs } | null;
  /** Earliest possible instant of the last badge of this person that acted. */
  lastWordMs: number;
}

/** A number series on one business date. */
export interface Series {
  date: BusinessDate;
  /** Numbers drawn today, wraps included. */
  drawn: number;
  /** Tickets given today: what the daily contingent bounds. */
  issued: number;
  /** Left out today at restores, and not to be given when the series comes round. Absent: none. */
  leftOut?: readonly Stretch[];
}

/** `count` numbers of a series from the one at index `from`; counted as `drawn` is. */
export interface Stretch {
  readonly from: number;
  readonly count: number;
}

export interface PendingCall {
  readonly callId: CallId;
  readonly visitId: VisitId;
  readonly counterId: CounterId;
  readonly callCount: number;
  readonly zone: ZoneId;
}

/** The call that has a zone's voice, or had it last. */
export interface Voice {
  readonly callId: CallId;
  readonly visitId: VisitId;
  readonly number: TicketNumber;
  readonly counterId: CounterId;
  readonly callCount: number;
  readonly untilMs: EpochMs;
}

/** A called ticket on the board: until its visit is over, and until `untilMs` at least. */
export interface CalledLine {
  readonly visitId: VisitId;
  readonly number: TicketNumber;
  readonly counterId: CounterId;
  readonly zone: ZoneId;
  readonly callCount: number;
  readonly calledAtMs: EpochMs;
  readonly untilMs: EpochMs;
}

/** Tickets of the running business day, per queue: issued = waiting + called + serving + closed (I6). */
export interface Tally {
  issued: number;
  served: number;
  noShow: number;
  dayEnded: number;
  cancelled: number;
  declined: number;
  notPrinted: number;
}

/** What a restore left open. Null in a hall whose log was never put back. */
export interface Restored {
  readonly atMs: EpochMs;
  /** When the copy was made. */
  readonly madeAtMs: EpochMs;
  /** The first day on which numbers are left out; null before the hall was configured. */
  readonly date: BusinessDate | null;
  readonly numbersGap: number;
  /** Series that have left theirs out already. */
  readonly jumped: readonly QueueId[];
}

export interface HallState {
  /** seq of the last event folded in. */
  position: number;
  epoch: number;
  lastRecordedAtMs: EpochMs;
  /** Null while nothing on record waits for the clock to be set. */
  guess: Guess | null;
  /** The last start of a controller: silence before it is not a terminal's. */
  startedAtMs: EpochMs;
  configuration: HallConfiguration | null;
  day: HallDay | null;
  readonly series: Map<QueueId, Series>;
  readonly tally: Map<QueueId, Tally>;
  /** Open tickets only. */
  readonly tickets: Map<TicketId, Ticket>;
  /** Numbers of open tickets: a number is never given again while it is one of these. */
  readonly openNumbers: Set<TicketNumber>;
  readonly lines: Map<QueueId, WaitingLine>;
  /** Tickets bound to one counter or person, by `bindingKey`. */
  readonly boundLines: Map<string, WaitingLine>;
  /** Not yet out of the printer: in no line. */
  readonly unprinted: Set<TicketId>;
  /** Open when the log was restored, and not yet confirmed by a person: waiting ones stand in no line. */
  readonly unconfirmed: Set<TicketId>;
  restored: Restored | null;
  /** Closed tickets that may still come back, oldest first. */
  lately: ClosedTicket[];
  readonly counters: Map<CounterId, Counter>;
  readonly counterAt: Map<TerminalId, CounterId>;
  readonly staff: Map<StaffId, StaffMember>;
  readonly staffByBadge: Map<BadgeDigest, StaffId>;
  readonly ratings: Map<VisitId, RatingWindow>;
  readonly terminals: Map<TerminalId, Terminal>;
  /** Documents, publications and empty posts; null in a hall that never kept attendance. */
  office: OfficeState | null;
  /** Null in a hall that never had a booking. */
  appointments: AppointmentBook | null;
  /** Signing at days' close; null in a hall whose log names no key. */
  seals: SealState | null;
  /** Highest contiguous seq committed, by `terminalId/stream`. */
  readonly cursors: Map<string, number>;
  /** Calls that wait for their zone's voice, oldest first. */
  pendingCalls: PendingCall[];
  readonly voices: Map<ZoneId, Voice>;
  /** By their last call or recall, oldest first. */
  boardLines: CalledLine[];
}

type Frozen<T> = T extends string | number | boolean | null
  ? T
  : T extends OfficeState
    ? OfficeView
    : T extends AppointmentBook
      ? AppointmentBookView
      : T extends Map<infer K, infer V>
        ? ReadonlyMap<K, Frozen<V>>
        : T extends Set<infer V>
          ? ReadonlySet<V>
          : T extends WaitingLine
            ? Pick<WaitingLine, "size" | "first" | "ahead" | "ticketIds" | "before" | "olderBehind" | "has" | "head">
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
    guess: null,
    startedAtMs: 0 as EpochMs,
    configuration: null,
    day: null,
    series: new Map(),
    tally: new Map(),
    tickets: new Map(),
    openNumbers: new Set(),
    lines: new Map(),
    boundLines: new Map(),
    unprinted: new Set(),
    unconfirmed: new Set(),
    restored: null,
    lately: [],
    counters: new Map(),
    counterAt: new Map(),
    staff: new Map(),
    staffByBadge: new Map(),
    ratings: new Map(),
    terminals: new Map(),
    office: null,
    appointments: null,
    seals: null,
    cursors: new Map(),
    pendingCalls: [],
    voices: new Map(),
    boardLines: [],
  };
}
