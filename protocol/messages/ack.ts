import { z } from "zod";
import { StreamId } from "../base/ids.ts";
import { Bilingual } from "../base/text.ts";
import { NEED_MAX, REFUSED_PER_ACK_MAX, SEQ_MAX } from "../limits.ts";

/**
 * Controller -> terminal, `terminals/{id}/ack`, QoS 0, not retained: sent after the controller's own durable commit,
 * as answer to a birth and to every health message. A lost one is repaired by the next. Idempotent.
 */
export const Ack = z.object({
  v: z.literal(1),
  epoch: z.int().nonnegative(),
  stream: StreamId,
  /** Every input up to this seq is committed. 0 for none. */
  upTo: z.int().min(0).max(SEQ_MAX),
  /** Gaps, both ends included: "send these again". At most one request per stream in NEED_INTERVAL. */
  need: z
    .array(z.object({ from: z.int().min(1), to: z.int().min(1) }))
    .max(NEED_MAX)
    .optional(),
  /** Inputs that were recorded and changed nothing, with the reason for the person at the counter. */
  refused: z
    .array(z.object({ seq: z.int().min(1), code: z.string().max(40), text: Bilingual }))
    .max(REFUSED_PER_ACK_MAX)
    .optional(),
  /** Hall time at sending, milliseconds since the epoch, UTC. */
  now: z.number().nonnegative(),
  /** False: the controller itself does not trust its clock, and nobody is late by its word. */
  clockTrusted: z.boolean(),
});
export type Ack = z.infer<typeof Ack>;
