import { type EpochMs, present } from "../../protocol/index.ts";
import { ticketHoursAt } from "../core/closing/ticket-hours.ts";
import type { CounterView } from "../core/counters/counter.ts";
import { heldAt } from "../core/counters/holding.ts";
import { reEntryEndsAt } from "../core/queue/re-entry.ts";
import { isThere } from "../core/queue/transfer.ts";
import { comparePlaces } from "../core/queue/waiting-line.ts";
import { linesAt } from "../core/sequencing/strict.ts";
import type { HallView } from "../core/state.ts";
import { DESK_LIST_MAX, type DeskPicture } from "./desk-picture.ts";
import { faceOf } from "./face.ts";

type TicketView = NonNullable<ReturnType<HallView["tickets"]["get"]>>;
type Closed = HallView["lately"][number];

/** The window as the clerk's page shows it. */
export function deskOf(hall: HallView, counter: CounterView, now: EpochMs): DeskPicture {
  const configuration = present(hall.configuration, "configuration");
  const { counterId, onDuty } = counter;
  const face = faceOf(hall, counter, now);
  const closed = hall.lately.filter((entry) => now <= reEntryEndsAt(hall, entry)).toReversed();
  const ours = (entry: Closed): boolean => entry.counterId === counterId && entry.staffId === onDuty;
  return {
    counter: counterId,
    title: face.nameplate.service,
    phase: face.phase,
    person: face.nameplate.person,
    nowMs: now,
    visit: visitOf(hall, counter),
    ...waitingOf(hall, counter),
    held: heldAt(hall, counter).map((ticket) => ({ ...named(hall, ticket), heldAtMs: ticket.held?.sinceMs ?? now })),
    noShows: closed
      .filter(({ outcome, ticket }) => outcome === "no-show" && !ticket.reEntered)
      .slice(0, DESK_LIST_MAX)
      .map((entry) => closedOf(hall, entry)),
    served: closed
      .filter((entry) => entry.outcome === "served" && ours(entry))
      .slice(0, DESK_LIST_MAX)
      .map((entry) => closedOf(hall, entry)),
    pauseReasons: [...configuration.pauseReasons],
    reasons: {
      decline: [...configuration.reasons.decline],
      outOfOrder: [...configuration.reasons.outOfOrder],
      cancel: [...configuration.reasons.cancel],
      late: [...configuration.reasons.late],
    },
    ...targetsOf(hall, configuration),
    ticketsOpen: ticketHoursAt(hall, now).open,
    extendedSinceMs: counter.extended?.sinceMs ?? null,
  };
}

function named(hall: HallView, { ticketId, number, serviceId, priority }: TicketView) {
  const title = hall.configuration?.priorities.find(({ id }) => id === priority)?.name ?? null;
  return { ticket: ticketId, number, service: serviceId, priority: title };
}

function visitOf(hall: HallView, { visit }: CounterView): DeskPicture["visit"] {
  const ticket = visit === null ? undefined : hall.tickets.get(visit.ticketId);
  if (visit === null || ticket === undefined) return null;
  const { visitId, callCount, calledAtMs, startedAtMs, presumedAtMs } = visit;
  const phase = visit.phase === "called" && presumedAtMs !== null ? "presumed" : visit.phase;
  return { ...named(hall, ticket), visit: visitId, phase, callCount, calledAtMs, startedAtMs };
}

function waitingOf(hall: HallView, counter: CounterView): Pick<DeskPicture, "waiting" | "waitingTotal"> {
  const lines = linesAt(hall, counter);
  const first = lines.flatMap((line) => line.head(DESK_LIST_MAX)).toSorted(comparePlaces);
  const waiting = first.slice(0, DESK_LIST_MAX).flatMap(({ ticketId }) => {
    const ticket = hall.tickets.get(ticketId);
    if (ticket === undefined) return [];
    const { boundTo, enteredAtMs } = ticket;
    const bound = boundTo === null ? null : { counter: boundTo.counterId, staff: boundTo.staffId };
    const there = boundTo === null || isThere(hall, boundTo);
    return [{ ...named(hall, ticket), enteredAtMs, boundTo: bound, there }];
  });
  return { waiting, waitingTotal: lines.reduce((sum, line) => sum + line.size, 0) };
}

const closedOf = (hall: HallView, entry: Closed) => ({
  ...named(hall, entry.ticket),
  closedAtMs: entry.closedAtMs,
  untilMs: reEntryEndsAt(hall, entry),
});

function targetsOf(hall: HallView, { services, counters, staff }: NonNullable<HallView["configuration"]>) {
  const nameOf = (staffId: string | null): string | null => staff.find(({ id }) => id === staffId)?.name ?? null;
  return {
    services: services.map(({ id, name }) => ({ service: id, name })),
    counters: counters.map(({ id, title }) => ({
      counter: id,
      title,
      person: nameOf(hall.counters.get(id)?.onDuty ?? null),
    })),
    staff: staff.map(({ id, name }) => ({ staff: id, name, counter: hall.staff.get(id)?.onDutyAt ?? null })),
  };
}
