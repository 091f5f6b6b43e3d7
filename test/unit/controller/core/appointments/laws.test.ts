// Proves as laws, over random walks of citizens, clerks and time: no invariant of the hall breaks, a walk-in never
// overtakes another, every booking has at most one end, and the fold of the log is the state (I7), snapshots included.
import fc from "fast-check";
import { expect, test } from "vitest";
import { evolve } from "../../../../../controller/core/hall.ts";
import { freezeHall, thawHall } from "../../../../../controller/core/snapshot.ts";
import { emptyHall } from "../../../../../controller/core/state.ts";
import { canonicalJson, type Json } from "../../../../../protocol/index.ts";
import { bodiesOf } from "../../../../support/test-events.ts";
import { BookHall, bookConfiguration } from "./book-rig.ts";

type Step = (hall: BookHall, pick: (most: number) => number) => void;

const QUARTER = 15 * 60_000;
const EAST = 8 * 3_600_000;
const momentAt = (ms: number): string => new Date(ms + EAST).toISOString().slice(0, 16);

const book: Step = (hall, pick) => {
  const ahead = Math.ceil(hall.now / QUARTER) * QUARTER + pick(4) * QUARTER;
  hall.book(momentAt(ahead), pick(3) === 0 ? { service: "social" } : {});
};
const someBooking = (hall: BookHall, pick: (most: number) => number) => {
  const all = [...(hall.hall.appointments?.bookings.values() ?? [])];
  return all[pick(Math.max(1, all.length))];
};
const checkIn: Step = (hall, pick) => {
  const booking = someBooking(hall, pick);
  if (booking !== undefined) hall.checkIn(booking);
};
const cancel: Step = (hall, pick) => {
  const booking = someBooking(hall, pick);
  if (booking !== undefined) hall.cancel(booking);
};
const walkIn: Step = (hall) => void hall.ticket();
const call: Step = (hall, pick) => void hall.input(1 + pick(2), "call-next");
const atWindow =
  (type: "service-started" | "service-finished" | "no-show"): Step =>
  (hall, pick) => {
    const n = 1 + pick(2);
    const { visit } = hall.counter(n);
    if (visit !== null) hall.input(n, type, { visitId: visit.visitId });
  };
const pass: Step = (hall, pick) => {
  const ms = [6_000, 60_000, 5 * 60_000, QUARTER][pick(4)] ?? 0;
  hall.wait(ms, ms);
  hall.wait(500);
};
const STEPS = [
  book,
  book,
  checkIn,
  checkIn,
  cancel,
  walkIn,
  walkIn,
  call,
  call,
  atWindow("service-started"),
  atWindow("service-finished"),
  atWindow("no-show"),
  pass,
  pass,
  pass,
] as const;

const walks = fc.array(fc.tuple(fc.nat({ max: STEPS.length - 1 }), fc.nat(), fc.nat()), {
  minLength: 10,
  maxLength: 60,
});
const ENDS = ["served-in-time", "missed-by-hall", "missed-by-citizen", "lapsed", "cancelled"] as const;

function play(walk: readonly (readonly [number, number, number])[]): BookHall {
  const hall = new BookHall(bookConfiguration({ checkInFromMinutes: 120, keptMinutes: 15 }));
  hall.signOn(1);
  hall.signOn(2);
  for (const [step, first, second] of walk) {
    const chances = [first, second];
    STEPS[step]?.(hall, (most) => (chances.shift() ?? 0) % most);
    expect(hall.breaches()).toEqual([]);
  }
  return hall;
}

/** Walk-ins called in the hall's order, by when they came. */
function walkInsCalled(hall: BookHall): number[] {
  const booked = new Set(bodiesOf(hall.events, "appointment.arrived").map(({ ticketId }) => ticketId));
  const issued = bodiesOf(hall.events, "ticket.issued").map(({ ticketId }) => ticketId);
  return bodiesOf(hall.events, "ticket.called")
    .filter(({ ticketId, rule }) => !booked.has(ticketId) && rule === "strict")
    .map(({ ticketId }) => issued.indexOf(ticketId));
}

test("AMB-29: whatever is booked, nothing breaks and walk-ins keep their order", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(walks, (walk) => {
      const hall = play(walk);
      for (const { type } of hall.events) seen.add(type);
      expect(walkInsCalled(hall)).toEqual(walkInsCalled(hall).toSorted((a, b) => a - b));
      const ended = ENDS.flatMap((end) =>
        bodiesOf(hall.events, `appointment.${end}`).map(({ bookingId }) => bookingId),
      );
      expect(new Set(ended).size).toBe(ended.length);
    }),
    { numRuns: 60, seed: 21 },
  );
  // Or the walks prove nothing.
  expect([...seen]).toEqual(expect.arrayContaining(["appointment.turn-reserved", "appointment.missed-by-citizen"]));
  expect([...seen]).toEqual(expect.arrayContaining(["appointment.served-in-time", "appointment.missed-by-hall"]));
});

test("I7: the fold of the log is the state, also from a snapshot in its middle", () => {
  fc.assert(
    fc.property(walks, fc.nat(), (walk, cut) => {
      const { events, hall } = play(walk);
      const half = emptyHall();
      const at = cut % events.length;
      for (const event of events.slice(0, at)) evolve(half, event);
      const thawed = thawHall(JSON.parse(canonicalJson(freezeHall(half))) as Json);
      for (const event of events.slice(at)) evolve(thawed, event);
      expect(canonicalJson(freezeHall(thawed))).toBe(canonicalJson(freezeHall(hall)));
    }),
    { numRuns: 30, seed: 24 },
  );
});
