// Proves start, finish, rating and pause at a counter: facts act when they name the visit at hand, however late they
// arrive; a rating counts once, for the visit and the clerk it was given to.
import { expect, test } from "vitest";
import { epochMs } from "../../../../protocol/index.ts";
import { badge, refusalIn, TestHall, testConfiguration, typesOf } from "../../../support/test-hall.ts";

function openHall(): TestHall {
  const hall = new TestHall(testConfiguration(2));
  hall.signOn(1);
  hall.wait(4_000);
  return hall;
}

test("start, finish, rate: the rating belongs to the visit, its counter and its clerk", () => {
  const hall = openHall();
  const visit = hall.serve(1);
  expect(hall.phase(1)).toBe("serving");
  expect(typesOf(hall.input(1, "service-finished", visit))).toEqual(["visit.ended", "ticket.closed"]);
  expect(hall.phase(1)).toBe("rating");
  const [rated] = hall.input(1, "rating-given", { ...visit, level: 5 });
  expect(rated).toMatchObject({ type: "rating.given", data: { ...visit, level: 5, counterId: "1", staffId: "s01" } });
  expect(hall.phase(1)).toBe("idle");
  expect(hall.breaches()).toEqual([]);
});

test("the first key is final", () => {
  const hall = openHall();
  const visit = hall.serve(1);
  hall.input(1, "service-finished", visit);
  hall.input(1, "rating-given", { ...visit, level: 1 });
  const [second] = hall.input(1, "rating-given", { ...visit, level: 5 });
  expect(second).toMatchObject({ type: "fact.recorded", data: { reason: "already-rated" } });
});

test("a key pressed inside the window counts even if it arrives after the window has expired", () => {
  const hall = openHall();
  const visit = hall.serve(1);
  hall.input(1, "service-finished", visit);
  expect(typesOf(hall.wait(60_000))).toEqual(["rating.expired"]);
  expect(hall.phase(1)).toBe("idle");
  expect(typesOf(hall.input(1, "rating-given", { ...visit, level: 4 }))).toEqual(["rating.given"]);
});

test("a rating of a day in 1970 counts on the day on which the clock was set", () => {
  const hall = new TestHall(testConfiguration(2), Date.UTC(1970, 0, 2, 1));
  hall.signOn(1);
  hall.wait(4_000);
  const visit = hall.serve(1);
  hall.input(1, "service-finished", visit);
  hall.wait(60_000);
  hall.now = epochMs(Date.UTC(2026, 2, 2, 1));
  expect(typesOf(hall.run({ type: "tick" }))).toContain("day.opened");
  expect(typesOf(hall.input(1, "rating-given", { ...visit, level: 4 }))).toEqual(["rating.given"]);
});

test("a rating from another counter, or for a visit nobody knows, rates nobody", () => {
  const hall = openHall();
  const visit = hall.serve(1);
  hall.input(1, "service-finished", visit);
  const [foreign] = hall.input(2, "rating-given", { ...visit, level: 1 });
  expect(foreign).toMatchObject({ type: "fact.recorded", data: { reason: "other-counter" } });
  const [unknown] = hall.input(1, "rating-given", { visitId: "00000000-0000-4000-8000-00000000dead", level: 1 });
  expect(unknown).toMatchObject({ type: "fact.recorded", data: { reason: "unknown-visit" } });
});

test("the next call keeps the keypad for 15 s, the next start ends it", () => {
  const hall = openHall();
  const first = hall.serve(1);
  hall.ticket();
  hall.wait(5_000);
  hall.input(1, "service-finished", first);
  hall.wait(3_000);
  expect(typesOf(hall.input(1, "call-next"))).toEqual(["ticket.called", "call.announced"]);
  expect(typesOf(hall.wait(11_999, 11_999))).toEqual([]);
  expect(hall.wait(1, 1)).toMatchObject([{ type: "rating.expired", data: { ...first, how: "next-call" } }]);
});

test("starting the next visit ends the keypad of the last one at once", () => {
  const hall = openHall();
  const first = hall.serve(1);
  hall.ticket();
  hall.wait(5_000);
  hall.input(1, "service-finished", first);
  hall.input(1, "call-next");
  expect(hall.input(1, "service-started", hall.visit(1))).toMatchObject([
    { type: "rating.expired", data: { ...first, how: "next-start" } },
    { type: "visit.started" },
  ]);
});

test("start and finish made offline act when they arrive, with the time at which they happened", () => {
  const hall = openHall();
  hall.ticket();
  hall.wait(5_000);
  hall.input(1, "call-next");
  const visit = hall.visit(1);
  const pressedAt = hall.now + 1_000;
  hall.wait(20 * 60_000, 60_000);
  const [started] = hall.input(1, "service-started", visit, { occurredAt: pressedAt });
  expect(started).toMatchObject({ type: "visit.started", occurredAtMs: pressedAt });
  expect(hall.counter(1).visit?.startedAtMs).toBe(pressedAt);
});

test.each([
  ["finish before start", "service-finished", "not-started"],
  ["start of another visit", "service-started", "not-at-hand"],
] as const)("on record only: %s", (_, type, reason) => {
  const hall = openHall();
  hall.ticket();
  hall.wait(5_000);
  hall.input(1, "call-next");
  const body = reason === "not-at-hand" ? { visitId: "00000000-0000-4000-8000-00000000beef" } : hall.visit(1);
  expect(hall.input(1, type, body)).toMatchObject([{ type: "fact.recorded", data: { reason } }]);
  expect(hall.phase(1)).toBe("called");
});

test("pause and resume: resume calls the next ticket, a planned pause comes with the ticket's end", () => {
  const hall = openHall();
  expect(typesOf(hall.input(1, "pause"))).toEqual(["counter.paused"]);
  hall.ticket();
  hall.wait(5_000);
  expect(refusalIn(hall.input(1, "call-next"))).toBe("paused");
  expect(typesOf(hall.input(1, "resume"))).toEqual(["counter.resumed", "ticket.called", "call.announced"]);
  const visit = hall.visit(1);
  hall.input(1, "service-started", visit);
  expect(refusalIn(hall.input(1, "pause"))).toBe("has-ticket");
  hall.input(1, "pause-planned");
  hall.input(1, "pause-unplanned");
  hall.input(1, "pause-planned");
  expect(typesOf(hall.input(1, "service-finished", visit))).toEqual(["visit.ended", "ticket.closed", "counter.paused"]);
  expect(hall.phase(1)).toBe("paused");
});

test("an input nobody understands is stored as rejected, and its stream goes on", () => {
  const hall = openHall();
  const before = [...hall.hall.cursors.values()];
  const [rejected] = hall.input(1, "rating-given", { level: 7, visitId: "nobody" });
  expect(rejected).toMatchObject({ type: "input.rejected", data: { reason: "malformed-body" } });
  expect([...hall.hall.cursors.values()]).toEqual(before.map((seq) => seq + 1));
});

test("assistance is heard in every state, also with nobody on duty", () => {
  const hall = new TestHall();
  expect(typesOf(hall.input(1, "assistance-requested"))).toEqual(["assistance.requested"]);
});

test("the badge of nobody is kept as evidence", () => {
  const hall = openHall();
  expect(hall.input(2, "badge-presented", { badge: badge(777) })).toMatchObject([
    { type: "badge.recorded", data: { staffId: null, effect: "refused-unknown" } },
  ]);
  expect(hall.phase(2)).toBe("closed");
});
