import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { DurationMs } from "../../protocol/index.ts";

/** What is read at each scrape rather than told. Counts are since the start of the process. */
export interface MetricSources {
  readonly journalPosition: () => number;
  readonly epoch: () => number;
  readonly backlog: () => number;
  readonly breaches: () => number;
  readonly clockTrusted: () => boolean;
  readonly terminalsOnline: () => number;
  readonly connections: () => number;
  readonly listeners: () => number;
  /** Waiting tickets by queue. */
  readonly waiting: () => Iterable<readonly [queue: string, tickets: number]>;
  /** Inputs by what became of them. */
  readonly inputs: () => Iterable<readonly [fate: string, count: number]>;
  readonly acks: () => number;
  readonly needs: () => number;
}

/** Metrics of one controller, in a registry of its own, so that two in one process do not mix. */
export interface ControllerMetrics {
  /** A message or client that was refused at the edge. `code` is one of a closed list. */
  readonly refused: (code: string) => void;
  readonly committed: (took: DurationMs, events: number) => void;
  /** Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** From a fast disk to an SD card on a bad day, seconds. */
const COMMIT_BUCKETS = [0.000_25, 0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1];

export function createMetrics(sources: MetricSources): ControllerMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  addGauges(registry, sources);
  addCounts(registry, sources);
  const refused = new Counter({
    name: "hallward_messages_refused_total",
    help: "Messages and clients refused at the edge, by reason.",
    labelNames: ["code"],
    registers,
  });
  const seconds = new Histogram({
    name: "hallward_commit_seconds",
    help: "Time of one durable commit, fsync included.",
    buckets: COMMIT_BUCKETS,
    registers,
  });
  const events = new Counter({ name: "hallward_events_total", help: "Events committed.", registers });
  return {
    refused: (code) => refused.inc({ code }),
    committed(took, count) {
      seconds.observe(took / 1000);
      events.inc(count);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function addGauges(registry: Registry, sources: MetricSources): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    const made = new Gauge({ name, help, registers: [registry], collect: (): void => made.set(read()) });
  };
  gauge("hallward_journal_position", "Last committed log position.", sources.journalPosition);
  gauge("hallward_epoch", "Epoch of this controller.", sources.epoch);
  gauge("hallward_engine_backlog", "Orders that wait for the next commit.", sources.backlog);
  gauge("hallward_invariant_breaches", "Invariants found broken at the last look.", sources.breaches);
  gauge("hallward_clock_trusted", "1 while the wall clock agrees with the hall's time.", () =>
    Number(sources.clockTrusted()),
  );
  gauge("hallward_terminals_online", "Terminals heard now.", sources.terminalsOnline);
  gauge("hallward_broker_connections", "Connections to the broker.", sources.connections);
  gauge("hallward_event_listeners", "Pages that follow the hall live.", sources.listeners);
  const waiting = new Gauge({
    name: "hallward_tickets_waiting",
    help: "Tickets waiting, by queue.",
    labelNames: ["queue"],
    registers: [registry],
    collect() {
      waiting.reset();
      for (const [queue, tickets] of sources.waiting()) waiting.set({ queue }, tickets);
    },
  });
}

function addCounts(registry: Registry, sources: MetricSources): void {
  const count = (name: string, help: string, read: () => number): void => {
    const made = new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        made.reset();
        made.inc(read());
      },
    });
  };
  count("hallward_acks_total", "Acknowledgements sent.", sources.acks);
  count("hallward_needs_total", "Requests to send inputs again.", sources.needs);
  const inputs = new Counter({
    name: "hallward_inputs_total",
    help: "Inputs of terminals, by what became of them.",
    labelNames: ["fate"],
    registers: [registry],
    collect() {
      inputs.reset();
      for (const [fate, total] of sources.inputs()) inputs.inc({ fate }, total);
    },
  });
}
