import { z } from "zod";
import { type Access, HALL_WATCHERS } from "./access.ts";
import type { HallDesk } from "./hall-desk.ts";
import type { LiveEvents } from "./live-events.ts";
import { JSON_TYPE, type Route, route } from "./route.ts";

export const Status = z.object({ status: z.enum(["ok", "not-ready", "read-only"]) });

const EVENT_STREAM = "text/event-stream";
const METRICS_TEXT = "text/plain; version=0.0.4";

/** What pages follow: the hall as everybody sees it, and as those who run it do. */
export interface LiveStreams {
  readonly live: LiveEvents;
  readonly overview: LiveEvents;
}

/** For those who look after the hall: monitors, supervisors and pages that follow it live. */
export function watchRoutes(desk: HallDesk, streams: LiveStreams): readonly Route[] {
  const answer = (status: number, summary: string) => ({ status, schema: Status, summary, type: JSON_TYPE });
  return [
    route({
      method: "GET",
      path: "/healthz",
      access: "everybody",
      operationId: "read-health",
      summary: "Whether the process answers at all.",
      answers: [answer(200, "It does.")],
      problems: [],
      handle: () => ({ status: 200, body: { status: "ok" } }),
    }),
    route({
      method: "GET",
      path: "/readyz",
      access: "everybody",
      operationId: "read-readiness",
      summary: "Whether the log is recovered and terminals are let in.",
      answers: [answer(200, "They are."), answer(503, "Not yet, no longer, or the disk takes nothing now.")],
      problems: [],
      handle() {
        if (!desk.ready()) return { status: 503, body: { status: "not-ready" } };
        return desk.writable()
          ? { status: 200, body: { status: "ok" } }
          : { status: 503, body: { status: "read-only" } };
      },
    }),
    route({
      method: "GET",
      path: "/metrics",
      access: "everybody",
      operationId: "read-metrics",
      summary: "Metrics of the controller, for Prometheus.",
      answers: [{ status: 200, summary: "Prometheus text format.", type: METRICS_TEXT }],
      problems: [],
      handle: () => desk.metrics(),
    }),
    ...streamRoutes(desk, streams),
  ];
}

function streamRoutes(desk: HallDesk, { live, overview }: LiveStreams): readonly Route[] {
  const stream = (path: string, access: Access, operationId: string, events: string, followed: LiveEvents): Route =>
    route({
      method: "GET",
      path,
      access,
      operationId,
      summary: `Server-sent events ${events}: each whole, at once and after every change; \`alive\`.`,
      answers: [{ status: 200, summary: "A stream that ends with the controller.", type: EVENT_STREAM }],
      problems: ["not-signed-in", "not-allowed", "too-busy", "not-ready"],
      handle({ holds }) {
        if (!desk.ready())
          return { refused: "not-ready", detail: "The hall is being recovered; ask again in a moment." };
        if (followed.full) return { refused: "too-busy", detail: "As many pages as can be follow the hall already." };
        return { stream: (response) => followed.follow(response, holds) };
      },
    });
  return [
    stream("/api/events", "everybody", "follow-hall", "`board`", live),
    stream("/api/overview/events", HALL_WATCHERS, "follow-overview", "`overview`, `terminals`, `refusals`", overview),
  ];
}
