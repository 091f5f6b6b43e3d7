// Proves hold: the ticket keeps its number and its leg, comes back to the counter that set it aside, and its parts are
// one serving time and one rating; nothing held is forgotten when its clerk leaves or the day ends.
import { expect, test } from "vitest";
import { HELD_MAX } from "../../../../protocol/index.ts";
import { refusalIn, TestHall, testConfiguration, typesOf } from "../../../support/test-hall.ts";

function openHall(): TestHall {
  const hall = new TestHall(testConfiguration(2));
  hall.signOn(1);
  hall.signOn(2);
  hall.wait(4_000);
  return hall;
}

function heldHall(): { hall: TestHall; visit: { visitId: string } } {
  const hall = openHall();
  const visit = hall.serve(1);
  hall.wait(40_000);
  expect(typesOf(hall.input(1, "hold", visit))).toEqual(["ticket.held"]);
  return { hall, visit };
}

const ticketOf = (hall: TestHall, number: string) =>
  [...hall.hall.tickets.values()].find((ticket) => ticket.number === number);
const dataOf = (events: readonly { type: string; data: unknown }[], type: string) =>
  events.find((event) => event.type === type)?.data;

test("serving × Call long: hold the ticket, then idle", () => {
  const { hall, visit } = heldHall();
  expect(hall.phase(1)).toBe("idle");
  expect(ticketOf(hall, "A001")).toMatchObject({ phase: "held", held: { ...visit, counterId: "1", servedMs: 40_000 } });
  expect(hall.breaches()).toEqual([]);
});

test("serving, pause planned × Call long: hold the ticket, then the planned pause", () => {
  const hall = openHall();
  const visit = hall.serve(1);
  hall.input(1, "pause-planned");
  expect(typesOf(hall.input(1, "hold", visit))).toEqual(["ticket.held", "counter.paused"]);
  expect(hall.phase(1)).toBe("paused");
});

test.each([
  ["called", (hall: TestHall) => hall.input(1, "call-next")],
  ["idle", () => undefined],
] as const)("hold while %s is refused", (_, prepare) => {
  const hall = openHall();
  hall.ticket();
  hall.wait(5_000);
  prepare(hall);
  const visitId = hall.counter(1).visit?.visitId ?? "00000000-0000-4000-8000-00000000dead";
  expect(refusalIn(hall.input(1, "hold", { visitId }))).toBe("not-serving");
});

test("idle × Call long: recall the oldest ticket held here, before everybody who waits", () => {
  const { hall, visit } = heldHall();
  const second = hall.serve(1);
  hall.input(1, "hold", second);
  hall.ticket();
  hall.wait(5_000);
  expect(hall.input(1, "recall-held")[0]).toMatchObject({
    type: "ticket.called",
    data: { ...visit, number: "A001", rule: "held", occasion: "key", counterId: "1" },
  });
  expect(hall.phase(1)).toBe("called");
  expect(hall.breaches()).toEqual([]);
});

test("idle × Call long, nothing held here: refused with its reason", () => {
  const { hall } = heldHall();
  expect(refusalIn(hall.input(2, "recall-held"))).toBe("nothing-held");
});

test("a held ticket is never called by another counter, and by its own only when asked back", () => {
  const { hall } = heldHall();
  hall.input(2, "call-next");
  hall.input(1, "call-next");
  hall.wait(60_000);
  expect([hall.phase(1), hall.phase(2)]).toEqual(["armed", "armed"]);
});

test("its serving time is the sum of its parts, without the time set aside, and it is rated once", () => {
  const { hall, visit } = heldHall();
  hall.wait(300_000, 10_000);
  hall.input(1, "recall-held");
  hall.wait(10_000);
  hall.input(1, "service-started", visit);
  hall.wait(20_000);
  const finished = hall.input(1, "service-finished", visit);
  expect(dataOf(finished, "visit.ended")).toMatchObject({ ...visit, number: "A001", servedMs: 60_000 });
  expect(typesOf(hall.input(1, "rating-given", { ...visit, level: 5 }))).toEqual(["rating.given"]);
  expect(hall.hall.ratings.size).toBe(1);
});

test("a leg held twice sums three parts", () => {
  const { hall, visit } = heldHall();
  hall.input(1, "recall-held");
  hall.input(1, "service-started", visit);
  hall.wait(1_000);
  hall.input(1, "hold", visit);
  hall.input(1, "recall-held");
  hall.input(1, "service-started", visit);
  hall.wait(2_000);
  expect(dataOf(hall.input(1, "service-finished", visit), "visit.ended")).toMatchObject({ servedMs: 43_000 });
});

test("at most five are held at one counter", () => {
  const hall = openHall();
  for (let count = 0; count < HELD_MAX; count += 1) hall.input(1, "hold", hall.serve(1));
  expect(refusalIn(hall.input(1, "hold", hall.serve(1)))).toBe("held-limit");
  expect(hall.phase(1)).toBe("serving");
});

test("a held ticket asked back can be a no-show, and its leg is over", () => {
  const { hall, visit } = heldHall();
  hall.input(1, "recall-held");
  hall.wait(20_000);
  expect(typesOf(hall.input(1, "no-show", visit))).toEqual(["ticket.closed"]);
  expect(hall.hall.tickets.size).toBe(0);
});

test("when its clerk signs off it returns to the head of its queue", () => {
  const { hall } = heldHall();
  const waiting = hall.ticket();
  hall.now = (hall.now + 2.8 * 3_600_000) as TestHall["now"];
  hall.signOn(1);
  expect(hall.phase(1)).toBe("closed");
  expect(hall.wait(250)).toMatchObject([{ type: "ticket.returned", data: { number: "A001", reason: "signed-off" } }]);
  expect(hall.breaches()).toEqual([]);
  hall.wait(5_000);
  hall.input(2, "call-next");
  expect([hall.counter(2).visit?.number, ticketOf(hall, waiting)?.phase]).toEqual(["A001", "waiting"]);
});

test("at the day's end it is closed with the day", () => {
  const { hall } = heldHall();
  hall.now = (hall.now + 16 * 3_600_000) as TestHall["now"];
  const closed = hall.run({ type: "tick" }).filter(({ type }) => type === "ticket.closed");
  expect(closed).toMatchObject([{ data: { outcome: "day-ended" } }]);
  expect(hall.hall.tickets.size).toBe(0);
  expect(hall.breaches()).toEqual([]);
});
