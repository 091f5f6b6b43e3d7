import { expect, test } from "vitest";
import { dayFigures } from "../../simulator/day/day-figures.ts";
import { playDay } from "../../simulator/day/play-day.ts";
import { queueHall } from "./queue-hall.ts";

// The queue as such: with strangers arriving and serving as strangers do, a hall of c windows must wait as Erlang's
// formula says. The band is wide, for one day is a small sample; a hall that skipped or doubled tickets is far outside.
test("a stationary hall waits as an M/M/c queue does", () => {
  const { meanServiceS, perHour, counters } = { meanServiceS: 240, perHour: 60, counters: 6 };
  const { meanWaitS, meanServiceS: measured } = queueHall({ counters, perHour, meanServiceS, seed: 5 });
  const expected = erlangWait(perHour / 3600, measured, counters);
  expect(meanWaitS).toBeGreaterThan(expected / 2);
  expect(meanWaitS).toBeLessThan(expected * 2);
});

// What a manager would ask first of another day: twice the people in the same hall wait longer.
test("more people, longer waits", () => {
  const [few, many] = [300, 620].map((citizens) => dayFigures(playDay({ counters: 10, citizens, seed: 3 })).waiting);
  expect(many?.meanMs).toBeGreaterThan(2 * (few?.meanMs ?? Number.POSITIVE_INFINITY));
});

/** Erlang C: mean seconds of waiting with arrivals per second `rate`, service of `meanS`, and `c` windows. */
function erlangWait(rate: number, meanS: number, c: number): number {
  const offered = rate * meanS;
  let [term, sum] = [1, 0];
  for (let k = 0; k < c; k += 1) {
    sum += term;
    term = (term * offered) / (k + 1);
  }
  const last = (term * c) / (c - offered);
  return ((last / (sum + last)) * meanS) / (c - offered);
}
