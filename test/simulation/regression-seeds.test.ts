import { expect, test } from "vitest";
import { playSeed } from "../../simulator/seeds/seed-play.ts";
import { REGRESSION_SEEDS } from "./regression-seeds.ts";

// What a seed has found once is never found again.
test.each(REGRESSION_SEEDS)("seed $seed passes: $found", ({ seed, play }) => {
  const { verdict, violations } = playSeed(seed, { ...play, canary: false });
  expect({ verdict, violations }).toEqual({ verdict: "passed", violations: [] });
});
