import { DECIDING } from "./deciding.ts";
import { JOURNALLING } from "./journalling.ts";
import { KEY_MUTANTS } from "./keys.ts";
import type { Mutant } from "./mutant.ts";
import { STORING } from "./storing.ts";
import { WIRE_MUTANTS } from "./wire.ts";

/** Every known fault, by the port it is put in at. */
export const MUTANTS: readonly Mutant[] = [...DECIDING, ...JOURNALLING, ...STORING, ...WIRE_MUTANTS, ...KEY_MUTANTS];
