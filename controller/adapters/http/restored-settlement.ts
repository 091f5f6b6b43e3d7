import { z } from "zod";
import { TicketId } from "../../../protocol/index.ts";

const TICKETS_MAX = 100;

/** What a person has found out about tickets that were open when the hall was restored. */
export const RestoredSettlement = z.strictObject({
  tickets: z
    .union([z.literal("all"), z.array(TicketId).min(1).max(TICKETS_MAX)])
    .describe("Unconfirmed tickets; others are left as they are."),
  how: z.enum(["confirm", "close"]).describe("Whether somebody still holds them."),
});
export type RestoredSettlement = z.infer<typeof RestoredSettlement>;
