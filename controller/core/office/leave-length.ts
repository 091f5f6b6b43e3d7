import { daysOfLeave } from "../attendance/derive-day.ts";
import type { LeaveLength } from "../attendance/approvals.ts";
import { DAY_S, dayOf, type HallSeconds } from "../attendance/hall-time.ts";
import { type Regulation, slotsOn } from "./regulation.ts";

/** Longer is never asked for in one piece. */
export const LEAVE_DAYS_MAX = 366;

/** How much of a leave is working time. Nights and rest days are nobody's leave. */
export function lengthOf(regulation: Regulation, from: HallSeconds, to: HallSeconds): LeaveLength {
  let workS = 0;
  for (let day = dayOf(from); day * DAY_S < to && day - dayOf(from) <= LEAVE_DAYS_MAX; day += 1) {
    for (const slot of slotsOn(regulation, day))
      workS += Math.max(0, Math.min(to, slot.to) - Math.max(from, slot.from));
  }
  return { workS, days: daysOfLeave(regulation, { from, to }) };
}
