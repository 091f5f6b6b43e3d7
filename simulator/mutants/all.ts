import { ATTENDING } from "./attending.ts";
import { DECIDING } from "./deciding.ts";
import { JOURNALLING } from "./journalling.ts";
import { KEEPING } from "./keeping.ts";
import { KEY_MUTANTS } from "./keys.ts";
import type { Mutant } from "./mutant.ts";
import { STORING } from "./storing.ts";
import { WIRE_MUTANTS } from "./wire.ts";

/**
 * Every known fault, by the port it is put in at. Not among them: gaps that are not asked for. A terminal sends what is
 * not acknowledged again by itself, from the first such input, after every birth and every RESEND_AFTER; asking only
 * shortens that wait, and no invariant says how long it may be. Nor a terminal that forgets which epochs it has heard
 * of: they only matter after a restore, which raises the epoch by 1,000 and by the age of the copy, far above any that
 * was heard; the memory of the terminals is the second net below that one.
 */
export const MUTANTS: readonly Mutant[] = [
  ...DECIDING,
  ...JOURNALLING,
  ...STORING,
  ...WIRE_MUTANTS,
  ...KEY_MUTANTS,
  ...KEEPING,
  ...ATTENDING,
];
