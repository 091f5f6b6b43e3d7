import { expect, test } from "vitest";
import type { SeedOutcome, SeedPlay } from "../../../../simulator/seeds/seed-play.ts";
import { familiesOf, shrink } from "../../../../simulator/seeds/shrink.ts";

const PLAY: SeedPlay = { faults: "swarm", canary: false };
const SEED = 7;

const outcomeOf = (breaks: string | null): SeedOutcome => ({
  seed: SEED,
  verdict: breaks === null ? "passed" : "correctness",
  violations: breaks === null ? [] : [{ invariant: breaks, detail: "" }],
  logHash: "",
  steps: 0,
  events: 0,
  counters: {},
  faults: "",
  trace: [],
});

// What does not matter goes: all families but the guilty one, minutes, counters.
test("a failure is shrunk to what it needs", () => {
  const families = familiesOf(SEED, "swarm");
  const guilty = families.at(-1) ?? "";
  expect(families.length).toBeGreaterThan(3);
  const needs = ({ faults, minutes = 60, counters = 4 }: SeedPlay): boolean =>
    minutes >= 8 && counters >= 2 && faults !== "none" && (faults === "swarm" || faults.includes(guilty));
  const { play, tries } = shrink(outcomeOf("I3"), PLAY, (_seed, asked) => outcomeOf(needs(asked) ? "I3" : null));
  expect(play).toEqual({ faults: [guilty], canary: false, minutes: 8, counters: 2 });
  expect(tries).toBeLessThanOrEqual(60);
});

// Another failure on the way is another failure.
test("what breaks something else is not a smaller case of it", () => {
  const { play } = shrink(outcomeOf("I3"), PLAY, () => outcomeOf("I8"));
  expect(play).toEqual(PLAY);
});

// A hall without faults that still fails needs none.
test("a failure without faults is replayed without them", () => {
  const { play } = shrink(outcomeOf("I3"), PLAY, () => outcomeOf("I3"));
  expect(play).toEqual({ faults: "none", canary: false, minutes: 1, counters: 1 });
});

test("naming the families that are on is the same mix as drawing them", () => {
  for (let seed = 1; seed < 200; seed += 1) {
    const drawn = familiesOf(seed, "swarm");
    if (drawn.length > 0) expect(familiesOf(seed, drawn)).toEqual(drawn);
  }
});
