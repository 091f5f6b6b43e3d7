import { type EpochMs, TERMINAL_LOST_RETURNS_AFTER } from "../../../protocol/index.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft, ReturnReason } from "../events.ts";
import { changeKeys, type Folds } from "../fold.ts";
import { enterAtHead } from "../queue/lines.ts";
import { forgetCalls } from "../sequencing/announcer.ts";
import type { HallState, HallView, Ticket } from "../state.ts";
import { type CounterView, phaseOf } from "./counter.ts";

type TicketView = NonNullable<ReturnType<HallView["tickets"]["get"]>>;

/** Tickets whose window cannot serve them any more: its terminal is lost, or nobody is on duty where they are held. */
export function returnStranded(hall: HallView, at: EpochMs): EventDraft[] {
  const stranded: EventDraft[] = [];
  for (const counter of hall.counters.values()) {
    if (phaseOf(counter) === "called" && isLost(hall, counter, at))
      stranded.push(...returnVisit(counter, "terminal-lost"));
  }
  for (const ticket of hall.tickets.values()) {
    if (ticket.held === null) continue;
    if (hall.counters.get(ticket.held.counterId)?.onDuty === null) stranded.push(returnHeld(ticket, ticket.held));
  }
  return stranded;
}

/** Offline for the whole time, with the ticket called to it; after a restart everybody has that time to come back. */
function isLost(hall: HallView, { terminalId, visit }: CounterView, at: EpochMs): boolean {
  const terminal = hall.terminals.get(terminalId);
  if (terminal === undefined || terminal.online || visit === null) return false;
  return at - Math.max(terminal.sinceMs, visit.calledAtMs, hall.startedAtMs) >= TERMINAL_LOST_RETURNS_AFTER;
}

export function returnVisit({ counterId, visit }: CounterView, reason: ReturnReason): EventDraft[] {
  if (visit === null) return [];
  const { ticketId, number, visitId } = visit;
  return [draft("ticket.returned", { ticketId, number, visitId, counterId, reason }, CONTROLLER, visitId)];
}

/** All that is at or held at counters or people that the hall will not have any more. */
export function returnFrom(hall: HallView, isGone: (counter: CounterView) => boolean): EventDraft[] {
  const gone = [...hall.counters.values()].filter(isGone);
  const held = [...hall.tickets.values()].flatMap((ticket) =>
    gone.some(({ counterId }) => counterId === ticket.held?.counterId) && ticket.held !== null
      ? [returnHeld(ticket, ticket.held, "window-gone")]
      : [],
  );
  return [...gone.flatMap((counter) => returnVisit(counter, "window-gone")), ...held];
}

function returnHeld(
  { ticketId, number }: TicketView,
  { visitId, counterId }: NonNullable<TicketView["held"]>,
  reason: ReturnReason = "signed-off",
): EventDraft {
  return draft("ticket.returned", { ticketId, number, visitId, counterId, reason }, CONTROLLER, visitId);
}

/** From a counter's hands back into its line, first there: among those sent back in their old order. */
export function putBack(hall: HallState, ticket: Ticket): void {
  if (ticket.phase === "waiting") return;
  ticket.phase = "waiting";
  ticket.held = null;
  enterAtHead(hall, ticket);
}

export const returningFolds: Folds<"ticket.returned"> = {
  "ticket.returned": (hall, event) => {
    const { ticketId, visitId, counterId } = event.data;
    forgetCalls(hall, visitId);
    const ticket = hall.tickets.get(ticketId);
    if (ticket !== undefined) putBack(hall, ticket);
    const visit = hall.counters.get(counterId)?.visit;
    if (visit?.visitId !== visitId) return; // It was held: the keys mean what they meant.
    if (ticket !== undefined) ticket.returned = { visitId, counterId, calledAtMs: visit.calledAtMs };
    changeKeys(hall, event, counterId, (counter) => {
      counter.visit = null;
    });
  },
};
