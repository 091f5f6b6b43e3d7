// Proves presumed serving: 60 s after the call was announced the keys take the citizen to be at the window, whether or
// not start was pressed, and every cell of that row; facts made offline act by their own time.
import { expect, test } from "vitest";
import { refusalIn, TestHall, testConfiguration, typesOf, uuid } from "../../../support/test-hall.ts";

function calledHall(rules: Record<string, number> = {}): TestHall {
  const hall = new TestHall(testConfiguration(2, rules));
  hall.signOn(1);
  hall.signOn(2);
  hall.ticket();
  hall.ticket();
  hall.wait(5_000);
  hall.input(1, "call-next");
  return hall;
}

function presumedHall(): TestHall {
  const hall = calledHall();
  hall.wait(60_000);
  expect(hall.phase(1)).toBe("presumed");
  return hall;
}

const dataOf = (events: readonly { type: string; data: unknown }[], type: string) =>
  events.find((event) => event.type === type)?.data;

test("called × 60 s: presumed serving, and the keys mean something else", () => {
  const hall = calledHall();
  const { basis } = hall.counter(1);
  expect(hall.wait(59_750)).toEqual([]);
  expect(typesOf(hall.wait(250))).toEqual(["visit.presumed"]);
  expect(hall.phase(1)).toBe("presumed");
  expect(refusalIn(hall.input(1, "recall", hall.visit(1), { basis }))).toBe("outdated");
  expect(refusalIn(hall.input(1, "recall", hall.visit(1)))).toBe("not-called");
});

test("the time runs from the announcement, not from the press", () => {
  const hall = calledHall({ announcementSlotMs: 30_000 });
  hall.input(2, "call-next");
  expect(typesOf(hall.wait(60_000))).toEqual(["call.announced", "visit.presumed"]);
  expect([1, 2].map((n) => hall.phase(n))).toEqual(["presumed", "called"]);
  hall.wait(30_000);
  expect(hall.phase(2)).toBe("presumed");
});

test("a recall begins the time anew, also while it waits to be heard", () => {
  const hall = calledHall();
  hall.wait(50_000);
  hall.input(1, "recall", hall.visit(1));
  hall.wait(59_750);
  expect(hall.phase(1)).toBe("called");
  hall.wait(250);
  expect(hall.phase(1)).toBe("presumed");
});

test("presumed × Call: finish, and the start is the instant from which it was presumed", () => {
  const hall = presumedHall();
  const presumedAt = hall.now;
  hall.wait(90_000);
  const finished = hall.input(1, "service-finished", hall.visit(1));
  expect(typesOf(finished)).toEqual(["visit.ended", "ticket.closed"]);
  expect(dataOf(finished, "visit.ended")).toMatchObject({
    startedAtMs: presumedAt,
    startPresumed: true,
    servedMs: 90_000,
  });
  expect(hall.phase(1)).toBe("rating");
});

test("presumed × Call long: no-show, then call next", () => {
  const hall = presumedHall();
  expect(typesOf(hall.input(1, "no-show", hall.visit(1)))).toEqual([
    "ticket.closed",
    "ticket.called",
    "call.announced",
  ]);
  expect([hall.phase(1), hall.counter(1).visit?.number]).toEqual(["called", "A002"]);
});

test("presumed × Pause: confirm the start, which stays where it was presumed", () => {
  const hall = presumedHall();
  const presumedAt = hall.now;
  hall.wait(20_000);
  expect(typesOf(hall.input(1, "service-started", hall.visit(1)))).toEqual(["visit.started"]);
  expect(hall.phase(1)).toBe("serving");
  expect(hall.counter(1).visit?.startedAtMs).toBe(presumedAt);
});

test("presumed × Pause held: assistance", () => {
  expect(typesOf(presumedHall().input(1, "assistance-requested"))).toEqual(["assistance.requested"]);
});

test("presumed: a start pressed before, and heard late, is the start", () => {
  const hall = presumedHall();
  const pressedAt = hall.now - 45_000;
  hall.input(1, "service-started", hall.visit(1), { occurredAt: pressedAt });
  expect(hall.counter(1).visit?.startedAtMs).toBe(pressedAt);
  const finished = hall.input(1, "service-finished", hall.visit(1), { occurredAt: pressedAt + 30_000 });
  expect(dataOf(finished, "visit.ended")).toMatchObject({ startPresumed: false, servedMs: 30_000 });
});

test("presumed: start and finish of another visit are on record and change nothing", () => {
  const hall = presumedHall();
  const stray = { visitId: uuid(77) };
  expect(typesOf(hall.input(1, "service-finished", stray))).toEqual(["fact.recorded"]);
  expect(typesOf(hall.input(1, "service-started", stray))).toEqual(["fact.recorded"]);
  expect(hall.phase(1)).toBe("presumed");
});

test("nothing is presumed at a terminal that is offline: its clerk may have pressed start already", () => {
  const hall = calledHall();
  hall.born(1);
  hall.wait(30_000);
  hall.lost(1);
  hall.wait(40_000);
  expect(hall.phase(1)).toBe("called");
});
