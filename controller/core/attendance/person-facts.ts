import type { SessionName } from "../policy/policy.ts";
import {
  type AttendanceFacts,
  byTime,
  type Finding,
  isSameTap,
  type Leave,
  type Person,
  type Shift,
  type Tap,
} from "./facts.ts";
import { type DayNumber, dayOf } from "./hall-time.ts";

/** What is known of one person, by day. */
export interface PersonFacts {
  readonly person: Person;
  /** In order of time, each fact once. */
  readonly taps: ReadonlyMap<DayNumber, readonly Tap[]>;
  readonly leave: readonly Leave[];
  readonly lunchDuty: ReadonlySet<DayNumber>;
  readonly roster: ReadonlyMap<DayNumber, readonly Shift[]>;
  readonly findings: readonly Finding[];
  readonly warnings: readonly DayNumber[];
}

/** Sorts everything by person, so that one person can be derived again without the others. */
export class FactIndex {
  readonly facts: AttendanceFacts;
  readonly #taps = new Map<string, Map<DayNumber, Tap[]>>();
  readonly #dirty = new Map<string, Set<DayNumber>>();
  readonly #people = new Map<string, Omit<PersonFacts, "taps">>();

  constructor(facts: AttendanceFacts) {
    this.facts = facts;
    for (const tap of facts.taps) this.add(tap);
    const of = <T extends { readonly person: string }>(all: readonly T[]): Map<string, T[]> =>
      Map.groupBy(all, ({ person }) => person);
    const [leave, lunch, roster, warnings] = [
      of(facts.leave),
      of(facts.lunchDuty),
      of(facts.roster),
      of(facts.warnings),
    ];
    for (const person of facts.people) {
      this.#people.set(person.id, {
        person,
        leave: (leave.get(person.id) ?? []).toSorted(byStart),
        lunchDuty: new Set((lunch.get(person.id) ?? []).map(({ day }) => day)),
        roster: new Map((roster.get(person.id) ?? []).map(({ day, shifts }) => [day, shifts])),
        findings: this.findingsOf(person.id),
        warnings: (warnings.get(person.id) ?? []).map(({ day }) => day).toSorted((a, b) => a - b),
      });
    }
  }

  add(tap: Tap): void {
    const days = this.#taps.get(tap.person) ?? new Map<DayNumber, Tap[]>();
    this.#taps.set(tap.person, days);
    for (const day of daysTouched(tap)) {
      const taps = days.get(day);
      if (taps === undefined) days.set(day, [tap]);
      else taps.push(tap);
      if (taps !== undefined) (this.#dirty.get(tap.person) ?? this.#dirtyOf(tap.person)).add(day);
    }
  }

  of(id: string): PersonFacts | null {
    const known = this.#people.get(id);
    return known === undefined ? null : { ...known, taps: this.tapsOf(id) };
  }

  /** Also of somebody who is not on the staff: a substitute whom the sending unit sent. */
  tapsOf(id: string): ReadonlyMap<DayNumber, readonly Tap[]> {
    const days = this.#taps.get(id);
    if (days === undefined) return NO_TAPS;
    for (const day of this.#dirty.get(id) ?? []) days.set(day, onceEach(days.get(day) ?? []));
    this.#dirty.delete(id);
    return days;
  }

  /** As with taps, also of somebody who is not on the staff. */
  findingsOf(id: string): readonly Finding[] {
    return this.facts.findings.filter((finding) => concerns(finding, id));
  }

  /** Everybody's, each fact once. */
  everyTap(): Tap[] {
    return [...this.#taps.keys()].toSorted().flatMap((id) => tapsByTheirDay(this.tapsOf(id)));
  }

  #dirtyOf(id: string): Set<DayNumber> {
    const days = new Set<DayNumber>();
    this.#dirty.set(id, days);
    return days;
  }
}

const NO_TAPS: ReadonlyMap<DayNumber, readonly Tap[]> = new Map();
const byStart = (a: Leave, b: Leave): number => a.from - b.from || a.to - b.to;

const concerns = ({ persons, voids }: Finding, id: string): boolean =>
  persons.includes(id) || voids.some(({ person }) => person === id);

/** Doubt is never that long: a terminal that was away for weeks still knows the day. */
const DAYS_TOUCHED_MAX = 8;

/** A tap whose doubt reaches over midnight may be of any of these days, and speaks in each. */
export function daysTouched({ at, earliest, latest }: Tap): DayNumber[] {
  const day = dayOf(at);
  if (dayOf(earliest) === day && dayOf(latest) === day) return [day];
  const [from, to] = [
    Math.max(dayOf(earliest), day - DAYS_TOUCHED_MAX),
    Math.min(dayOf(latest), day + DAYS_TOUCHED_MAX),
  ];
  return Array.from({ length: to - from + 1 }, (_, ahead) => from + ahead);
}

/** Each once, though it may stand under several days. */
export const tapsByTheirDay = (days: ReadonlyMap<DayNumber, readonly Tap[]>): Tap[] =>
  [...days].flatMap(([day, taps]) => taps.filter(({ at }) => dayOf(at) === day));

/** A fact that arrives twice is one fact. */
export function onceEach(taps: readonly Tap[]): Tap[] {
  const sorted = taps.toSorted(byTime);
  return sorted.filter((tap, at) => {
    const former = sorted[at - 1];
    return former === undefined || !isSameTap(former, tap);
  });
}

export const isFound = (
  findings: readonly Finding[],
  kind: Finding["kind"],
  id: string,
  day: DayNumber,
  session: SessionName,
) =>
  findings.some(
    (found) => found.kind === kind && found.day === day && found.session === session && found.persons.includes(id),
  );
