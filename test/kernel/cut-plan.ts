import type { Random } from "../../protocol/index.ts";
import type { Fate } from "./disk/volatile-disk.ts";

/** When the power goes: at the disk's `changes`-th write or flush, counted from `afterMs` after the moment `from`. */
export interface CutPlan {
  readonly from: "power-on" | "ready" | "promise";
  readonly afterMs: number;
  readonly changes: number;
  readonly fate: Fate;
}

/** One cut in four hits the start: recovery is cut short too. */
const WHILE_STARTING = 0.25;
const CHANGES_OF_A_START = 150;
const WORK_MS_MAX = 4_000;
const CHANGES_OF_AN_INPUT = 12;
/** Nothing unconfirmed survives, or half of it, or nearly all. */
const SURVIVALS = [0, 0.5, 0.9] as const;

export function planCut(random: Random): CutPlan {
  const upTo = (most: number): number => 1 + Math.floor(random.next() * most);
  const starting = random.next() < WHILE_STARTING;
  const fate = { survival: SURVIVALS[Math.floor(random.next() * SURVIVALS.length)] ?? 0, tears: random.next() < 0.5 };
  return starting
    ? { from: "power-on", afterMs: 0, changes: upTo(CHANGES_OF_A_START), fate }
    : { from: "ready", afterMs: upTo(WORK_MS_MAX), changes: upTo(CHANGES_OF_AN_INPUT), fate };
}
