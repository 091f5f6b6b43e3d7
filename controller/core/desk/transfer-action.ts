import { accepted, present, refused } from "../../../protocol/index.ts";
import { pauseWithTicketsEnd } from "../counters/pausing.ts";
import { byStaff, draft } from "../drafts.ts";
import type { CounterContext, Decided } from "../inputs/context.ts";
import { type Destination, hasBeenAt } from "../queue/transfer.ts";
import type { HallView } from "../state.ts";
import type { ClerkAction, TransferTarget } from "./clerk-action.ts";

/** Hands the ticket at hand on: to a service, a counter or a person. It keeps its number and its place. */
export function transferTicket(context: CounterContext, action: Extract<ClerkAction, { action: "transfer" }>): Decided {
  const { hall, counter } = context;
  const { visit, counterId } = counter;
  if (visit?.visitId !== action.visit) return refused("not-at-hand");
  const destination = destinationOf(hall, action.to, action.service ?? visit.serviceId);
  if (destination === null) return refused("unknown-target");
  const ticket = present(hall.tickets.get(visit.ticketId), `ticket ${visit.number}`);
  const staffId = present(counter.onDuty, "staff on duty");
  const legs = [...ticket.legs, { counterId, staffId, serviceId: ticket.serviceId }];
  // Handed to oneself it is asked back by the same person, which is first in line too.
  const first = hasBeenAt(destination.boundTo === null ? ticket.legs : legs, destination);
  const { ticketId, number, visitId } = visit;
  const transferred = { ticketId, number, visitId, counterId, staffId, ...destination, first };
  return accepted([
    draft("ticket.transferred", transferred, byStaff(staffId), visitId),
    ...pauseWithTicketsEnd(context),
  ]);
}

function destinationOf(hall: HallView, to: TransferTarget, serviceId: Destination["serviceId"]): Destination | null {
  const { services, counters, staff } = present(hall.configuration, "configuration");
  const service = services.find(({ id }) => id === ("service" in to ? to.service : serviceId));
  if (service === undefined) return null;
  const leg = { serviceId: service.id, queueId: service.queue };
  if ("service" in to) return { ...leg, boundTo: null };
  if ("counter" in to) {
    return counters.some(({ id }) => id === to.counter)
      ? { ...leg, boundTo: { counterId: to.counter, staffId: null } }
      : null;
  }
  return staff.some(({ id }) => id === to.staff) ? { ...leg, boundTo: { counterId: null, staffId: to.staff } } : null;
}
