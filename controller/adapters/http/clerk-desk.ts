import { z } from "zod";
import { Bilingual, type CounterId, type Result, StaffId, TicketNumber } from "../../../protocol/index.ts";
import { ClerkAction } from "../../core/desk/clerk-action.ts";
import { DeskPicture } from "../../projections/desk-picture.ts";
import type { DeskRefusal } from "./desk-refusal.ts";

// The counter page at `/counter?counter=3#token=...`: it exchanges the token with `POST /api/counters/3/session`, then
// reads `GET /api/counters/3/desk` and sends `POST /api/counters/3/actions` (`ClerkAction`), both with the session.

export { ClerkAction, DeskPicture };

/** 128 random bits. Good once: a session started with it draws the next. */
export const DeskToken = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/u, "16 to 64 letters, digits, '-' and '_'");

export const DeskSessionRequest = z.strictObject({ token: DeskToken });
export type DeskSessionRequest = z.infer<typeof DeskSessionRequest>;

/** Also set as an HttpOnly cookie, so that a page need not keep it. It ends with this person's duty at the window. */
export const DeskSession = z.object({
  bearer: z.string().describe("For `authorization: Bearer ...`, for those who keep no cookies."),
  staff: StaffId,
});
export type DeskSession = z.infer<typeof DeskSession>;

/** A clerk's action, done. A refused one is a problem document whose `reason` says why in both languages. */
export const ActionDone = z.object({
  number: TicketNumber.nullable().describe("The ticket it called, handed on or issued, if any."),
  text: Bilingual.describe("What was done, for the clerk."),
});
export type ActionDone = z.infer<typeof ActionDone>;

/** The windows as their clerks' own pages see them. Everything but the start of a session needs that session. */
export interface ClerkDesk {
  startSession(counter: CounterId, token: string): Result<DeskSession, DeskRefusal>;
  picture(counter: CounterId, bearer: string | null): Result<DeskPicture, DeskRefusal>;
  act(
    counter: CounterId,
    bearer: string | null,
    action: ClerkAction,
    key: string | null,
  ): Promise<Result<ActionDone, DeskRefusal>>;
}

const cookieName = (counter: CounterId): string => `hallward-desk-${counter}`;

/** Not Secure: the page is plain HTTP on the loopback, and nowhere else. */
export const sessionCookie = (counter: CounterId, bearer: string): string =>
  `${cookieName(counter)}=${bearer}; Path=/api/counters/${counter}; HttpOnly; SameSite=Strict`;

/** The session that a request carries, good or not. */
export function sessionIn(counter: CounterId, header: (name: string) => string | undefined): string | null {
  const bearer = /^Bearer (\S{1,128})$/u.exec(header("authorization") ?? "")?.[1];
  if (bearer !== undefined) return bearer;
  const cookies = (header("cookie") ?? "").split(";").map((cookie) => cookie.trim());
  const prefix = `${cookieName(counter)}=`;
  return cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length) ?? null;
}
