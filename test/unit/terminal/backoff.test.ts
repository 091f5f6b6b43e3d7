import fc from "fast-check";
import { expect, test } from "vitest";
import { backoff } from "../../../protocol/index.ts";

// Full jitter: the delay is a uniform share of a ceiling that doubles from 0.5 s and stops at 5 s.
test.each([
  [0, 0, 0],
  [0, 0.999, 499],
  [1, 0.5, 500],
  [3, 0.5, 2000],
  [4, 0.999, 4995],
  [5000, 0.999, 4995],
])("after %i failures and with chance %d it waits %i ms", (failures, chance, delay) => {
  expect(backoff(failures, chance)).toBe(delay);
});

// Whatever the failures and the chance, a terminal is back within 5 s: 300 of them within 10 s.
test("never negative and never over 5 s", () => {
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.nat(), chance, (failures, drawn) => {
      const delay = backoff(failures, drawn);
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThan(5000);
    }),
  );
});
