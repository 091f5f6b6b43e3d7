import { CounterId } from "../../../protocol/index.ts";
import { ActionDone, ClerkAction, DeskPicture } from "./clerk-desk.ts";
import type { DeskRefusal } from "./desk-refusal.ts";
import type { HallDesk } from "./hall-desk.ts";
import { IDEMPOTENCY_KEY, IDEMPOTENCY_PARAMETER, NOT_READY } from "./idempotency.ts";
import { type Answer, JSON_TYPE, type Route, type RouteParameter, route, signedIn } from "./route.ts";

const COUNTER: RouteParameter = { name: "counter", schema: CounterId, summary: "The window's id." };
const refusedFor = ({ code, detail, reason }: DeskRefusal): Answer => ({ refused: code, detail, reason });

/** The counter page's own: nothing here is answered but to whoever is on duty at that window. */
export function clerkRoutes(desk: HallDesk): readonly Route[] {
  const { clerks } = desk;
  return [
    route({
      method: "GET",
      path: "/api/counters/{counter}/desk",
      access: "signed-in",
      operationId: "read-desk",
      summary: "The clerk's own view of the window.",
      params: [COUNTER],
      answers: [{ status: 200, schema: DeskPicture, summary: "The window, as it is now.", type: JSON_TYPE }],
      problems: ["malformed-request", "not-signed-in", "no-session", "not-ready"],
      handle({ param, actor }) {
        if (!desk.ready()) return NOT_READY;
        const counter = CounterId.parse(param("counter"));
        const seen = clerks.picture(counter, signedIn({ actor }));
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
    access: "signed-in",
    operationId: "act-at-desk",
    summary: "What two buttons cannot say. It is on disk before it is answered.",
    params: [COUNTER],
    headers: [IDEMPOTENCY_PARAMETER],
    body: ClerkAction,
    answers: [{ status: 200, schema: ActionDone, summary: "It is done.", type: JSON_TYPE }],
    problems: [
      "malformed-request",
      "not-signed-in",
      "no-session",
      "action-refused",
      "unknown-service",
      "series-exhausted",
      "key-reused",
      "hall-cannot-write",
      "too-busy",
      "not-ready",
    ],
    async handle({ body, param, header, actor }) {
      if (!desk.ready()) return NOT_READY;
      const counter = CounterId.parse(param("counter"));
      const done = await desk.clerks.act(counter, signedIn({ actor }), body, header(IDEMPOTENCY_KEY) ?? null);
      return done.ok ? { status: 200, body: done.value } : refusedFor(done.error);
    },
  });
