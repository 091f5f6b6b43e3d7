import { expect, test } from "vitest";
import { DEMO_COUNTERS_MAX, planHall, STRANGERS_BADGE } from "../../../simulator/demo/hall-plan.ts";

// A later start with more or fewer counters continues the same hall, so the ones they share must not change.
test("more counters leave the earlier ones as they were", () => {
  const most = planHall(DEMO_COUNTERS_MAX);
  for (const count of [1, 2, 6, 17]) {
    expect(planHall(count).counters).toEqual(most.counters.slice(0, count));
  }
});

test("every service has a window, even in the smallest hall", () => {
  for (let count = 1; count <= 8; count += 1) {
    const { services, counters } = planHall(count);
    const served = new Set(counters.flatMap(({ queues }) => queues));
    expect(services.every(({ queueId }) => served.has(queueId))).toBe(true);
  }
});

test("nobody shares an id, a number or a badge", () => {
  const { counters, lead } = planHall(DEMO_COUNTERS_MAX);
  const staff = [lead, ...counters.map(({ clerk }) => clerk)];
  for (const key of ["staffId", "name", "number", "badge"] as const) {
    expect(new Set(staff.map((person) => person[key])).size).toBe(staff.length);
  }
  expect(staff.map(({ badge }) => badge)).not.toContain(STRANGERS_BADGE);
});
