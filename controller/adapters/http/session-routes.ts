import { z } from "zod";
import type { Result } from "../../../protocol/index.ts";
import type { DeskRefusal } from "./desk-refusal.ts";
import {
  type Admission,
  FirstAccountRequest,
  type FrontDoor,
  PasswordChange,
  SignedIn,
  SignInRequest,
} from "./front-door.ts";
import { type Answer, type Asked, JSON_TYPE, type Route, type RouteAnswer, route, signedIn } from "./route.ts";
import { noSessionCookie, sessionCookie } from "./session-cookie.ts";

export const SignedOut = z.object({ done: z.literal(true) });

const Whoever = z.object({ actor: SignedIn.shape.actor.nullable() });
const STARTED: RouteAnswer = {
  status: 201,
  schema: SignedIn,
  summary: "Who is signed in; the session is a cookie.",
  type: JSON_TYPE,
};

function admitted(result: Result<Admission, DeskRefusal>, { secure }: Asked<unknown>): Answer {
  if (!result.ok) return { refused: result.error.code, detail: result.error.detail, reason: result.error.reason };
  const { actor, token } = result.value;
  return { status: 201, body: { actor }, headers: { "set-cookie": sessionCookie(token, secure) } };
}

/** Signing in and out. */
export function sessionRoutes(door: FrontDoor): readonly Route[] {
  return [
    route({
      method: "POST",
      path: "/api/session",
      access: "everybody",
      operationId: "sign-in",
      summary: "Signs in. Five wrong passwords lock an account for 15 minutes.",
      body: SignInRequest,
      answers: [STARTED],
      problems: ["malformed-request", "bad-credentials", "locked-out", "too-busy"],
      handle: async (asked) => admitted(await door.signIn(asked.body, asked.address), asked),
    }),
    route({
      method: "GET",
      path: "/api/session",
      access: "everybody",
      operationId: "read-session",
      summary: "Who is signed in, if anybody.",
      answers: [{ status: 200, schema: Whoever, summary: "Them, or null.", type: JSON_TYPE }],
      problems: [],
      handle: ({ actor }) => ({ status: 200, body: { actor } }),
    }),
    route({
      method: "POST",
      path: "/api/session/end",
      access: "everybody",
      operationId: "sign-out",
      summary: "Signs out. Whoever is signed in no more may ask it too.",
      answers: [{ status: 200, schema: SignedOut, summary: "Nobody is signed in.", type: JSON_TYPE }],
      problems: [],
      handle({ session, secure }) {
        door.signOut(session);
        return { status: 200, body: { done: true }, headers: { "set-cookie": noSessionCookie(secure) } };
      },
    }),
    ...passwordRoutes(door),
  ];
}

const passwordRoutes = (door: FrontDoor): readonly Route[] => [
  route({
    method: "POST",
    path: "/api/session/password",
    access: "signed-in",
    operationId: "change-password",
    summary: "Changes one's own password; every other session of the account ends.",
    body: PasswordChange,
    answers: [STARTED],
    problems: ["malformed-request", "not-signed-in", "bad-credentials", "weak-password", "locked-out", "too-busy"],
    handle: async (asked) => admitted(await door.changePassword(signedIn(asked), asked.body, asked.address), asked),
  }),
  route({
    method: "POST",
    path: "/api/first-account",
    access: "everybody",
    operationId: "make-first-account",
    summary: "Makes the hall's first account, a manager's, with the one-time link of the console.",
    body: FirstAccountRequest,
    answers: [STARTED],
    problems: ["malformed-request", "bad-link", "weak-password", "locked-out", "hall-cannot-write", "too-busy"],
    handle: async (asked) => admitted(await door.makeFirst(asked.body, asked.address), asked),
  }),
];
