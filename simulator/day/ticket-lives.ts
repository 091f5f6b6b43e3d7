import type { HallEvent } from "../../controller/index.ts";
import { present, type TicketId } from "../../protocol/index.ts";

/** One ticket as its day went. Instants are the controller's, UTC milliseconds. */
export interface TicketLife {
  readonly issuedAtMs: number;
  /** Null: never called. */
  firstCalledAtMs: number | null;
  /** The last word on it; null: still open when the log ends. */
  outcome: Extract<HallEvent, { type: "ticket.closed" }>["data"]["outcome"] | null;
}

/** A stretch of a ticket's waiting. */
export interface QueueStep {
  readonly atMs: number;
  readonly by: 1 | -1;
}

export interface TicketStory {
  readonly lives: readonly TicketLife[];
  /** How the number of waiting tickets went, in order. */
  readonly queue: readonly QueueStep[];
}

/** Every ticket of a log, and the line they made. */
export function ticketStory(events: readonly HallEvent[]): TicketStory {
  const lives = new Map<TicketId, TicketLife>();
  const waiting = new Set<TicketId>();
  const queue: QueueStep[] = [];
  const wait = (ticketId: TicketId, atMs: number): void => {
    if (waiting.has(ticketId)) return;
    waiting.add(ticketId);
    queue.push({ atMs, by: 1 });
  };
  const leave = (ticketId: TicketId, atMs: number): void => {
    if (waiting.delete(ticketId)) queue.push({ atMs, by: -1 });
  };
  for (const event of events) {
    const atMs = event.recordedAtMs;
    switch (event.type) {
      case "ticket.issued":
        lives.set(event.data.ticketId, { issuedAtMs: atMs, firstCalledAtMs: null, outcome: null });
        wait(event.data.ticketId, atMs);
        break;
      case "ticket.transferred":
      case "ticket.returned":
        wait(event.data.ticketId, atMs);
        break;
      case "ticket.re-entered":
        lifeOf(lives, event.data.ticketId).outcome = null;
        wait(event.data.ticketId, atMs);
        break;
      case "ticket.called":
        lifeOf(lives, event.data.ticketId).firstCalledAtMs ??= atMs;
        leave(event.data.ticketId, atMs);
        break;
      case "ticket.closed":
        lifeOf(lives, event.data.ticketId).outcome = event.data.outcome;
        leave(event.data.ticketId, atMs);
        break;
      default:
    }
  }
  return { lives: [...lives.values()], queue };
}

const lifeOf = (lives: ReadonlyMap<TicketId, TicketLife>, ticketId: TicketId): TicketLife =>
  present(lives.get(ticketId), "a ticket that was issued");
