import { z } from "zod";
import { TicketNumber } from "../../../protocol/index.ts";
import { CHECK_DIGITS } from "../../core/queue/ticket-check.ts";

export const TicketCheck = z
  .string()
  .regex(new RegExp(`^[0-9]{${CHECK_DIGITS}}$`, "u"), `${CHECK_DIGITS} digits`)
  .describe("Printed beside the number, and shown nowhere else: with both a no-show comes back at any kiosk.");

/** What stands on the paper of somebody who missed their call. */
export const MissedTicket = z.strictObject({ number: TicketNumber, check: TicketCheck });
export type MissedTicket = z.infer<typeof MissedTicket>;

/** It waits again, at the head of its queue. */
export const ReEnteredTicket = z.object({ number: TicketNumber });
export type ReEnteredTicket = z.infer<typeof ReEnteredTicket>;
