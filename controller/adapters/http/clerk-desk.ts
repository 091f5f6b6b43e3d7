import { z } from "zod";
import { Bilingual, type CounterId, type Result, TicketNumber } from "../../../protocol/index.ts";
import type { Actor } from "../../core/access/actor.ts";
import { ClerkAction } from "../../core/desk/clerk-action.ts";
import { DeskPicture } from "../../projections/desk-picture.ts";
import type { DeskRefusal } from "./desk-refusal.ts";

// The counter page at `/counter/3`, for whoever is signed in and on duty there: it reads `GET /api/counters/3/desk` and
// sends `POST /api/counters/3/actions` (`ClerkAction`).

export { ClerkAction, DeskPicture };

/** A clerk's action, done. A refused one is a problem document whose `reason` says why in both languages. */
export const ActionDone = z.object({
  number: TicketNumber.nullable().describe("The ticket it called, handed on or issued, if any."),
  text: Bilingual.describe("What was done, for the clerk."),
});
export type ActionDone = z.infer<typeof ActionDone>;

/** The windows as their clerks' own pages see them. A window is its person's on duty, and nobody else's. */
export interface ClerkDesk {
  picture(counter: CounterId, actor: Actor): Result<DeskPicture, DeskRefusal>;
  act(
    counter: CounterId,
    actor: Actor,
    action: ClerkAction,
    key: string | null,
  ): Promise<Result<ActionDone, DeskRefusal>>;
}
