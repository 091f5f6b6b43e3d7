import { type Policy, rulesAt } from "../policy/policy.ts";
import { type DayNumber, dateOf } from "./hall-time.ts";
import type { WorkCalendar } from "./work-calendar.ts";

/** Half days on which B acted for A, one entry a day. */
export interface CoverDay {
  readonly day: DayNumber;
  readonly halfDays: number;
}

export interface CoverVerdict {
  readonly day: DayNumber;
  readonly state: "allowed" | "warned" | "blocked";
  /** Consecutive working days up to here on which B acted at least half a day. */
  readonly run: number;
  /** Days of this calendar year up to here, half days as 0.5. */
  readonly year: number;
  readonly rules: readonly string[];
}

/** Two days before a limit, 18 of 20 and 36 of 40, somebody is told (ATT-56). */
const WARN_SHARE = 0.9;

/**
 * How far B's standing in for A has gone, day by day (AMB-33): a working day that A worked whole ends the stretch;
 * the year's sum goes on. Days come in any order.
 */
export function coverVerdicts(policy: Policy, calendar: WorkCalendar, days: readonly CoverDay[]): CoverVerdict[] {
  const { maxRun, maxYear } = policy.profile.bpost;
  const rules = [...new Set([...rulesAt(policy, "bpost.maxRun"), ...rulesAt(policy, "bpost.maxYear")])];
  let [run, former] = [0, Number.NEGATIVE_INFINITY];
  let [year, sum] = ["", 0];
  return days
    .filter(({ halfDays }) => halfDays > 0)
    .toSorted((a, b) => a.day - b.day)
    .map(({ day, halfDays }) => {
      run = isNextWorkday(calendar, former, day) ? run + 1 : 1;
      former = day;
      const thisYear = dateOf(day).slice(0, 4);
      sum = (thisYear === year ? sum : 0) + halfDays / 2;
      year = thisYear;
      const share = Math.max(maxRun === null ? 0 : run / maxRun, maxYear === null ? 0 : sum / maxYear);
      return { day, run, year: sum, state: stateOf(share), rules: share >= WARN_SHARE ? rules : [] };
    });
}

const stateOf = (share: number): CoverVerdict["state"] => {
  if (share > 1) return "blocked";
  return share >= WARN_SHARE ? "warned" : "allowed";
};

function isNextWorkday(calendar: WorkCalendar, former: DayNumber, day: DayNumber): boolean {
  if (former === Number.NEGATIVE_INFINITY) return false;
  for (let between = former + 1; between < day; between += 1) if (calendar.isWorkday(between)) return false;
  return true;
}
