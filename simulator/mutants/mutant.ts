import { type Seams, SOUND } from "../seams.ts";

/** A hall with one known fault, to prove that the checkers see it. The product itself has no such switch. */
export interface Mutant {
  readonly name: string;
  /** What it does wrong. */
  readonly fault: string;
  /** New for every seed: a mutant may remember things. */
  readonly seams: () => Partial<Seams>;
}

export const seamsOf = (mutant: Mutant): Seams => ({ ...SOUND, ...mutant.seams() });
