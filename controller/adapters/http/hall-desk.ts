import { z } from "zod";
import {
  type Board,
  type Enrolment,
  type EnrolmentRequest,
  type Result,
  ServiceId,
  TicketId,
  TicketNumber,
} from "../../../protocol/index.ts";
import type { CounterPicture, ServicePicture } from "../../projections/hall-picture.ts";
import type { TerminalPicture } from "../../terminals/terminal-picture.ts";
import type { ProblemCode } from "./problem.ts";

export const TicketRequest = z.strictObject({ service: ServiceId.describe("The service the ticket is for.") });
export type TicketRequest = z.infer<typeof TicketRequest>;

export const IssuedTicket = z.object({
  id: TicketId,
  number: TicketNumber.describe("What is printed and called."),
  service: ServiceId,
  ahead: z.int().nonnegative().describe("Tickets waiting before it in its queue."),
  issuedAt: z.iso.datetime({ precision: 3 }).describe("UTC."),
});
export type IssuedTicket = z.infer<typeof IssuedTicket>;

/** Why a request that reached the hall is refused. */
export interface DeskRefusal {
  readonly code: ProblemCode;
  readonly detail: string;
}

/** The hall as its HTTP interface sees it. Pictures are derived from committed state alone. */
export interface HallDesk {
  /** False until the log is recovered and the broker listens, and again while the controller closes. */
  ready(): boolean;
  services(): readonly ServicePicture[];
  board(): Board | null;
  counters(): readonly CounterPicture[];
  terminals(): readonly TerminalPicture[];
  /** Answers after the commit. With a key, the same request is answered with the same ticket for ever. */
  issueTicket(request: TicketRequest, key: string | null): Promise<Result<IssuedTicket, DeskRefusal>>;
  enrol(request: EnrolmentRequest): Promise<Result<Enrolment, DeskRefusal>>;
  metrics(): Promise<{ readonly text: string; readonly type: string }>;
}
