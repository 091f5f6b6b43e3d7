import { CounterId } from "../../../protocol/index.ts";
import {
  ActionDone,
  ClerkAction,
  DeskPicture,
  DeskSession,
  DeskSessionRequest,
  sessionCookie,
  sessionIn,
} from "./clerk-desk.ts";
import type { DeskRefusal } from "./desk-refusal.ts";
import type { HallDesk } from "./hall-desk.ts";
import { IDEMPOTENCY_KEY, IDEMPOTENCY_PARAMETER, NOT_READY } from "./idempotency.ts";
import { type Answer, JSON_TYPE, type Route, type RouteParameter, route } from "./route.ts";

const COUNTER: RouteParameter = { name: "counter", schema: CounterId, summary: "The window's id." };
const AUTHORIZATION: RouteParameter = {
  name: "authorization",
  schema: DeskSession.shape.bearer,
  summary: "`Bearer ...` of the session, where no cookie is kept.",
};

const refusedFor = ({ code, detail, reason }: DeskRefusal): Answer => ({ refused: code, detail, reason });

/** The counter page's own: nothing here is answered without the session of who is on duty at that window. */
export function clerkRoutes(desk: HallDesk): readonly Route[] {
  const { clerks } = desk;
  return [
    route({
      method: "POST",
      path: "/api/counters/{counter}/session",
      operationId: "start-desk-session",
      summary: "Exchanges the window's one-time token for a session of who is on duty there.",
      params: [COUNTER],
      body: DeskSessionRequest,
      answers: [{ status: 201, schema: DeskSession, summary: "The session, also as a cookie.", type: JSON_TYPE }],
      problems: ["malformed-request", "bad-desk-token", "action-refused", "not-ready"],
      handle({ body, param }) {
        if (!desk.ready()) return NOT_READY;
        const counter = CounterId.parse(param("counter"));
        const started = clerks.startSession(counter, body.token);
        if (!started.ok) return refusedFor(started.error);
        const cookie = sessionCookie(counter, started.value.bearer);
        return { status: 201, body: started.value, headers: { "set-cookie": cookie } };
      },
    }),
    route({
      method: "GET",
      path: "/api/counters/{counter}/desk",
      operationId: "read-desk",
      summary: "The clerk's own view of the window.",
      params: [COUNTER],
      headers: [AUTHORIZATION],
      answers: [{ status: 200, schema: DeskPicture, summary: "The window, as it is now.", type: JSON_TYPE }],
      problems: ["malformed-request", "no-session", "not-ready"],
      handle({ param, header }) {
        if (!desk.ready()) return NOT_READY;
        const counter = CounterId.parse(param("counter"));
        const seen = clerks.picture(counter, sessionIn(counter, header));
        return seen.ok ? { status: 200, body: seen.value } : refusedFor(seen.error);
      },
    }),
    actionRoute(desk),
  ];
}

const actionRoute = (desk: HallDesk): Route =>
  route({
    method: "POST",
    path: "/api/counters/{counter}/actions",
    operationId: "act-at-desk",
    summary: "What two buttons cannot say. It is on disk before it is answered.",
    params: [COUNTER],
    headers: [AUTHORIZATION, IDEMPOTENCY_PARAMETER],
    body: ClerkAction,
    answers: [{ status: 200, schema: ActionDone, summary: "It is done.", type: JSON_TYPE }],
    problems: [
      "malformed-request",
      "no-session",
      "action-refused",
      "unknown-service",
      "series-exhausted",
      "key-reused",
      "hall-cannot-write",
      "too-busy",
      "not-ready",
    ],
    async handle({ body, param, header }) {
      if (!desk.ready()) return NOT_READY;
      const counter = CounterId.parse(param("counter"));
      const session = sessionIn(counter, header);
      const done = await desk.clerks.act(counter, session, body, header(IDEMPOTENCY_KEY) ?? null);
      return done.ok ? { status: 200, body: done.value } : refusedFor(done.error);
    },
  });
