import { z } from "zod";
import { type Result, TicketId } from "../../../protocol/index.ts";
import type { DeskRefusal } from "./desk-refusal.ts";
import type { HallDesk } from "./hall-desk.ts";
import { IDEMPOTENCY_KEY, IDEMPOTENCY_PARAMETER, NOT_READY } from "./idempotency.ts";
import { MissedTicket, ReEnteredTicket } from "./missed-ticket.ts";
import { JSON_TYPE, type Route, type RouteParameter, route } from "./route.ts";

export const Done = z.object({ done: z.literal(true) });

const TICKET: RouteParameter = { name: "ticket", schema: TicketId, summary: "The id with which it was issued." };

/** What a kiosk reports of a ticket it gave, and the citizen who comes back to it. Repeats change nothing. */
export function kioskRoutes(desk: HallDesk): readonly Route[] {
  type Act = (ticket: TicketId) => Promise<Result<null, DeskRefusal>>;
  const about = (name: string, operationId: string, summary: string, act: Act): Route =>
    route({
      method: "POST",
      path: `/api/tickets/{ticket}/${name}`,
      access: "everybody",
      operationId,
      summary,
      params: [TICKET],
      answers: [{ status: 200, schema: Done, summary: "It is on record.", type: JSON_TYPE }],
      problems: ["malformed-request", "action-refused", "hall-cannot-write", "too-busy", "not-ready"],
      async handle({ param }) {
        if (!desk.ready()) return NOT_READY;
        const done = await act(TicketId.parse(param("ticket")));
        if (!done.ok) return { refused: done.error.code, detail: done.error.detail, reason: done.error.reason };
        return { status: 200, body: { done: true } };
      },
    });
  return [
    reEntryRoute(desk),
    about("printed", "report-printed", "The paper is in the citizen's hand: the ticket may be called.", (ticket) =>
      desk.confirmPrint(ticket, true),
    ),
    about("print-failed", "report-print-failed", "The printer failed; after a reprint `printed` follows.", (ticket) =>
      desk.confirmPrint(ticket, false),
    ),
    about("re-enter", "re-enter-ticket", "A no-show comes back: once, in time, at the head of the queue.", (ticket) =>
      desk.reEnter(ticket),
    ),
  ];
}

function reEntryRoute(desk: HallDesk): Route {
  return route({
    method: "POST",
    path: "/api/re-entries",
    access: "everybody",
    operationId: "re-enter-by-number",
    summary: "A no-show comes back with what their paper says: once, in time, at the head of the queue.",
    body: MissedTicket,
    headers: [IDEMPOTENCY_PARAMETER],
    answers: [{ status: 200, schema: ReEnteredTicket, summary: "It waits again.", type: JSON_TYPE }],
    problems: [
      "malformed-request",
      "action-refused",
      "key-reused",
      "too-many-checks",
      "hall-cannot-write",
      "too-busy",
      "not-ready",
    ],
    async handle({ body, header, address }) {
      if (!desk.ready()) return NOT_READY;
      const back = await desk.reEnterByNumber(body, { key: header(IDEMPOTENCY_KEY) ?? null, address });
      if (back.ok) return { status: 200, body: back.value };
      return { refused: back.error.code, detail: back.error.detail, reason: back.error.reason };
    },
  });
}
