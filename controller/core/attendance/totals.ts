import { carriedIn, type Policy } from "../policy/policy.ts";
import type { LeaveKind } from "./facts.ts";
import type { DayNumber } from "./hall-time.ts";
import { periodOf, periodsIn } from "./periods.ts";
import type { Conversion, Fines, SessionVerdict, Totals } from "./verdict.ts";

/** What a person's sessions add up to. Nothing stands here that does not stand in them. */
export function totalsOf(
  policy: Policy,
  person: string,
  verdicts: readonly SessionVerdict[],
  range: { readonly from: DayNumber; readonly to: DayNumber },
): Totals {
  const sums = { due: 0, attended: 0, late: 0, early: 0, absence: 0, missedIn: 0, points: 0 };
  const leave: Partial<Record<LeaveKind, number>> = { personal: 0, business: 0 };
  for (const verdict of verdicts) {
    if (verdict.state === "rest" || verdict.state === "not-due" || verdict.state === "pending") continue;
    sums.due += 1;
    if (verdict.state === "attended" || verdict.state === "business" || verdict.state === "training")
      sums.attended += 1;
    if (verdict.leaveKind !== null) leave[verdict.leaveKind] = (leave[verdict.leaveKind] ?? 0) + verdict.halfDays;
    sums.late += verdict.late;
    sums.early += verdict.early;
    sums.absence += verdict.absence;
    sums.missedIn += verdict.missedIn;
    sums.points += verdict.points;
  }
  const conversions = convert(policy, verdicts, range);
  const converted = conversions.reduce((days, entry) => days + entry.days, 0);
  const absenceDays = sums.absence / 2 + converted;
  return {
    person,
    sessionsDue: sums.due,
    sessionsAttended: sums.attended,
    late: sums.late,
    early: sums.early,
    absence: sums.absence,
    conversions,
    absenceDays,
    points: sums.points,
    ...(knowsFines(policy) && { fines: finesOf(policy, sums.missedIn, absenceDays) }),
    leave,
  };
}

const knowsFines = (policy: Policy): boolean =>
  ["fines.perMissingSignIn", "fines.perAbsenceDay"].some((path) => carriedIn(policy, path).origin !== "default");

/** ATT-32: an amount that is blank is not guessed; what it would multiply is shown all the same (GAP-11). */
function finesOf({ profile }: Policy, missedSignIns: number, absenceDays: number): Fines {
  const { perMissingSignIn, perAbsenceDay } = profile.fines;
  const parts = [priced(missedSignIns, perMissingSignIn), priced(absenceDays, perAbsenceDay)];
  const yuan = parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0);
  return { missedSignIns, absenceDays, yuan };
}

const priced = (times: number, amount: number | null): number | null => {
  if (times === 0) return 0;
  return amount === null ? null : times * amount;
};

/** ATT-16, AMB-06: late and early together; the remainder lapses with its period; real absences stay beside it. */
function convert(
  { profile }: Policy,
  verdicts: readonly SessionVerdict[],
  { from, to }: { readonly from: DayNumber; readonly to: DayNumber },
): Conversion[] {
  const { n, days, period } = profile.conversion;
  if (n === null) return [];
  const events = new Map(periodsIn(from, to, period).map((name) => [name, 0]));
  for (const { day, late, early } of verdicts) {
    if (late + early === 0) continue;
    const name = periodOf(day, period);
    events.set(name, (events.get(name) ?? 0) + late + early);
  }
  return [...events].map(([name, count]) => ({ period: name, events: count, days: Math.floor(count / n) * days }));
}
