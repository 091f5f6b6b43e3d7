import type { z } from "zod";
import { assert, canonicalJson, type Random, type Result, TicketId } from "../../protocol/index.ts";
import { type DeskRefusal, IssuedTicket, type TicketRequest } from "../adapters/http/hall-desk.ts";
import type { HallEvent } from "../core/events.ts";
import { checkOf } from "../core/queue/ticket-check.ts";
import { deskAnswer } from "./desk-answer.ts";
import { digestOf } from "../engine/chain.ts";
import type { Engine } from "../engine/engine.ts";

/** Issues one ticket. `done` runs after its commit; a repeat under the same `key` gets the same ticket. */
export function takeTicket(
  engine: Engine,
  random: Random,
  request: TicketRequest,
  key: string | null,
  done: (issued: Result<IssuedTicket, DeskRefusal>) => void,
): void {
  const ticketId = TicketId.parse(random.uuid());
  const { service, priority, awaitsPrint } = request;
  const order = {
    type: "issue-ticket",
    serviceId: service,
    ticketId,
    ...(priority !== undefined && { priority }),
    ...(awaitsPrint !== undefined && { awaitsPrint }),
  } as const;
  const idempotency = key === null ? {} : { key: keyOf(key, request) };
  engine.submit(
    order,
    (outcome) => done(deskAnswer(outcome, (events) => checked(ticketIn(events)), ticketAgain)),
    idempotency,
  );
}

const keyOf = (key: string, request: TicketRequest) => ({
  key: `ticket-request/${key}`,
  digest: digestOf(canonicalJson(request)),
  answerOf: (events: readonly HallEvent[]) => JSON.stringify(ticketIn(events)),
});

/** Kept without the check, as before there was one: it follows from the id. */
const StoredTicket = IssuedTicket.omit({ check: true });
const checked = (ticket: z.infer<typeof StoredTicket>): IssuedTicket => ({ ...ticket, check: checkOf(ticket.id) });

const ticketAgain = (answer: string): IssuedTicket => checked(StoredTicket.parse(JSON.parse(answer)));

function ticketIn(events: readonly HallEvent[]): z.infer<typeof StoredTicket> {
  const issued = events.find((event) => event.type === "ticket.issued");
  assert(issued !== undefined, "a ticket that is not refused is issued");
  const { ticketId, number, serviceId, ahead } = issued.data;
  return { id: ticketId, number, service: serviceId, ahead, issuedAt: new Date(issued.recordedAtMs).toISOString() };
}
