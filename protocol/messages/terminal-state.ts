import { z } from "zod";
import { StreamId } from "../base/ids.ts";
import { FORMER_STREAMS_MAX } from "../limits.ts";

export const DeviceReport = z.object({
  device: z.string().max(32),
  driver: z.string().max(48),
  state: z.enum(["ok", "fault", "absent"]),
});
export type DeviceReport = z.infer<typeof DeviceReport>;

const FaultWord = z.string().regex(/^[a-z0-9-]{1,32}$/u);

/** A fault that stands, by the names that a `device-fault` fact gives it. */
export const StandingFault = z.object({
  device: FaultWord,
  fault: FaultWord,
});
export type StandingFault = z.infer<typeof StandingFault>;

/**
 * A stream that the terminal has left behind, and which of its inputs are still on the card: all of them were
 * acknowledged. A controller that was restored from an older copy asks for what it lacks of them.
 */
export const FormerStream = z.object({ stream: StreamId, tail: z.int().min(1), head: z.int().min(1) });
export type FormerStream = z.infer<typeof FormerStream>;

/**
 * Terminal -> controller, `terminals/{id}/state`, QoS 1, retained: the birth after every connect ("online"), and the
 * last will ("lost", same stream and session). A will or birth of an older session of the stream is ignored, because a
 * late will must not declare a living terminal dead (I9, I10).
 */
export const TerminalState = z.object({
  v: z.literal(1),
  status: z.enum(["online", "lost"]),
  stream: StreamId,
  /** One more per connect within the stream, kept across restarts. */
  session: z.int().min(1),
  boot: z.int().min(1),
  firmware: z.string().max(32),
  role: z.enum(["counter", "desk", "meeting-room"]),
  devices: z.array(DeviceReport).max(16),
  /** Those of its devices; absent from an older terminal. */
  faults: z.array(StandingFault).max(16).optional(),
  /** Lowest seq still in the journal; acknowledged inputs stay 7 days. 1 for an empty journal. */
  tail: z.int().min(1),
  /** Highest seq journalled, 0 for none. */
  head: z.int().min(0),
  /** Highest seq known acknowledged, 0 for none. */
  done: z.int().min(0),
  /** Oldest first; absent where there are none, and from an older terminal. */
  former: z.array(FormerStream).max(FORMER_STREAMS_MAX).optional(),
  /** Highest controller epoch ever seen: a controller restored from a backup jumps past it. */
  epochSeen: z.int().nonnegative(),
});
export type TerminalState = z.infer<typeof TerminalState>;
