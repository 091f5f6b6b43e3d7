import { expect, test } from "vitest";
import { later, milliseconds, monoMs } from "../../../protocol/index.ts";
import { openDoor, stepArrivals } from "../../../simulator/people/arrivals.ts";
import { seededRandom } from "../../../simulator/people/seeded-random.ts";

/** Instants of arrival within ten minutes of an unchanging hall. */
function arrivals(openCounters: number, waiting: number, seed = 1): number[] {
  const random = seededRandom(seed);
  const instants: number[] = [];
  let door = openDoor(monoMs(0));
  for (let at = monoMs(0); at <= 600_000; at = later(at, milliseconds(250))) {
    const [next, arriving] = stepArrivals(door, { at, openCounters, waiting }, random);
    door = next;
    if (arriving) instants.push(Number(at));
  }
  return instants;
}

// Six windows at 25 s a visit take 144 people in ten minutes; so many come, and no more.
test("as many come as the open windows can serve", () => {
  const count = arrivals(6, 8).length;
  expect(count).toBeGreaterThan(110);
  expect(count).toBeLessThan(180);
});

test("an empty hall fills faster, a crowded one slower", () => {
  expect(arrivals(6, 0).length).toBeGreaterThan(1.5 * arrivals(6, 8).length);
  expect(arrivals(6, 24).length).toBeLessThan(0.5 * arrivals(6, 8).length);
});

test("nobody comes while no window is open", () => {
  expect(arrivals(0, 0)).toEqual([]);
});

test("the same seed brings the same people, another seed others", () => {
  expect(arrivals(6, 8, 7)).toEqual(arrivals(6, 8, 7));
  expect(arrivals(6, 8, 7)).not.toEqual(arrivals(6, 8, 8));
});
