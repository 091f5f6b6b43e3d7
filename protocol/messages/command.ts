import { z } from "zod";

/**
 * Controller -> one terminal, `terminals/{id}/command`, QoS 1, not retained: a technician's order. Bound to an epoch
 * and an expiry (hall time), carried out at most once per `commandId`.
 */
export const TechnicianCommand = z.object({
  v: z.literal(1),
  commandId: z.uuid(),
  epoch: z.int().nonnegative(),
  expiresAtMs: z.number().nonnegative(),
  order: z.enum(["identify", "report"]),
});
export type TechnicianCommand = z.infer<typeof TechnicianCommand>;

/** Terminal -> controller, `terminals/{id}/reply`, QoS 1, not retained. */
export const CommandReply = z.object({
  v: z.literal(1),
  commandId: z.uuid(),
  outcome: z.enum(["done", "expired", "unknown", "failed"]),
  detail: z.string().max(200),
});
export type CommandReply = z.infer<typeof CommandReply>;
