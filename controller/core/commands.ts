import type {
  CounterId,
  EpochMs,
  Input,
  ServiceId,
  StaffId,
  StreamId,
  TerminalId,
  TerminalState,
  TicketId,
  TicketNumber,
} from "../../protocol/index.ts";
import type { AccessOrder } from "./access/access-event-bodies.ts";
import type { AccountId } from "./access/actor.ts";
import type { ClockMark, GuessMark } from "./clock-mark.ts";
import type { AppointmentOrder } from "./appointments/appointment-orders.ts";
import type { AppointmentRefusalCode } from "./appointments/appointment-refusals.ts";
import type { HallConfiguration } from "./configuration.ts";
import type { ClerkAction } from "./desk/clerk-action.ts";
import type { LossSign, RefusalCode, SeriesDrawn } from "./events.ts";
import type { OfficeOrder } from "./office/office-orders.ts";
import type { OfficeRefusalCode } from "./office/office-refusals.ts";
import type { SealOrder } from "./sealing/seal-events.ts";
import type { PriorityId } from "./queue/priorities.ts";

/** When something happened, as far as it can be known: both ends included, UTC milliseconds. */
export interface Occurred {
  readonly earliest: EpochMs;
  readonly latest: EpochMs;
  /** False: from before the terminal's last restart, so that nothing but its own word dates it. */
  readonly ageKnown?: boolean;
  /** That word, when the age is not known: see `GuessMark`. */
  readonly toldMs?: NonNullable<GuessMark["toldMs"]>;
}

/** What the hall is asked to do. Imperatives; `decide` turns one into events, or into a rejection. */
export type Order =
  | { readonly type: "start"; readonly version: string; readonly configuration: HallConfiguration }
  /** The expected input of a stream: the engine has already sorted out repeats and gaps. */
  | {
      readonly type: "apply-input";
      readonly terminalId: TerminalId;
      readonly stream: StreamId;
      readonly input: Input;
      readonly occurred: Occurred;
    }
  | { readonly type: "note-birth"; readonly terminalId: TerminalId; readonly birth: TerminalState }
  | {
      readonly type: "note-loss";
      readonly terminalId: TerminalId;
      readonly stream: StreamId;
      readonly session: number;
      readonly sign: LossSign;
    }
  | {
      readonly type: "issue-ticket";
      readonly serviceId: ServiceId;
      readonly ticketId: TicketId;
      readonly priority?: PriorityId;
      /** It is called only once it came out of the printer. */
      readonly awaitsPrint?: boolean;
    }
  | { readonly type: "confirm-print"; readonly ticketId: TicketId; readonly printed: boolean }
  /** A no-show came back, at the kiosk. */
  | { readonly type: "re-enter"; readonly ticketId: TicketId }
  /** The same with what stands on the paper. */
  | { readonly type: "re-enter-by-number"; readonly number: TicketNumber; readonly check: string }
  /** What a clerk says on the counter page; who, and where, was bound to the badge session at the edge. */
  | {
      readonly type: "clerk-action";
      readonly counterId: CounterId;
      readonly staffId: StaffId;
      readonly action: ClerkAction;
      /** Of the ticket that a late-ticket issues. */
      readonly ticketId: TicketId;
    }
  /** Somebody of the hall has seen to a window's call for assistance. */
  | { readonly type: "clear-assistance"; readonly counterId: CounterId; readonly by?: AccountId }
  /** The log was put back from a copy that was made at `madeAtMs`. */
  | {
      readonly type: "note-restore";
      readonly madeAtMs: EpochMs;
      /** Where series stand in the log that makes way, if that is sound and goes on from the copy. */
      readonly drawn?: readonly SeriesDrawn[];
      /** Papers of the copied log that are known to have been erased since. */
      readonly erased?: readonly string[];
    }
  /** Somebody of the hall has asked who is still there. */
  | {
      readonly type: "settle-restored";
      readonly tickets: readonly TicketId[] | "all";
      readonly how: "confirm" | "close";
      readonly by?: AccountId;
    }
  | AccessOrder
  | AppointmentOrder
  | SealOrder
  | OfficeOrder
  /** Deadlines are "due since": looked at on every tick and at start, never "at the exact second". */
  | { readonly type: "tick" };

export type Command = Order & {
  /** A UUID drawn at the edge: the chance from which ids of visits and calls are taken. */
  readonly commandId: string;
  /** The controller's clock when the command came in. */
  readonly at: EpochMs;
  readonly clockTrusted: boolean;
  /** The same moment on the machine's monotonic clock. */
  readonly mark?: ClockMark;
  /** The clock has never been set: `at` is the last record and the time since the start. */
  readonly guessed?: boolean;
};

/** An expected refusal of a request that leaves no trace in the log. */
export interface Rejection {
  readonly code:
    | "unknown-service"
    | "unknown-counter"
    | "unknown-priority"
    | "series-exhausted"
    | "contingent-exhausted"
    | "not-open"
    | AppointmentRefusalCode
    | OfficeRefusalCode
    | RefusalCode;
  readonly detail: string;
  /** Where in the request it lies: "to", "persons[3]". */
  readonly place?: string;
  readonly rules?: readonly string[];
}
