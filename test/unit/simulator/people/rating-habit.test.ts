import { expect, test } from "vitest";
import { ordinaryHabits } from "../../../../simulator/people/crowd/habits.ts";
import { ratingPresses } from "../../../../simulator/people/crowd/rating-habit.ts";
import { Chance } from "../../../../simulator/time/chance.ts";

const HABITS = { ...ordinaryHabits(0), neverRates: 0, ratesLate: 0, hammersKeypad: 0 };
const many = (habits: typeof HABITS) => {
  const chance = new Chance(9);
  return Array.from({ length: 2_000 }, () => ratingPresses(chance, habits));
};

test("who rates presses once, soon, and is mostly content", () => {
  const presses = many(HABITS).flat();
  expect(presses).toHaveLength(2_000);
  expect(Math.max(...presses.map(({ afterMs }) => afterMs))).toBeLessThan(15_000);
  expect(presses.filter(({ level }) => level >= 4).length).toBeGreaterThan(1_500);
  expect(new Set(presses.map(({ level }) => level)).size).toBe(5);
});

test("some never press, as many as the habit says", () => {
  const silent = many({ ...HABITS, neverRates: 0.3 }).filter((presses) => presses.length === 0);
  expect(silent.length).toBeGreaterThan(500);
  expect(silent.length).toBeLessThan(700);
});

test("some press when the keys may be dead, some on whatever keys they find", () => {
  const late = many({ ...HABITS, ratesLate: 1 }).flat();
  expect(late.some(({ afterMs }) => afterMs > 60_000)).toBe(true);
  const hammered = many({ ...HABITS, hammersKeypad: 1 });
  expect(hammered.every((presses) => presses.length >= 3)).toBe(true);
});
