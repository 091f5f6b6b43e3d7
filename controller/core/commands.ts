import type { EpochMs, Input, ServiceId, StreamId, TerminalId, TerminalState, TicketId } from "../../protocol/index.ts";
import type { HallConfiguration } from "./configuration.ts";
import type { LossSign, RefusalCode } from "./events.ts";

/** When something happened, as far as it can be known: both ends included, UTC milliseconds. */
export interface Occurred {
  readonly earliest: EpochMs;
  readonly latest: EpochMs;
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
  | { readonly type: "issue-ticket"; readonly serviceId: ServiceId; readonly ticketId: TicketId }
  /** Deadlines are "due since": looked at on every tick and at start, never "at the exact second". */
  | { readonly type: "tick" };

export type Command = Order & {
  /** A UUID drawn at the edge: the chance from which ids of visits and calls are taken. */
  readonly commandId: string;
  /** The controller's clock when the command came in. */
  readonly at: EpochMs;
  readonly clockTrusted: boolean;
};

/** An expected refusal of a request that leaves no trace in the log. */
export interface Rejection {
  readonly code: "unknown-service" | "series-exhausted" | "not-open" | RefusalCode;
  readonly detail: string;
}
