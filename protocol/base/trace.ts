import { z } from "zod";
import type { StreamId, TerminalId } from "./ids.ts";
import type { LogFields } from "./log.ts";

/** The input that is on its way: what the journal made of one press, one badge, one rating. */
export interface InputName {
  readonly terminalId: TerminalId;
  readonly stream: StreamId;
  readonly seq: number;
}

/**
 * Where an input passes, from the person to the nameplate and back: each stage, and the one that leads to it. Terminal:
 * `edge` to `publish`, and `face.shown`. Controller: all between.
 */
export const TRACE_PARENTS = {
  /** The first edge of the key to the last one that made the gesture. */
  edge: null,
  /** To the moment at which it was known what the gesture means: contacts that settle, dates that are mended. */
  gesture: "edge",
  "journal.commit": "gesture",
  publish: "journal.commit",
  /** From the message's arrival to the order handed to the engine. */
  intake: "publish",
  decide: "intake",
  commit: "decide",
  "ack.publish": "commit",
  "face.publish": "commit",
  /** From the face's arrival to the orders given to the devices. */
  "face.shown": "face.publish",
} as const satisfies Readonly<Record<string, string | null>>;
export type TraceStage = keyof typeof TRACE_PARENTS;

export interface TraceSpan {
  readonly input: InputName;
  readonly stage: TraceStage;
  /** Hall time, UTC milliseconds, fractions of them too. */
  readonly startMs: number;
  readonly endMs: number;
  /** No personal data. */
  readonly fields?: LogFields;
}

/**
 * Where the time of an input went. Terminal and controller each tell their own part; both derive the same ids from the
 * input's name, so nothing has to travel with it.
 */
export interface Trace {
  /** Returns at once. Must not throw. */
  note(span: TraceSpan): void;
}

/** Where traces go: OTLP over HTTP, JSON. On the loopback unless told otherwise. */
export const TracesConfiguration = z.strictObject({
  endpoint: z.url({ protocol: /^https?$/u }).default("http://127.0.0.1:4318/v1/traces"),
});
export type TracesConfiguration = z.infer<typeof TracesConfiguration>;
