import { z } from "zod";
import { type Result, TicketId } from "../../../protocol/index.ts";
import type { DeskRefusal } from "./desk-refusal.ts";
import type { HallDesk } from "./hall-desk.ts";
import { NOT_READY } from "./idempotency.ts";
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
