import { describe, expect, test } from "vitest";
import { present } from "../../protocol/index.ts";
import { MUTANTS } from "../../simulator/mutants/all.ts";
import { playAgainst, seenBy } from "../../simulator/mutants/hunt.ts";
import { KILLERS } from "../../simulator/mutants/killers.ts";

// The proof that the checkers see: a hall with one known fault does not get through its seed.

test("every mutant has a killer, and every killer a mutant", () => {
  const killed = new Set(KILLERS.map(({ mutant }) => mutant));
  expect([...killed].toSorted()).toEqual(MUTANTS.map(({ name }) => name).toSorted());
});

describe("killed", () => {
  test.each(KILLERS)("$mutant by $checker", ({ mutant, options, checker }) => {
    const found = present(
      MUTANTS.find(({ name }) => name === mutant),
      mutant,
    );
    expect(seenBy(playAgainst(found, options))).toContain(checker);
  });
});

// Otherwise it would be the seed that fails, not the mutant.
test.each(KILLERS)("the product gets through the seed of $mutant", ({ options }) => {
  const sound = { name: "sound", fault: "none", seams: () => ({}) };
  expect(playAgainst(sound, options).violations).toEqual([]);
});
