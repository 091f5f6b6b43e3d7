import type { ClerkAction } from "../../../../controller/core/desk/clerk-action.ts";
import { CounterId, present, ServiceId, TicketId, VisitId } from "../../../../protocol/index.ts";
import { counterId, uuid } from "../../../support/test-hall.ts";
import type { GoldenHall } from "./golden-hall.ts";

/** A day as kiosks and counter pages tell it: print states, transfers, re-entry, out of order, closing time. */
export function playDeskDay(hall: GoldenHall): void {
  hall.start(2, "0.1.0");
  hall.skipTo(16, 50);
  for (const n of [1, 2]) {
    hall.birth(n, { session: 21 });
    hall.tap(n);
  }
  printTickets(hall);
  handOn(hall);
  closeTheHall(hall);
}

function act(hall: GoldenHall, n: number, action: ClerkAction, ticket = 0): void {
  const staffId = present(hall.hall.counters.get(counterId(n))?.onDuty, `somebody on duty at ${n}`);
  const ticketId = TicketId.parse(uuid(800_000 + ticket));
  hall.run({ type: "clerk-action", counterId: counterId(n), staffId, action, ticketId });
}

function printTickets(hall: GoldenHall): void {
  const [printed, unseen] = [1, 2].map((n) => TicketId.parse(uuid(810_000 + n))) as [TicketId, TicketId];
  const order = { type: "issue-ticket", serviceId: ServiceId.parse("apply"), awaitsPrint: true } as const;
  hall.run({ ...order, ticketId: printed });
  hall.run({ ...order, ticketId: unseen });
  hall.run({ type: "confirm-print", ticketId: printed, printed: false });
  hall.run({ type: "confirm-print", ticketId: printed, printed: true });
  hall.wait(121); // The other one never came out of the printer.
}

function handOn(hall: GoldenHall): void {
  hall.input(1, "call-next");
  hall.about(1, "service-started");
  const visit = VisitId.parse(present(hall.hall.counters.get(counterId(1))?.visit, "a visit at 1").visitId);
  hall.tap(2); // Asked whether they go out,
  hall.wait(2);
  hall.tap(2); // near the session's end: gone.
  hall.wait(70);
  act(hall, 1, { action: "transfer", visit, to: { counter: CounterId.parse("2") } });
  hall.skip(11); // Nobody is there: released.
  hall.input(1, "call-next");
  hall.wait(26);
  const ticketId = present(hall.hall.counters.get(counterId(1))?.visit, "a visit at 1").ticketId;
  hall.about(1, "no-show");
  hall.run({ type: "re-enter", ticketId });
}

function closeTheHall(hall: GoldenHall): void {
  hall.skipTo(17, 29);
  hall.tickets("apply", "tax");
  hall.skip(2); // Extended service.
  const waiting = [...hall.hall.tickets.values()].filter(({ phase }) => phase === "waiting");
  for (const { ticketId } of waiting) act(hall, 1, { action: "decline", ticket: ticketId, reason: "citizen-agreed" });
  act(hall, 1, { action: "late-ticket", service: ServiceId.parse("apply"), reason: "urgent" }, 1);
  hall.wait(6);
  hall.input(1, "call-next");
  hall.about(1, "service-started");
  hall.wait(61);
  hall.about(1, "service-finished");
  hall.wait(20);
  hall.tap(1);
  hall.wait(2);
}
