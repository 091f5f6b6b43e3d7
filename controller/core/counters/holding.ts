import { accepted, type EpochMs, HELD_MAX, present, refused, type TicketId } from "../../../protocol/index.ts";
import { byStaff, draft } from "../drafts.ts";
import { changeKeys, type Folds } from "../fold.ts";
import type { BodyOf, CounterContext, Decided } from "../inputs/context.ts";
import type { HallView } from "../state.ts";
import { callTicket, whyNoCall } from "./calling.ts";
import type { CounterView } from "./counter.ts";
import { pauseWithTicketsEnd } from "./pausing.ts";
import { servedSoFar } from "./visits.ts";

type HeldTicket = NonNullable<ReturnType<HallView["tickets"]["get"]>>;

/** Sets the ticket being served aside. It keeps its number and comes back to this counter; then the window is idle. */
export function hold(context: CounterContext, { visitId }: BodyOf<"hold">): Decided {
  const { hall, counter } = context;
  const { visit, counterId } = counter;
  if (visit?.visitId !== visitId || visit.phase !== "serving") return refused("not-serving");
  if (heldAt(hall, counter).length >= HELD_MAX) return refused("held-limit");
  const staffId = present(counter.onDuty, "staff on duty");
  const { ticketId, number } = visit;
  const servedMs = servedSoFar(visit, context);
  const held = { ticketId, number, visitId, counterId, staffId, servedMs };
  return accepted([draft("ticket.held", held, byStaff(staffId), visitId), ...pauseWithTicketsEnd(context)]);
}

/** Asks back `ticketId`, or the one held here longest. The same leg goes on: same visit, one rating at its end. */
export function recallHeld(context: CounterContext, ticketId: TicketId | null = null): Decided {
  const { hall, counter } = context;
  const hindrance = whyNoCall(counter);
  if (hindrance !== null) return refused(hindrance);
  const here = heldAt(hall, counter).filter((held) => !hall.unconfirmed.has(held.ticketId));
  const ticket = ticketId === null ? here[0] : here.find((held) => held.ticketId === ticketId);
  if (ticket === undefined) return refused("nothing-held");
  const goesOn = present(ticket.held, `leg of held ticket ${ticket.number}`).visitId;
  return accepted(callTicket(context, ticket, { rule: "held", occasion: "key", passedOver: [], goesOn }));
}

/** Tickets set aside at this counter, the oldest first. */
export function heldAt(hall: HallView, { counterId }: Pick<CounterView, "counterId">): HeldTicket[] {
  const here = [...hall.tickets.values()].filter((ticket) => ticket.held?.counterId === counterId);
  return here.sort((a, b) => heldSince(a) - heldSince(b) || a.position - b.position);
}

const heldSince = ({ held }: HeldTicket): EpochMs | 0 => held?.sinceMs ?? 0;

export const holdingFolds: Folds<"ticket.held"> = {
  "ticket.held": (hall, event) => {
    const { ticketId, visitId, counterId, servedMs } = event.data;
    const ticket = hall.tickets.get(ticketId);
    changeKeys(hall, event, counterId, (counter) => {
      if (counter.visit?.visitId !== visitId || ticket === undefined) return;
      counter.visit = null;
      ticket.phase = "held";
      ticket.held = { visitId, counterId, sinceMs: event.occurredAtMs, servedMs };
    });
  },
};
