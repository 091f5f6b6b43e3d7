import { InvalidArgumentError } from "commander";
import { FAULT_FAMILIES, type FaultChoice } from "../faults.ts";

export const SEED_MAX = 2 ** 31 - 1;

/** Seeds to play, both included. */
export interface SeedRange {
  readonly from: number;
  readonly to: number;
}

/** `FROM..TO`, or one seed. */
export function parseSeeds(text: string): SeedRange {
  const found = /^(?<from>\d{1,10})(?:\.\.(?<to>\d{1,10}))?$/u.exec(text)?.groups;
  const from = Number(found?.["from"]);
  const to = Number(found?.["to"] ?? found?.["from"]);
  if (found === undefined || from > to || to > SEED_MAX) {
    throw new InvalidArgumentError(`FROM..TO or one seed is needed, from 0 to ${SEED_MAX}.`);
  }
  return { from, to };
}

/** `swarm`, `none`, or families parted by commas; with a `-` before, they are off and the rest is drawn. */
export function parseFaults(text: string): FaultChoice {
  if (text === "swarm" || text === "none") return text;
  const names = text.split(",");
  const unknown = names.find((name) => !FAULT_FAMILIES.some((family) => family === name.replace(/^-/u, "")));
  if (unknown === undefined) return names;
  throw new InvalidArgumentError(`No such family: ${unknown}. Known: ${FAULT_FAMILIES.join(", ")}.`);
}
