import { type Clock, type CounterId, seconds, type Timer } from "../../protocol/index.ts";
import type { WindowSight } from "./citizen.ts";

/** What whoever leads the hall sees and does: they have no window of their own. */
export interface LeadSenses {
  windows(): ReadonlyMap<CounterId, WindowSight>;
  /** False: nothing took it. */
  tapLeadsBadge(counterId: CounterId): boolean;
}

const LOOKS_ROUND = seconds(1);

/**
 * The lead comes to work: holds the badge to a window that is serving, where it is recorded for attendance and changes
 * nothing. At an idle one it would ask whether they take over.
 */
export function leadComes(senses: LeadSenses, clock: Clock): Timer {
  const timer = clock.every(LOOKS_ROUND, () => {
    const serving = [...senses.windows()].find(([, { plate }]) => plate.sign === "serving");
    if (serving !== undefined && senses.tapLeadsBadge(serving[0])) timer.cancel();
  });
  return timer;
}
