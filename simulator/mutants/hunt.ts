import { seedPeople } from "../people/crowd/hall-people.ts";
import { simplePeople } from "../people/simple-people.ts";
import { runSeed, type SeedResult } from "../run-seed.ts";
import type { Killer } from "./killers.ts";
import { type Mutant, seamsOf } from "./mutant.ts";

type Where = Omit<Killer["options"], "seed">;

/** Plays one seed against a mutant. */
export function playAgainst(mutant: Mutant, { people, ...options }: Killer["options"]): SeedResult {
  return runSeed({ ...options, people: people === "crowd" ? seedPeople : simplePeople, seams: seamsOf(mutant) });
}

/** The checkers that saw it, in the order in which they were asked. */
export const seenBy = ({ violations }: SeedResult): string[] => [
  ...new Set(violations.map(({ checker = "run" }) => checker)),
];

/** Looks for a seed, of `seedsMax` from `from` on, with which `checker` kills it: when the model has changed. */
export function hunt(mutant: Mutant, checker: string, where: Where, seedsMax: number, from = 1): Killer | null {
  for (let seed = from; seed < from + seedsMax; seed += 1) {
    const options = { seed, ...where };
    if (seenBy(playAgainst(mutant, options)).includes(checker)) return { mutant: mutant.name, options, checker };
  }
  return null;
}
