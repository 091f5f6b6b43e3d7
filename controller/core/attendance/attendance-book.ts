import type { Policy } from "../policy/policy.ts";
import { daysOfLeave, deriveDay, type Derivation } from "./derive-day.ts";
import type { AttendanceFacts, Leave, Tap } from "./facts.ts";
import { climb, ladderEvents } from "./ladder.ts";
import { isLeaveProper } from "./leave-effect.ts";
import { FactIndex, type PersonFacts } from "./person-facts.ts";
import { rulebookOf } from "./rulebook.ts";
import { casesAmong, tapsDuringLeave } from "./signals.ts";
import { Timetable } from "./timetable.ts";
import { totalsOf } from "./totals.ts";
import type { AttendanceCase, SessionVerdict, Step, Totals } from "./verdict.ts";
import { type CalendarTable, workCalendar } from "./work-calendar.ts";

/** One person's record of the whole range. */
export interface PersonRecord {
  readonly sessions: readonly SessionVerdict[];
  readonly totals: Totals;
  readonly steps: readonly Step[];
  readonly cases: readonly AttendanceCase[];
}

export interface AttendanceParts {
  readonly policy: Policy;
  readonly calendar: CalendarTable;
  readonly facts: AttendanceFacts;
}

/**
 * Attendance as a function of its facts. A tap that comes later re-derives whom it concerns and nobody else; the
 * result is what deriving everything again would give.
 */
export class AttendanceBook {
  readonly #policy: Policy;
  readonly #index: FactIndex;
  readonly #hall: Derivation;
  readonly #records = new Map<string, PersonRecord>();
  /** Whose leave hangs on whose taps. */
  readonly #coveredBy = new Map<string, Set<string>>();

  constructor({ policy, calendar, facts }: AttendanceParts) {
    this.#policy = policy;
    this.#index = new FactIndex(facts);
    this.#hall = {
      policy,
      book: rulebookOf(policy),
      timetable: new Timetable(policy, workCalendar(policy, calendar)),
      asOf: facts.asOf,
      reportedUntil: facts.reportedUntil,
      ...(facts.inUseSince !== undefined && { inUseSince: facts.inUseSince }),
      tapsOf: (person) => this.#index.tapsOf(person),
      findingsOf: (person) => this.#index.findingsOf(person),
    };
    for (const { person, substitute } of facts.leave) {
      if (substitute === null) continue;
      const covered = this.#coveredBy.get(substitute) ?? new Set<string>();
      this.#coveredBy.set(substitute, covered.add(person));
    }
    for (const { id } of facts.people) this.#derive(id);
  }

  /** Sorted by person. */
  records(): PersonRecord[] {
    return [...this.#records].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
  }

  record(person: string): PersonRecord | null {
    return this.#records.get(person) ?? null;
  }

  /** Suspicions, over everybody's taps. */
  cases(): AttendanceCase[] {
    const taps = this.#index.everyTap();
    const own = this.records().flatMap(({ cases }) => cases);
    return [...casesAmong(this.#policy, taps), ...own].toSorted(byPerson);
  }

  /** One more tap: everybody whose record it can change is derived again. */
  add(tap: Tap): void {
    this.#index.add(tap);
    for (const person of [tap.person, ...(this.#coveredBy.get(tap.person) ?? [])]) this.#derive(person);
  }

  #derive(person: string): void {
    const facts = this.#index.of(person);
    if (facts === null) return;
    const { range } = this.#index.facts;
    const from = Math.max(range.from, facts.person.from ?? range.from);
    const to = Math.min(range.to, facts.person.until ?? range.to);
    const sessions: SessionVerdict[] = [];
    for (let day = from; day <= to; day += 1) sessions.push(...deriveDay(this.#hall, facts, day));
    const away = facts.leave.filter((leave) => this.#isAway(leave, facts));
    this.#records.set(person, {
      sessions,
      totals: totalsOf(this.#policy, person, sessions, range),
      steps: climb(this.#policy.profile.ladder, person, ladderEvents(sessions, facts, range), facts.warnings),
      cases: away.length === 0 ? [] : sessions.flatMap((verdict) => tapsDuringLeave(verdict, away)),
    });
  }

  #isAway(leave: Leave, { roster }: PersonFacts): boolean {
    if (leave.state !== "approved" || !isLeaveProper(leave.kind)) return false;
    return daysOfLeave(this.#hall, leave, roster) >= HALF_DAY;
  }
}

const HALF_DAY = 0.5;

function byPerson(a: AttendanceCase, b: AttendanceCase): number {
  const [first, second] = [keyOf(a), keyOf(b)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

const keyOf = ({ persons, kind, taps }: AttendanceCase): string =>
  [persons.join(" "), String(taps[0]?.at ?? 0).padStart(12, "0"), kind].join("|");
