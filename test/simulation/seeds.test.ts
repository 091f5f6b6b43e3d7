import { describe, expect, test } from "vitest";
import { runSeed } from "../../simulator/run-seed.ts";

// A handful of whole halls, with everything going wrong. `hallward sim` runs thousands.

const SEEDS = [1, 2, 3, 5, 8, 13, 21, 34] as const;

describe("swarm", () => {
  test.each(SEEDS)("seed %i passes", (seed) => {
    const { verdict, violations, faults } = runSeed({ seed, minutes: 20 });
    expect({ verdict, violations, faults }).toEqual({ verdict: "passed", violations: [], faults });
  });
});

test("a hall without faults passes, and somebody is served in it", () => {
  const { verdict, counters } = runSeed({ seed: 4, minutes: 20, faults: "none" });
  expect(verdict).toBe("passed");
  expect(counters["call-announced"]).toBeGreaterThan(3);
});

// Determinism is what makes a failing seed worth anything.
test("the same seed gives the same history, also while it is traced", () => {
  const plain = runSeed({ seed: 6, minutes: 20 });
  let lines = 0;
  const traced = runSeed({ seed: 6, minutes: 20, onTrace: () => void (lines += 1) });
  expect(lines).toBeGreaterThan(100);
  expect(traced).toEqual(plain);
  expect(runSeed({ seed: 7, minutes: 20 }).logHash).not.toBe(plain.logHash);
});
