import { createHash } from "node:crypto";
import { type HrTime, ROOT_CONTEXT, type SpanContext, trace as api, TraceFlags } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, type IdGenerator, TracerProvider } from "@opentelemetry/sdk-trace";
import {
  type InputName,
  type Trace,
  TRACE_PARENTS,
  type TraceSpan,
  type TraceStage,
} from "../../protocol/base/trace.ts";

export interface OtlpTraceOptions {
  /** Of a collector that takes OTLP over HTTP. */
  readonly endpoint: string;
  /** What speaks: `hallward-controller`, `hallward-terminal`. */
  readonly service: string;
  /** Which one of them: a hall, a terminal. */
  readonly instance: string;
  readonly version: string;
}

export interface OtlpTrace extends Trace {
  /** Sends what still waits, within a few seconds. Idempotent, and never fails: a trace is worth no failure. */
  close(): Promise<void>;
}

/** Spans kept while no collector answers: the newest are then dropped. */
const SPANS_MAX = 2_048;
const EXPORT_EVERY_MS = 1_000;
const EXPORT_TIMEOUT_MS = 3_000;

/** Gives each span the id that its place in its trace has. */
class PresetIds implements IdGenerator {
  traceId = "";
  spanId = "";
  generateTraceId(): string {
    return this.traceId;
  }
  generateSpanId(): string {
    return this.spanId;
  }
}

/** Traces to a collector, in the background. To be loaded only where somebody asked for traces. */
export function createOtlpTrace({ endpoint, service, instance, version }: OtlpTraceOptions): OtlpTrace {
  const ids = new PresetIds();
  const exporter = new OTLPTraceExporter({ url: endpoint, timeoutMillis: EXPORT_TIMEOUT_MS });
  const processor = new BatchSpanProcessor({
    exporter,
    maxQueueSize: SPANS_MAX,
    scheduledDelayMillis: EXPORT_EVERY_MS,
    exportTimeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const resource = resourceFromAttributes({
    "service.name": service,
    "service.instance.id": instance,
    "service.version": version,
  });
  const provider = new TracerProvider({ idGenerator: ids, spanProcessors: [processor], resource });
  const tracer = provider.getTracer("hallward", version);
  let closing: Promise<void> | null = null;
  return {
    note(span) {
      const { input, stage, startMs, endMs, fields = {} } = span;
      ids.traceId = traceIdOf(input);
      ids.spanId = spanIdOf(input, stage);
      const parent = parentOf(span);
      const context = parent === null ? ROOT_CONTEXT : api.setSpanContext(ROOT_CONTEXT, parent);
      const attributes = { "hallward.terminal": input.terminalId, "hallward.seq": input.seq, ...attributesOf(fields) };
      tracer
        .startSpan(stage, { startTime: hrTime(startMs), attributes }, context)
        .end(hrTime(Math.max(startMs, endMs)));
    },
    close() {
      closing ??= provider.shutdown().catch(() => {});
      return closing;
    },
  };
}

/** The same on every machine that knows the input's name. */
export const traceIdOf = ({ terminalId, stream, seq }: InputName): string =>
  sha256(`hallward-trace-1\n${terminalId}\n${stream}\n${seq}`).slice(0, 32);

export const spanIdOf = (input: InputName, stage: TraceStage): string =>
  sha256(`${traceIdOf(input)}\n${stage}`).slice(0, 16);

function parentOf({ input, stage }: TraceSpan): SpanContext | null {
  const parent = TRACE_PARENTS[stage];
  if (parent === null) return null;
  const ids = { traceId: traceIdOf(input), spanId: spanIdOf(input, parent) };
  return { ...ids, traceFlags: TraceFlags.SAMPLED, isRemote: true };
}

const attributesOf = (fields: NonNullable<TraceSpan["fields"]>): Record<string, string | number | boolean> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[`hallward.${name}`, value]],
    ),
  );

/** Seconds and nanoseconds: a plain number is taken for a time since the process began when it is small. */
function hrTime(ms: number): HrTime {
  const whole = Math.floor(ms / 1000);
  return [whole, Math.round((ms - whole * 1000) * 1e6)];
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
