import { daysOfLeave } from "../attendance/derive-day.ts";
import type { LeaveLength } from "../attendance/approvals.ts";
import { DAY_S, dayOf, type HallSeconds } from "../attendance/hall-time.ts";
import type { Regulation } from "./regulation.ts";
import type { Roster } from "./rosters.ts";

/** Longer is never asked for in one piece. */
export const LEAVE_DAYS_MAX = 366;

interface Span {
  readonly from: HallSeconds;
  readonly to: HallSeconds;
}

/** How much of a leave is working time, by the shifts of whoever goes. Nights and rest days are nobody's leave. */
export function lengthOf(regulation: Regulation, roster: Roster, { from, to }: Span): LeaveLength {
  let workS = 0;
  for (let day = dayOf(from); day * DAY_S < to && day - dayOf(from) <= LEAVE_DAYS_MAX; day += 1) {
    const { isWorkday, slots } = regulation.timetable.planFor(roster, day);
    if (!isWorkday) continue;
    for (const slot of slots) workS += Math.max(0, Math.min(to, slot.to) - Math.max(from, slot.from));
  }
  return { workS, days: daysOfLeave(regulation, { from, to }, roster) };
}
