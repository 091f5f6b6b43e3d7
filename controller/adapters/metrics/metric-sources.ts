import type { Health, StandingFault } from "../../../protocol/index.ts";
import type { BrokerLoad } from "../broker/broker.ts";

/** Tickets that wait for one service in one queue. */
export interface WaitingReading {
  readonly queue: string;
  readonly service: string;
  readonly tickets: number;
  /** Of the one that has waited longest; 0 when nobody waits. */
  readonly oldestMs: number;
}

/** One terminal, as far as it was heard. */
export interface TerminalReading {
  readonly terminal: string;
  readonly online: boolean;
  /** Milliseconds since it was heard; null when it never was since the controller started. */
  readonly heardAgoMs: number | null;
  readonly face: { readonly sent: number; readonly shown: number | null };
  readonly faults: readonly StandingFault[];
  readonly health: Pick<Health, "head" | "done" | "uptimeMs" | "memoryBytes" | "clockOffsetMs" | "counters"> | null;
}

/** What is read at each scrape rather than told. Counts are since the start of the process. */
export interface MetricSources {
  readonly version: string;
  readonly logPosition: () => number;
  readonly epoch: () => number;
  readonly backlog: () => number;
  readonly breaches: () => number;
  /** False once nothing can be written any more. */
  readonly writable: () => boolean;
  readonly clockTrusted: () => boolean;
  readonly terminalsOnline: () => number;
  readonly connections: () => number;
  /** Absent, or answering with nothing, where the broker is not the controller's own. */
  readonly brokerLoad?: () => BrokerLoad | undefined;
  readonly listeners: () => number;
  readonly waiting: () => Iterable<WaitingReading>;
  /** Called, serving or held tickets. */
  readonly ticketsOpen: () => Iterable<readonly [phase: string, tickets: number]>;
  readonly counters: () => Iterable<readonly [phase: string, counters: number]>;
  /** Windows that should be staffed and are not, by whether anybody of their posts is in the hall. */
  readonly vacancies: () => Iterable<readonly [kind: string, windows: number]>;
  /** Documents that wait for a signature. */
  readonly documentsWaiting: () => number;
  /** Inputs by what became of them. */
  readonly inputs: () => Iterable<readonly [fate: string, count: number]>;
  readonly acks: () => number;
  readonly needs: () => number;
  readonly terminals: () => Iterable<TerminalReading>;
}
