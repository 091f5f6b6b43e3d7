import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { DurationMs } from "../../protocol/index.ts";
import { controllerReadings, hallReadings } from "./metrics/hall-metrics.ts";
import type { MetricSources } from "./metrics/metric-sources.ts";
import { addReading } from "./metrics/readings.ts";
import { terminalReadings } from "./metrics/terminal-metrics.ts";

/** Metrics of one controller, in a registry of its own, so that two in one process do not mix. */
export interface ControllerMetrics {
  /** A message or client that was refused at the edge. `code` is one of a closed list. */
  readonly refused: (code: string) => void;
  /** A press on record that changed nothing. `code` is one of a closed list. */
  readonly intentRefused: (code: string) => void;
  readonly committed: (took: DurationMs, events: number) => void;
  /** One input: from its message's arrival to the acknowledgement that covers it. */
  readonly acknowledged: (took: DurationMs) => void;
  readonly snapshotSaved: (took: DurationMs, position: number) => void;
  /** How much later than asked for the event loop came by. */
  readonly loopDelayed: (by: DurationMs) => void;
  /** Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
  /** Everything that is measured, for the table in the documentation. */
  catalogue(): readonly MetricEntry[];
}

export interface MetricEntry {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly help: string;
}

/** From a fast disk to an SD card on a bad day, seconds. */
const COMMIT_BUCKETS = [0.000_25, 0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1];
const BATCH_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
const ACK_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5];
const DELAY_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5];
const SNAPSHOT_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

export function createMetrics(sources: MetricSources): ControllerMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const readings = [...controllerReadings(sources), ...hallReadings(sources), ...terminalReadings(sources)];
  for (const reading of readings) addReading(registry, reading);
  return {
    ...toldMetrics(registry),
    text: () => registry.metrics(),
    contentType: registry.contentType,
    catalogue: () => catalogueOf(registry),
  };
}

type Told = Omit<ControllerMetrics, "text" | "contentType" | "catalogue">;

function toldMetrics(registry: Registry): Told {
  const registers = [registry];
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers });
  const refused = counter(
    "hallward_messages_refused_total",
    "What was refused at the wire, and for what reason?",
    "code",
  );
  const intents = counter("hallward_intents_refused_total", "What presses were refused, and for what reason?", "code");
  const seconds = histogram("hallward_commit_seconds", "How long does a commit take, with fsync?", COMMIT_BUCKETS);
  const batch = histogram("hallward_commit_events", "How many events share a commit?", BATCH_BUCKETS);
  const events = counter("hallward_events_total", "How many events were committed?");
  const acks = histogram("hallward_ack_seconds", "How long from an input's arrival to its ack?", ACK_BUCKETS);
  const loop = histogram("hallward_loop_delay_seconds", "How late does the event loop come by?", DELAY_BUCKETS);
  const snapshot = histogram(
    "hallward_snapshot_seconds",
    "For how long does a snapshot stop the hall?",
    SNAPSHOT_BUCKETS,
  );
  const snapshotAt = new Gauge({
    name: "hallward_snapshot_position",
    help: "At which log position was the last snapshot of this process taken? 0 for none.",
    registers,
  });
  return {
    refused: (code) => refused.inc({ code }),
    intentRefused: (code) => intents.inc({ code }),
    committed(took, count) {
      seconds.observe(took / 1000);
      batch.observe(count);
      events.inc(count);
    },
    acknowledged: (took) => acks.observe(took / 1000),
    snapshotSaved(took, position) {
      snapshot.observe(took / 1000);
      snapshotAt.set(position);
    },
    loopDelayed: (by) => loop.observe(Math.max(0, by) / 1000),
  };
}

function catalogueOf(registry: Registry): MetricEntry[] {
  return registry.getMetricsAsArray().map((metric) => {
    const { name, type, help, labelNames } = metric as typeof metric & { readonly labelNames?: readonly string[] };
    return { name, type: String(type), labels: labelNames ?? [], help };
  });
}
