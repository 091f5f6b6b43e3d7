import fc from "fast-check";
import type { ClerkAction } from "../../../../controller/core/desk/clerk-action.ts";
import type { EventType } from "../../../../controller/core/events.ts";
import { CounterId, ServiceId, StaffId, type TicketId, VisitId } from "../../../../protocol/index.ts";
import { type TestHall, uuid } from "../../../support/test-hall.ts";

type Step = (hall: TestHall) => void;
type Pick = (most: number) => number;

/** What kiosks and counter pages do, sensible or not. */
export const deskStep = (counters: number): fc.Arbitrary<Step> =>
  fc.tuple(fc.constantFrom(...KINDS), fc.integer({ min: 1, max: counters }), fc.nat(), fc.nat()).map(
    ([kind, n, first, second]): Step =>
      (hall) => {
        if (!hall.hall.counters.has(CounterId.parse(String(n)))) return;
        const choices = [first, second];
        kind(hall, n, (most) => (choices.shift() ?? 0) % Math.max(1, most));
      },
  );

const anyTicket = (hall: TestHall, pick: Pick, wanted = "waiting"): TicketId | undefined => {
  const tickets = [...hall.hall.tickets.values()].filter(({ phase }) => phase === wanted);
  return tickets[pick(tickets.length)]?.ticketId;
};

/** Somebody presses a button of their page: refused or not, the laws hold. */
const act = (hall: TestHall, n: number, action: ClerkAction): void => void hall.act(n, action);

const target = (hall: TestHall, n: number, pick: Pick) => {
  const targets = [
    { service: ServiceId.parse("social") },
    { service: ServiceId.parse("apply") },
    { counter: CounterId.parse(String(1 + ((n + pick(2)) % hall.hall.counters.size))) },
    { staff: StaffId.parse("s01") },
  ];
  return targets[pick(targets.length)] ?? { service: ServiceId.parse("tax") };
};

function transfer(hall: TestHall, n: number, pick: Pick): void {
  const visit = hall.counter(n).visit;
  if (visit !== null)
    act(hall, n, { action: "transfer", visit: VisitId.parse(visit.visitId), to: target(hall, n, pick) });
}

function callAnother(hall: TestHall, n: number, pick: Pick): void {
  const ticket = anyTicket(hall, pick);
  if (ticket !== undefined) act(hall, n, { action: "call-ticket", ticket, reason: "urgent" });
}

function turnAway(hall: TestHall, n: number, pick: Pick): void {
  const ticket = anyTicket(hall, pick, pick(2) === 0 ? "waiting" : (hall.counter(n).visit?.phase ?? "held"));
  if (ticket === undefined) return;
  act(hall, n, { action: "decline", ticket, reason: "citizen-agreed" });
  act(hall, n, { action: "cancel", ticket, reason: "left" });
}

function comeBack(hall: TestHall, n: number, pick: Pick): void {
  const closed = hall.hall.lately[pick(hall.hall.lately.length)];
  if (closed === undefined) return;
  const ticket = closed.ticket.ticketId;
  if (closed.outcome === "served") act(hall, n, { action: "ask-back", ticket });
  else hall.attempt({ type: "re-enter", ticketId: ticket });
}

function takeLate(hall: TestHall, n: number): void {
  act(hall, n, { action: "late-ticket", service: ServiceId.parse("apply"), reason: "urgent" });
}

function printed(hall: TestHall, _n: number, pick: Pick): void {
  const [ticketId] = hall.hall.unprinted;
  if (ticketId === undefined) {
    const order = { type: "issue-ticket", serviceId: ServiceId.parse("apply"), awaitsPrint: true } as const;
    hall.attempt({ ...order, ticketId: uuid(300_000 + hall.hall.position) as TicketId });
  } else {
    hall.attempt({ type: "confirm-print", ticketId, printed: pick(2) === 0 });
  }
}

const KINDS = [transfer, transfer, callAnother, turnAway, comeBack, takeLate, printed] as const;

/** What must have happened somewhere in the walks, or they prove nothing. */
export const DESK_SOMETIMES: readonly EventType[] = [
  "ticket.transferred",
  "ticket.released",
  "ticket.re-entered",
  "ticket.printed",
  "ticket.print-failed",
  "counter.extended",
  "counter.extension-ended",
];
