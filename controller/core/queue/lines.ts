import type { QueueId } from "../../../protocol/index.ts";
import type { Binding } from "../events.ts";
import type { HallState, Ticket } from "../state.ts";
import { FIRST_RANK } from "./priorities.ts";
import { WaitingLine } from "./waiting-line.ts";

// A waiting ticket stands in exactly one place: its queue's line, the line of the counter or person it is bound to, or,
// while nobody has seen its paper, or nobody has confirmed it after a restore, in no line at all.

export const bindingKey = ({ counterId, staffId }: Binding): string =>
  counterId === null ? `staff/${staffId}` : `counter/${counterId}`;

export const lineOf = (hall: HallState, queueId: QueueId): WaitingLine => {
  const line = hall.lines.get(queueId) ?? new WaitingLine();
  hall.lines.set(queueId, line);
  return line;
};

/** True when a waiting ticket may be called, as far as its paper goes. */
export const isInHand = ({ print }: { readonly print: Ticket["print"] }): boolean =>
  print === "none" || print === "printed";

export function enterLine(hall: HallState, ticket: Ticket): void {
  if (hall.unconfirmed.has(ticket.ticketId)) return;
  if (isInHand(ticket)) lineFor(hall, ticket).add(ticket);
  else hall.unprinted.add(ticket.ticketId);
}

/** False when it was nowhere, which is a bug. */
export function leaveLine(hall: HallState, ticket: Ticket): boolean {
  if (hall.unprinted.delete(ticket.ticketId)) return true;
  if (hall.unconfirmed.has(ticket.ticketId)) return true;
  const left = lineFor(hall, ticket).remove(ticket);
  if (ticket.boundTo === null) return left;
  const key = bindingKey(ticket.boundTo);
  if (hall.boundLines.get(key)?.size === 0) hall.boundLines.delete(key);
  return left;
}

/** At the head of its queue: before all that wait, never before one that is called (AMB-30). */
export function enterAtHead(hall: HallState, ticket: Ticket): void {
  ticket.rank = FIRST_RANK;
  enterLine(hall, ticket);
}

function lineFor(hall: HallState, ticket: Ticket): WaitingLine {
  if (ticket.boundTo === null) return lineOf(hall, ticket.queueId);
  const key = bindingKey(ticket.boundTo);
  const line = hall.boundLines.get(key) ?? new WaitingLine();
  hall.boundLines.set(key, line);
  return line;
}
