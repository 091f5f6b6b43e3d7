// Proves that a ticket that never came out of the printer is not called: no ghost number.
import { expect, test } from "vitest";
import { ServiceId, TicketId } from "../../../../../protocol/index.ts";
import { TestHall, testConfiguration, typesOf, uuid } from "../../../../support/test-hall.ts";

const ticketId = TicketId.parse(uuid(42));

function awaitingPrint(): TestHall {
  const hall = new TestHall(testConfiguration(1));
  hall.signOn(1);
  hall.run({ type: "issue-ticket", serviceId: ServiceId.parse("apply"), ticketId, awaitsPrint: true });
  hall.wait(10_000);
  return hall;
}

const callNext = (hall: TestHall): string | null => {
  hall.input(1, "call-next");
  return hall.counter(1).visit?.number ?? null;
};

test("issued × call next: it is not called, nor counted among the waiting", () => {
  const hall = awaitingPrint();
  expect(callNext(hall)).toBeNull();
  expect(hall.hall.lines.get("a" as never)?.size ?? 0).toBe(0);
  expect(hall.breaches()).toEqual([]);
});

test("printed × call next: it is called, at the place it had from the beginning", () => {
  const hall = awaitingPrint();
  hall.ticket();
  hall.wait(6_000);
  hall.run({ type: "confirm-print", ticketId, printed: true });
  expect(callNext(hall)).toBe("A001");
  expect(hall.breaches()).toEqual([]);
});

test("print-failed × reprint: the same number, callable once the paper is there; told twice it changes nothing", () => {
  const hall = awaitingPrint();
  const report = (printed: boolean) => typesOf(hall.run({ type: "confirm-print", ticketId, printed }));
  expect([report(false), report(false)]).toEqual([["ticket.print-failed"], []]);
  expect(callNext(hall)).toBeNull();
  expect([report(true), report(true), report(false)]).toEqual([["ticket.printed"], [], []]);
  hall.wait(500);
  expect(hall.counter(1).visit?.number).toBe("A001"); // The window was armed.
});

test("print-failed × cancel: the clerk takes it out of the world", () => {
  const hall = awaitingPrint();
  hall.run({ type: "confirm-print", ticketId, printed: false });
  expect(hall.act(1, { action: "cancel", ticket: ticketId, reason: "print-fault" })).toMatchObject({
    events: [{ type: "ticket.closed", data: { outcome: "cancelled", reason: "print-fault" } }],
  });
  expect(hall.breaches()).toEqual([]);
});

test("unconfirmed: closed after 2 min (default) with an outcome of its own", () => {
  const hall = awaitingPrint();
  const closed = hall.wait(110_000, 1_000).filter((event) => event.type === "ticket.closed");
  expect(closed).toMatchObject([{ data: { outcome: "not-printed" } }]);
  expect(hall.attempt({ type: "confirm-print", ticketId, printed: true })).toHaveProperty("rejection");
  expect(hall.breaches()).toEqual([]);
});

test("a ticket without a printer is callable as ever", () => {
  const hall = new TestHall(testConfiguration(1));
  hall.signOn(1);
  hall.ticket();
  hall.wait(6_000);
  expect(callNext(hall)).toBe("A001");
});
