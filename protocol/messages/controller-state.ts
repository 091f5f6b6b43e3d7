import { z } from "zod";

/**
 * Controller -> everybody, `controller`, QoS 1, retained; the last will says "down". `epoch` is the highest ever seen,
 * also by any terminal, plus one at every start. Receivers ignore a lower epoch than they know.
 */
export const ControllerState = z.object({
  v: z.literal(1),
  status: z.enum(["up", "down"]),
  /** Why it is "down" though it lives: "storage" while it cannot record anything, "clock" until its clock is set. */
  because: z.string().max(32).optional(),
  epoch: z.int().nonnegative(),
  version: z.string().max(32),
  /** Wire minor versions served, both ends included. */
  protocol: z.object({ min: z.int().min(1), max: z.int().min(1) }),
  /** Hall time when this was published: for the log, not for calibration (a retained message has an unknown age). */
  hallMs: z.number().nonnegative(),
});
export type ControllerState = z.infer<typeof ControllerState>;
