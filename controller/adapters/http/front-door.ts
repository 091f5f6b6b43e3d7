import { z } from "zod";
import type { Result } from "../../../protocol/index.ts";
import { AccountId, Actor, NAME_LENGTH_MAX } from "../../core/access/actor.ts";
import type { DeskRefusal } from "./desk-refusal.ts";

/** Short ones are guessed; a sentence is welcome. Product default, after NIST SP 800-63B. */
export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 128;

/** A password as somebody types it: any of what there is on a keyboard. */
const Typed = z.string().min(1).max(PASSWORD_LENGTH_MAX);

export const SignInRequest = z.strictObject({ account: z.string().min(1).max(64), password: Typed });
export type SignInRequest = z.infer<typeof SignInRequest>;
export const PasswordChange = z.strictObject({ current: Typed, next: Typed });
export type PasswordChange = z.infer<typeof PasswordChange>;
export const FirstAccountRequest = z.strictObject({
  token: z.string().min(1).max(128),
  account: AccountId,
  name: z.string().trim().min(1).max(NAME_LENGTH_MAX),
  password: Typed,
});
export type FirstAccountRequest = z.infer<typeof FirstAccountRequest>;

/** Who is signed in, for the pages. */
export const SignedIn = z.object({ actor: Actor });
export type SignedIn = z.infer<typeof SignedIn>;

/** What came of knocking: the token for the cookie is told here once. */
export interface Admission {
  readonly token: string;
  readonly actor: Actor;
}

/** Accounts and sessions, as the HTTP interface sees them. */
export interface FrontDoor {
  /** Whose the session is; null: nobody's, or nobody's any more. `asked`: a person is there, and not a stream. */
  actorOf(token: string | null, asked: boolean): Actor | null;
  signIn(request: SignInRequest, address: string): Promise<Result<Admission, DeskRefusal>>;
  /** Ends the session. One that is over is ended, too. */
  signOut(token: string | null): void;
  /** Every other session of the account ends with it. */
  changePassword(actor: Actor, change: PasswordChange, address: string): Promise<Result<Admission, DeskRefusal>>;
  /** With the one-time link of the console, while there is no account at all: a manager's. */
  makeFirst(request: FirstAccountRequest, address: string): Promise<Result<Admission, DeskRefusal>>;
}
