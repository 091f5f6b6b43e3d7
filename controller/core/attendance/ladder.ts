import type { Rung } from "../policy/profile.ts";
import type { DayNumber } from "./hall-time.ts";
import type { PersonFacts } from "./person-facts.ts";
import { periodOf } from "./periods.ts";
import type { SessionVerdict, Step } from "./verdict.ts";

/** What climbs a ladder: an event each time, absence in half days. */
export interface LadderEvent {
  readonly day: DayNumber;
  readonly kind: Rung["on"][number];
  readonly amount: number;
}

/** A regulation that names no period counts within the year: a product default. */
const PERIOD_DEFAULT = "year";

/** The steps one person reaches, each rung once per period (AMB-12). Events come in order of time. */
export function climb(
  ladder: readonly Rung[],
  person: string,
  events: readonly LadderEvent[],
  warnings: readonly DayNumber[],
): Step[] {
  return ladder.flatMap((rung) => climbRung(rung, person, events, warnings)).toSorted((a, b) => a.on - b.on);
}

function climbRung(rung: Rung, person: string, events: readonly LadderEvent[], warnings: readonly DayNumber[]): Step[] {
  const needed = rung.days === undefined ? (rung.count ?? 1) : rung.days * 2;
  const [rule = ""] = rung.rules;
  const counts = new Map<string, number>();
  const fired = new Set<string>();
  const alerted = new Set<string>();
  const steps: Step[] = [];
  for (const { day, kind, amount } of events) {
    if (!rung.on.includes(kind)) continue;
    const period = periodOf(day, rung.per ?? PERIOD_DEFAULT);
    const count = (counts.get(period) ?? 0) + amount;
    counts.set(period, count);
    if (count < needed || fired.has(period)) continue;
    if (rung.afterWarning && !warnings.some((warned) => warned < day)) {
      if (!alerted.has(period)) steps.push({ person, on: day, action: "alert", rule });
      alerted.add(period);
      continue;
    }
    fired.add(period);
    for (const action of rung.actions) steps.push({ person, on: day, action, rule });
  }
  return steps;
}

/** Errors are found by day, also on days off and after hours: the text speaks of those (HRS-24, HRS-25). */
function errorsOf({ person, findings }: Pick<PersonFacts, "person" | "findings">, span: DayRange): LadderEvent[] {
  return findings.flatMap(({ kind, day, persons }) => {
    if (kind !== "error" || !persons.includes(person.id) || day < span.from || day > span.to) return [];
    return [{ day, kind, amount: 1 }];
  });
}

interface DayRange {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** What somebody's sessions and findings of these days add to the ladders, in order of time. */
export function ladderEvents(
  verdicts: readonly SessionVerdict[],
  facts: Pick<PersonFacts, "person" | "findings">,
  span: DayRange,
): LadderEvent[] {
  const events: LadderEvent[] = [];
  for (const { day, late, early, absence, leftPost, leaveBreach } of verdicts) {
    const add = (kind: LadderEvent["kind"], amount: number): void => {
      if (amount > 0) events.push({ day, kind, amount });
    };
    add("late", late);
    add("early", early);
    add("absence", absence);
    add("left-post", leftPost);
    add("leave-breach", leaveBreach);
  }
  const errors = errorsOf(facts, span);
  return errors.length === 0 ? events : [...events, ...errors].toSorted((a, b) => a.day - b.day);
}
