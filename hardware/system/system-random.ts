import { randomInt, randomUUID } from "node:crypto";
import type { Random } from "../../protocol/base/random.ts";

const RESOLUTION = 2 ** 47;

/** The machine's own randomness. The only place where chance is drawn for real. */
export const systemRandom: Random = {
  next: () => randomInt(RESOLUTION) / RESOLUTION,
  uuid: () => randomUUID(),
};
