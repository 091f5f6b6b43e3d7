import { z } from "zod";

/** Terminal -> controller, `terminals/{id}/reported`, QoS 1, not retained: what the counter really shows. */
export const Reported = z.object({
  v: z.literal(1),
  epoch: z.int().nonnegative(),
  rev: z.int().nonnegative(),
  /** SHA-256 of the effective configuration, hex. */
  configuration: z.string().regex(/^[0-9a-f]{64}$/u),
  firmware: z.string().max(32),
});
export type Reported = z.infer<typeof Reported>;
