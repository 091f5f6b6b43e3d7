import { expect, test } from "vitest";
import { arrivalTimes, TWO_PEAKS, weightAt, withStragglers } from "../../../../simulator/people/crowd/arrival-times.ts";
import { Chance } from "../../../../simulator/time/chance.ts";

const HOUR = 3_600_000;
/** 07:30 in Shanghai. */
const DAY = { startMs: Date.UTC(2026, 2, 1, 23, 30), lengthMs: 10 * HOUR };
const COUNT = 20_000;

const between = (times: readonly number[], from: number, to: number): number =>
  times.filter((at) => at >= (from - 7.5) * HOUR && at < (to - 7.5) * HOUR).length;

test("as many come as were asked for, in order, and none at noon or at night", () => {
  const times = arrivalTimes(new Chance(1), TWO_PEAKS, DAY, COUNT);
  expect(times).toHaveLength(COUNT);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(between(times, 12 + 2 / 60, 13 + 39 / 60)).toBe(0);
  expect(between(times, 7.5, 7 + 39 / 60)).toBe(0);
});

test("they come in two peaks, each hour as its weight says", () => {
  const times = arrivalTimes(new Chance(2), TWO_PEAKS, DAY, COUNT);
  const weigh = (from: number, to: number): number => {
    let sum = 0;
    for (let minute = from * 60; minute < to * 60; minute += 1) sum += weightAt(TWO_PEAKS, minute + 0.5);
    return sum;
  };
  const all = weigh(7, 18);
  for (const hour of [8, 9, 10, 11, 14, 15, 16]) {
    const expected = (COUNT * weigh(hour, hour + 1)) / all;
    expect(Math.abs(between(times, hour, hour + 1) - expected)).toBeLessThan(5 * Math.sqrt(expected));
  }
  expect(between(times, 9, 10)).toBeGreaterThan(2 * between(times, 11, 12));
  expect(between(times, 14, 15)).toBeGreaterThan(2 * between(times, 16.5, 17.5));
});

// Who do not know each other: the gaps of a constant stream have a standard deviation as large as their mean.
test("gaps are those of strangers", () => {
  const flat = withStragglers([[0, 1]], 1);
  const times = arrivalTimes(new Chance(3), flat, DAY, COUNT);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
  expect(deviation / mean).toBeGreaterThan(0.95);
  expect(deviation / mean).toBeLessThan(1.05);
});

test("nobody comes where nobody is awaited", () => {
  expect(arrivalTimes(new Chance(4), TWO_PEAKS, { startMs: Date.UTC(2026, 2, 1, 12), lengthMs: HOUR }, 10)).toEqual([]);
});
