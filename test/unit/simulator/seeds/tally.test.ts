import { expect, test } from "vitest";
import { SOMETIMES } from "../../../../simulator/counters.ts";
import type { SeedOutcome } from "../../../../simulator/seeds/seed-play.ts";
import { closing } from "../../../../simulator/seeds/sim-run.ts";
import { SOMETIMES_AFTER, Tally } from "../../../../simulator/seeds/tally.ts";

const EVERYTHING = Object.fromEntries(SOMETIMES.map((what) => [what, 1]));

const outcomeOf = (verdict: SeedOutcome["verdict"], counters = EVERYTHING): SeedOutcome => ({
  seed: 1,
  verdict,
  counters,
  logHash: "",
  faults: "",
  steps: 10,
  events: 2,
  violations: [],
  trace: [],
});

const tallyOf = (...outcomes: readonly SeedOutcome[]): Tally => {
  const tally = new Tally();
  for (const outcome of outcomes) tally.add(outcome);
  return tally;
};

const many = (outcome: SeedOutcome): SeedOutcome[] => Array.from({ length: SOMETIMES_AFTER }, () => outcome);

test.each([
  ["all pass", ["passed", "passed"], 0],
  ["a crash before all else", ["liveness", "correctness", "crash"], 127],
  ["a wrong hall before a stuck one", ["passed", "liveness", "correctness"], 129],
  ["a stuck one", ["passed", "liveness"], 128],
] as const)("the exit code tells the worst: %s", (_case, verdicts, code) => {
  expect(tallyOf(...verdicts.map((verdict) => outcomeOf(verdict))).exitCode(true)).toBe(code);
});

// A fault that never strikes makes a green run worthless.
test("what never happened in a long swarm run is said and fails it", () => {
  const [missing = "", ...others] = SOMETIMES;
  const counters = Object.fromEntries(others.map((what) => [what, 1]));
  const tally = tallyOf(...many(outcomeOf("passed", counters)));
  expect(tally.neverSeen()).toEqual([missing]);
  expect(tally.exitCode(true)).toBe(129);
  expect(closing(tally, true).join("\n")).toContain(`NEVER in 1000 seeds (1000 are enough): ${missing}`);
  expect(closing(tally, true).at(-1)).toBe("1000 passed, 1 failed");
  expect(tally.exitCode(false)).toBe(0); // Chosen faults need not show everything.
});

test("a long run that has seen everything passes, and a short one need not have", () => {
  expect(tallyOf(...many(outcomeOf("passed"))).exitCode(true)).toBe(0);
  expect(tallyOf(outcomeOf("passed", {})).exitCode(true)).toBe(0);
});

test("counters are summed over the seeds", () => {
  const tally = tallyOf(outcomeOf("passed", { "tap green": 2 }), outcomeOf("liveness", { "tap green": 3, flood: 1 }));
  expect(tally.counters).toEqual({ "tap green": 5, flood: 1 });
  expect([tally.passed, tally.failed, tally.steps]).toEqual([1, 1, 20]);
});
