import { type EpochMs, present } from "../../../protocol/index.ts";
import { noteWork } from "../closing/extended-service.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { Binding, EventDraft } from "../events.ts";
import { changeKeys, type Folds } from "../fold.ts";
import { forgetCalls } from "../sequencing/announcer.ts";
import type { HallView, Ticket } from "../state.ts";
import { enterLine, leaveLine } from "./lines.ts";
import { FIRST_RANK } from "./priorities.ts";

/** Legs of a ticket that are remembered. */
const LEGS_MAX = 8;

export interface Destination {
  readonly serviceId: Ticket["serviceId"];
  readonly queueId: Ticket["queueId"];
  readonly boundTo: Binding | null;
}

/** "Returned from a transfer": back where it has been, a ticket is first in line (AMB-42). */
export function hasBeenAt(legs: Ticket["legs"], { serviceId, boundTo }: Destination): boolean {
  return legs.some((leg) => {
    if (boundTo === null) return leg.serviceId === serviceId;
    return boundTo.counterId === null ? leg.staffId === boundTo.staffId : leg.counterId === boundTo.counterId;
  });
}

/** Whether the window or person a ticket is bound to is there to call it: on duty, and not out. */
export function isThere(hall: HallView, { counterId, staffId }: Binding): boolean {
  const place = counterId ?? (staffId === null ? null : (hall.staff.get(staffId)?.onDutyAt ?? null));
  const counter = place === null ? undefined : hall.counters.get(place);
  if (counter === undefined || counter.onDuty === null || counter.paused === "out") return false;
  return staffId === null || counter.onDuty === staffId || counter.colleague === staffId;
}

/** Tickets bound to somebody who has not been there for a while go back to their queue, at their own place. */
export function releaseBound(hall: HallView, at: EpochMs): EventDraft[] {
  const afterMs = hall.configuration?.rules.boundReleaseMs ?? 0;
  const released: EventDraft[] = [];
  for (const line of hall.boundLines.values()) {
    for (const ticketId of line.ticketIds()) {
      const { boundTo, boundSinceMs } = present(hall.tickets.get(ticketId), `ticket ${ticketId}`);
      if (boundTo === null || isThere(hall, boundTo) || at - (boundSinceMs ?? 0) < afterMs) continue;
      released.push(draft("ticket.released", { ticketId, boundTo }, CONTROLLER));
    }
  }
  return released;
}

export const transferFolds: Folds<"ticket.transferred" | "ticket.released"> = {
  "ticket.transferred": (hall, event) => {
    const { ticketId, visitId, counterId, staffId, serviceId, queueId, boundTo, first } = event.data;
    const ticket = present(hall.tickets.get(ticketId), `ticket ${ticketId}`);
    ticket.legs = [...ticket.legs, { counterId, staffId, serviceId: ticket.serviceId }].slice(-LEGS_MAX);
    ticket.serviceId = serviceId;
    ticket.queueId = queueId;
    ticket.boundTo = boundTo;
    ticket.boundSinceMs = boundTo === null ? null : event.recordedAtMs;
    ticket.rank = first ? FIRST_RANK : ticket.classRank;
    ticket.phase = "waiting";
    enterLine(hall, ticket);
    forgetCalls(hall, visitId);
    changeKeys(hall, event, counterId, (counter) => {
      noteWork(counter, event.recordedAtMs);
      if (counter.visit?.visitId === visitId) counter.visit = null;
    });
  },
  "ticket.released": (hall, { data }) => {
    const ticket = hall.tickets.get(data.ticketId);
    if (ticket?.phase !== "waiting") return;
    leaveLine(hall, ticket);
    ticket.boundTo = null;
    ticket.boundSinceMs = null;
    enterLine(hall, ticket);
  },
};
