import { expect, test } from "vitest";
import { type EventType, readEvent } from "../../controller/index.ts";
import { SimHall } from "../../simulator/hall.ts";
import { drawHabits, type Habits } from "../../simulator/people/crowd/habits.ts";
import { peopleWith } from "../../simulator/people/crowd/hall-people.ts";
import { drawPlan, inShanghai } from "../../simulator/world-plan.ts";
import { Chance } from "../../simulator/time/chance.ts";

// Everything that people can do to a hall is done by somebody: a habit that reached nothing would test nothing.
const MINUTES = 60;
/** A crowd in mid-morning, a quiet hour, and the one in which windows close for noon. */
const HOURS = [
  { startMs: inShanghai(9, 30), arrivalMs: 12_000 },
  { startMs: inShanghai(9, 30), arrivalMs: 90_000 },
  { startMs: inShanghai(11, 20), arrivalMs: 40_000 },
];
const PLANS = HOURS.map((hour, seed) => ({
  ...drawPlan(new Chance(seed), { counters: 6, minutes: MINUTES }),
  ...hour,
}));

const busy = (habits: Habits): Habits => ({
  ...habits,
  serviceMean: 20,
  breaks: 4,
  breakLength: [5, 60],
  outings: 4,
  covers: 4,
  strayPresses: 8,
  assistance: 2,
  patrols: 12,
  maintenance: 6,
  strangers: 10,
  transfers: 0.15,
  holds: 0.15,
  outOfOrder: 0.15,
  impatient: 0.15,
  latecomers: 0.3,
  lateBy: [60, 400],
  printed: 0.9,
  paperJams: 0.05,
  doublePress: 0.1,
  forgetsStart: 0.1,
  secondTicket: 0.1,
});

const AWAITED: readonly EventType[] = [
  ...(["staff.signed-on", "staff.took-over", "staff.went-out", "staff.came-back", "patrol.recorded"] as const),
  ...(["maintenance.begun", "ticket.printed", "ticket.print-failed", "ticket.transferred", "ticket.held"] as const),
  ...(["ticket.re-entered", "ticket.recalled", "visit.presumed", "rating.given", "rating.expired"] as const),
  ...(["counter.paused", "counter.pause-changed", "counter.armed", "assistance.requested", "intent.refused"] as const),
];
const EFFECTS = ["refused-unknown", "refused-revoked", "refused-untrained", "refused-wrong-window"];

test("every kind of person leaves a trace in the log", () => {
  const seen = new Set<string>();
  for (const [seed, plan] of PLANS.entries()) {
    const people = peopleWith((chance, floor) => busy(drawHabits(chance, floor.plan)));
    const hall = new SimHall({ seed, faults: "none", people, plan });
    hall.open();
    hall.scheduler.runUntil(MINUTES * 60e6, 20_000_000);
    expect(hall.bugs).toEqual([]);
    for (const event of hall.controller.disk.records.map(readEvent)) {
      seen.add(event.type);
      if (event.type === "badge.recorded") seen.add(event.data.effect);
      if (event.type === "ticket.called" && event.data.rule === "out-of-order") seen.add("out-of-order");
      if (event.type === "counter.paused" && event.data.untilMs !== null) seen.add("pause with minutes");
    }
  }
  const missing = [...AWAITED, ...EFFECTS, "out-of-order", "pause with minutes"].filter((what) => !seen.has(what));
  expect(missing).toEqual([]);
});
