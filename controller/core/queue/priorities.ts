import { z } from "zod";
import { Bilingual } from "../../../protocol/index.ts";

/** Ordinary citizens. Priority classes come before it, lower ones first. */
export const ORDINARY_RANK = 0;
/** First in line: before every class, never before a ticket that is called already (AMB-30). */
export const FIRST_RANK = -100;
const PRIORITIES_MAX = 8;

export const PriorityId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/u, "lower-case letters, digits and '-'");
export type PriorityId = z.infer<typeof PriorityId>;

/** AMB-30: only from this list, each with its reason; rank or acquaintance is never a class. */
export const PrioritiesConfiguration = z
  .array(
    z.strictObject({
      id: PriorityId,
      name: Bilingual,
      reason: Bilingual,
      /** Lower goes first. */
      rank: z
        .int()
        .min(FIRST_RANK + 1)
        .max(ORDINARY_RANK - 1),
    }),
  )
  .max(PRIORITIES_MAX)
  .default([]);
