import { accepted, type EpochMs, refused, type Result, type TicketId } from "../../../protocol/index.ts";
import type { Rejection } from "../commands.ts";
import { CITIZEN, CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { Folds } from "../fold.ts";
import { rejection } from "../refusals.ts";
import type { HallView } from "../state.ts";
import { enterLine, isInHand } from "./lines.ts";

// A ticket that never came out of the printer is not called: it stands in no line until its kiosk has seen the paper.
// A reprint is the same ticket printed again, with the same number.

/** What the kiosk's printer did. Told twice it changes nothing. */
export function confirmPrint(
  hall: HallView,
  { ticketId, printed }: { readonly ticketId: TicketId; readonly printed: boolean },
): Result<readonly EventDraft[], Rejection> {
  const ticket = hall.tickets.get(ticketId);
  if (ticket === undefined) return refused(rejection("no-such-ticket"));
  if (isInHand(ticket)) return accepted([]); // The paper is there already: nothing un-prints it.
  if (printed) return accepted([draft("ticket.printed", { ticketId }, CITIZEN)]);
  return accepted(ticket.print === "failed" ? [] : [draft("ticket.print-failed", { ticketId }, CITIZEN)]);
}

/** Closes what nobody saw come out of a printer: a ghost number must not be called. */
export function closeUnprinted(hall: HallView, at: EpochMs): EventDraft[] {
  if (hall.unprinted.size === 0) return [];
  const withinMs = hall.configuration?.rules.printWithinMs ?? 0;
  return [...hall.unprinted].flatMap((ticketId) => {
    const ticket = hall.tickets.get(ticketId);
    if (ticket === undefined || at - ticket.enteredAtMs < withinMs) return [];
    const closed = { ticketId, outcome: "not-printed", visitId: null, counterId: null } as const;
    return [draft("ticket.closed", closed, CONTROLLER)];
  });
}

export const printingFolds: Folds<"ticket.printed" | "ticket.print-failed"> = {
  "ticket.printed": (hall, { data }) => {
    const ticket = hall.tickets.get(data.ticketId);
    if (ticket === undefined || !hall.unprinted.delete(data.ticketId)) return;
    ticket.print = "printed";
    enterLine(hall, ticket);
  },
  "ticket.print-failed": (hall, { data }) => {
    const ticket = hall.tickets.get(data.ticketId);
    if (ticket !== undefined) ticket.print = "failed";
  },
};
