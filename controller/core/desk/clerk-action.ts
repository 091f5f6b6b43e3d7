import { z } from "zod";
import { CounterId, ServiceId, StaffId, TicketId, VisitId } from "../../../protocol/index.ts";
import { ReasonId } from "../reasons.ts";

const MINUTES_MAX = 480;

const visit = VisitId.describe("The visit the page showed: another one at hand meanwhile refuses the action.");
const ticket = TicketId;
const reason = ReasonId.describe("Of the configured list for this action.");

export const TransferTarget = z.union([
  z.strictObject({ service: ServiceId }),
  z.strictObject({ counter: CounterId }),
  z.strictObject({ staff: StaffId }),
]);
export type TransferTarget = z.infer<typeof TransferTarget>;

/** What a clerk says on the counter page: all that two buttons cannot. */
export const ClerkAction = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("transfer"),
    visit,
    to: TransferTarget,
    service: ServiceId.optional().describe("With a counter or a person: the service the next leg is for."),
  }),
  z.strictObject({ action: z.literal("hold"), visit }),
  z.strictObject({ action: z.literal("recall-held"), ticket }),
  z.strictObject({ action: z.literal("call-ticket"), ticket, reason }),
  z.strictObject({ action: z.literal("decline"), ticket, reason }),
  z.strictObject({ action: z.literal("cancel"), ticket, reason }),
  z.strictObject({
    action: z.literal("pause"),
    reason: ReasonId.optional(),
    minutes: z.int().min(1).max(MINUTES_MAX).optional().describe("How long it is expected to last."),
  }),
  z.strictObject({ action: z.literal("resume") }),
  z.strictObject({ action: z.literal("re-enter"), ticket }).describe("A no-show came after all: once, in time."),
  z
    .strictObject({ action: z.literal("ask-back"), ticket })
    .describe("Somebody served here is asked back, first in line."),
  z.strictObject({ action: z.literal("late-ticket"), service: ServiceId, reason }),
]);
export type ClerkAction = z.infer<typeof ClerkAction>;
