import { z } from "zod";
import {
  type Board,
  type CounterId,
  type Enrolment,
  type EnrolmentRequest,
  type Result,
  ServiceId,
  TicketId,
  TicketNumber,
} from "../../../protocol/index.ts";
import type { RecordView } from "../../core/access/access-event-bodies.ts";
import type { Actor } from "../../core/access/actor.ts";
import type { HallOverview } from "../../projections/hall-overview.ts";
import { PriorityId } from "../../core/queue/priorities.ts";
import type { KioskPicture } from "../../projections/kiosk-picture.ts";
import type { CounterPicture, ServicePicture } from "../../projections/hall-picture.ts";
import type { RefusalPicture } from "../../terminals/refusal-book.ts";
import type { TerminalPicture } from "../../terminals/terminal-picture.ts";
import type { AppointmentDesk } from "./appointment-desk.ts";
import type { ClerkDesk } from "./clerk-desk.ts";
import type { DeskRefusal } from "./desk-refusal.ts";
import type { ExportDesk } from "./export-desk.ts";
import { type MissedTicket, type ReEnteredTicket, TicketCheck } from "./missed-ticket.ts";
import type { OfficeDesk } from "./office-desk.ts";
import type { PaperDesk } from "./paper-desk.ts";
import type { RestoredSettlement } from "./restored-settlement.ts";

export const TicketRequest = z.strictObject({
  service: ServiceId.describe("The service the ticket is for."),
  priority: PriorityId.optional().describe("A priority class of the hall's list."),
  awaitsPrint: z
    .boolean()
    .optional()
    .describe("True: the ticket is not called before `printed` is reported for it, and closed if it never is."),
});
export type TicketRequest = z.infer<typeof TicketRequest>;

export const IssuedTicket = z.object({
  id: TicketId,
  number: TicketNumber.describe("What is printed and called."),
  check: TicketCheck,
  service: ServiceId,
  ahead: z.int().nonnegative().describe("Tickets waiting before it in its queue."),
  issuedAt: z.iso.datetime({ precision: 3 }).describe("UTC."),
});
export type IssuedTicket = z.infer<typeof IssuedTicket>;

export type { DeskRefusal };

/** Who comes back, beside what their paper says. */
export interface AskedBack {
  readonly key: string | null;
  /** Where the request comes from: for counting wrong checks, and for nothing else. */
  readonly address: string;
}

/** The hall as its HTTP interface sees it. Pictures are derived from committed state alone. */
export interface HallDesk {
  /** False until the log is recovered and the broker listens, and again while the controller closes. */
  ready(): boolean;
  services(): readonly ServicePicture[];
  board(): Board | null;
  counters(): readonly CounterPicture[];
  terminals(): readonly TerminalPicture[];
  /** What was refused at the wire, the latest first. */
  refusals(): readonly RefusalPicture[];
  /** Null before the hall is configured. */
  overview(): HallOverview | null;
  /** Answers after the commit. With a key, the same request is answered with the same ticket for ever. */
  issueTicket(request: TicketRequest, key: string | null): Promise<Result<IssuedTicket, DeskRefusal>>;
  kiosk(): KioskPicture | null;
  /** What the printer of a kiosk did with a ticket. Repeats change nothing. */
  confirmPrint(ticket: TicketId, printed: boolean): Promise<Result<null, DeskRefusal>>;
  /** A no-show came back. */
  reEnter(ticket: TicketId): Promise<Result<null, DeskRefusal>>;
  /** The same with what stands on the paper. With a key, a repeat is answered as the first was. */
  reEnterByNumber(missed: MissedTicket, asked: AskedBack): Promise<Result<ReEnteredTicket, DeskRefusal>>;
  readonly clerks: ClerkDesk;
  readonly appointments: AppointmentDesk;
  /** Attendance and its documents. */
  readonly office: OfficeDesk;
  /** The papers behind documents. */
  readonly papers: PaperDesk;
  /** Attendance as files. */
  readonly exports: ExportDesk;
  /** Somebody of the hall has been at the window that called for help. Repeats change nothing. */
  answerAssistance(counter: CounterId, actor: Actor): Promise<Result<null, DeskRefusal>>;
  /** Of the tickets that were open when the hall was restored. Repeats change nothing. */
  settleRestored(settlement: RestoredSettlement, actor: Actor): Promise<Result<null, DeskRefusal>>;
  /**
   * Puts on record that `actor` looks at what is on file about others; their own record is nobody else's business.
   * To be awaited before anything is shown: what cannot be recorded is not shown.
   */
  viewed(actor: Actor, view: RecordView): Promise<Result<null, DeskRefusal>>;
  /** False while the disk takes nothing: the hall can be looked at, and nothing more. */
  writable(): boolean;
  enrol(request: EnrolmentRequest): Promise<Result<Enrolment, DeskRefusal>>;
  metrics(): Promise<{ readonly text: string; readonly type: string }>;
}
