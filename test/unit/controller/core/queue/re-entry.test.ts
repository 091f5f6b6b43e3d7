// Proves that a closed ticket comes back as it may: a no-show once and in time, at the head of its queue; somebody who
// was served only for the person who served them, first in line.
import { expect, test } from "vitest";
import type { TicketId } from "../../../../../protocol/index.ts";
import { TestHall, testConfiguration, typesOf } from "../../../../support/test-hall.ts";

/** A001 is a no-show at window 1, A002 waits. */
function afterNoShow(): { hall: TestHall; ticketId: TicketId } {
  const hall = new TestHall(testConfiguration(2));
  hall.signOn(1);
  hall.signOn(2);
  hall.ticket();
  hall.wait(6_000);
  hall.input(1, "call-next");
  const ticketId = hall.ticketId("A001");
  hall.wait(26_000);
  hall.input(1, "no-show", hall.visit(1));
  hall.ticket();
  hall.wait(6_000);
  return { hall, ticketId };
}

test("a no-show comes back at the kiosk: at the head of the queue, before those who wait", () => {
  const { hall, ticketId } = afterNoShow();
  expect(typesOf(hall.run({ type: "re-enter", ticketId }))).toEqual(["ticket.re-entered"]);
  hall.input(2, "call-next");
  expect(hall.counter(2).visit?.number).toBe("A001");
  expect(hall.breaches()).toEqual([]);
});

test("it comes back once: a second no-show is final", () => {
  const { hall, ticketId } = afterNoShow();
  hall.act(1, { action: "re-enter", ticket: ticketId });
  hall.input(1, "call-next");
  hall.wait(30_000);
  hall.input(1, "no-show", hall.visit(1));
  expect(hall.attempt({ type: "re-enter", ticketId })).toMatchObject({ rejection: { code: "re-entry-over" } });
});

test.each([
  [600_000, "events"],
  [600_001, "rejection"],
])("within 10 min (default): after %i ms there are %s", (afterMs, answer) => {
  const { hall, ticketId } = afterNoShow();
  hall.wait(afterMs - 6_000, 30_000);
  expect(hall.attempt({ type: "re-enter", ticketId })).toHaveProperty(answer);
});

test("a served ticket is no no-show: it cannot come back by itself", () => {
  const hall = new TestHall(testConfiguration(1));
  hall.signOn(1);
  const visit = hall.serve(1);
  const ticketId = hall.ticketId("A001");
  hall.input(1, "service-finished", visit);
  expect(hall.attempt({ type: "re-enter", ticketId })).toMatchObject({ rejection: { code: "no-such-ticket" } });
});

test("asked back by the same person: first in line for them, and for nobody else", () => {
  const hall = new TestHall(testConfiguration(2));
  hall.signOn(1);
  hall.signOn(2);
  const visit = hall.serve(1);
  const ticketId = hall.ticketId("A001");
  hall.input(1, "service-finished", visit);
  hall.ticket();
  hall.wait(20_000);
  expect(hall.act(2, { action: "ask-back", ticket: ticketId })).toMatchObject({ rejection: { code: "not-here" } });
  expect(hall.act(1, { action: "ask-back", ticket: ticketId })).toHaveProperty("events");
  hall.input(2, "call-next");
  hall.input(1, "call-next");
  expect([1, 2].map((n) => hall.counter(n).visit?.number)).toEqual(["A001", "A002"]);
  expect(hall.breaches()).toEqual([]);
});

test("a number that was given again meanwhile stays with whoever has it now", () => {
  const hall = new TestHall(testConfiguration(1));
  hall.signOn(1);
  hall.ticket("social");
  const ticketId = hall.ticketId("B001");
  hall.wait(6_000);
  hall.input(1, "call-next");
  hall.wait(26_000);
  hall.input(1, "no-show", hall.visit(1));
  for (let count = 0; count < 3; count += 1) hall.ticket("social");
  expect(hall.attempt({ type: "re-enter", ticketId })).toMatchObject({ rejection: { code: "number-taken" } });
});

test("after the day has changed nobody comes back, and the day's count holds", () => {
  const { hall, ticketId } = afterNoShow();
  hall.wait(86_400_000, 43_200_000);
  expect(hall.attempt({ type: "re-enter", ticketId })).toMatchObject({ rejection: { code: "no-such-ticket" } });
  expect(hall.breaches()).toEqual([]);
});
