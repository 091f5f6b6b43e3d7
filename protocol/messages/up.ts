import { z } from "zod";
import { StreamId } from "../base/ids.ts";
import { INPUT_BYTES_MAX, INPUTS_PER_ENVELOPE_MAX } from "../limits.ts";
import { fitsEnvelope, Input } from "./input.ts";

/**
 * Terminal -> controller, `terminals/{id}/up`, QoS 1, not retained. Inputs of one stream in ascending seq. May arrive
 * twice or with gaps; the controller takes only the expected seq.
 */
export const UpEnvelope = z.object({
  v: z.literal(1),
  stream: StreamId,
  /** The boot that `sentMonoMs` belongs to: an input's age is known exactly only when it is of the same boot. */
  boot: z.int().min(1),
  /** Terminal's monotonic clock at sending, milliseconds. */
  sentMonoMs: z.number().nonnegative(),
  inputs: z
    .array(Input)
    .min(1)
    .max(INPUTS_PER_ENVELOPE_MAX)
    .refine((inputs) => inputs.every(fitsEnvelope), `an input over ${INPUT_BYTES_MAX} bytes`),
});
export type UpEnvelope = z.infer<typeof UpEnvelope>;
