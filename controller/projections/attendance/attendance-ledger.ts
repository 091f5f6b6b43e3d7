import { canonicalJson, type CounterId, type EpochMs, type StaffId } from "../../../protocol/index.ts";
import type { AttendanceFacts, Finding, Tap } from "../../core/attendance/facts.ts";
import { type Derivation, daysOfLeave, deriveDay } from "../../core/attendance/derive-day.ts";
import { DAY_S, type DayNumber, dayNumber, dayOf, type HallSeconds } from "../../core/attendance/hall-time.ts";
import { rulebookOf } from "../../core/attendance/rulebook.ts";
import { type Slot, Timetable } from "../../core/attendance/timetable.ts";
import type { SessionVerdict } from "../../core/attendance/verdict.ts";
import { workCalendar } from "../../core/attendance/work-calendar.ts";
import type { HallConfiguration } from "../../core/configuration.ts";
import type { EventOf, HallEvent } from "../../core/events.ts";
import { fileIn, signIn, publishedIn } from "../../core/office/office-folds.ts";
import type { PublishedLine } from "../../core/office/office-events.ts";
import type { FiledDocument, Publication } from "../../core/office/office-state.ts";
import type { DaySpan } from "../../core/office/periods-named.ts";
import { type Regulation, regulationOf } from "../../core/office/regulation.ts";
import { GuessedTimes } from "./guessed-times.ts";
import { HallBeginning } from "./hall-beginning.ts";
import { LedgerMember } from "./ledger-member.ts";
import { type BadgeOwners, hallSecondsOf, isTapEvent, movedTap, outingIn, revokedOwners, tapIn } from "./tap-events.ts";

type Rules = Pick<Derivation, "policy" | "book" | "timetable">;

/** From a day on attendance is judged by these rules. */
interface Era {
  readonly from: DayNumber;
  readonly words: string;
  readonly regulation: Regulation;
  readonly rules: Rules;
}

/** Somebody was signed in and did nothing for too long while people waited: a suspicion (ATT-75). */
export interface IdleSpell {
  readonly person: StaffId;
  readonly sinceS: HallSeconds;
}

export interface Published {
  readonly publication: Publication;
  readonly lines: readonly PublishedLine[];
}

/** A pause for this reason is an outing, where the hall has put it on its list (外出). */
const OUTING_REASON = "out";
const CLERK = "clerk";

/**
 * Attendance as the fold of the log: fed every event in order, it knows at any moment what each day of each person
 * comes to. A tap makes the day it belongs to be judged again, a document its person's days, and nothing else. Reading
 * it gives what feeding a new one with the same events gives.
 */
export class AttendanceLedger {
  readonly #members = new Map<StaffId, LedgerMember>();
  readonly #documents = new Map<string, FiledDocument>();
  readonly #published: Published[] = [];
  /** Whose leave hangs on whose taps. */
  readonly #coveredBy = new Map<StaffId, Set<LedgerMember>>();
  readonly #idle: IdleSpell[] = [];
  readonly #guessed = new GuessedTimes();
  readonly #outingsAt = new Map<CounterId, StaffId>();
  readonly #actingAt = new Map<CounterId, StaffId>();
  #founders = new Set<LedgerMember>();
  #lunch = new Map<DayNumber, readonly StaffId[]>();
  #eras: Era[] = [];
  #configuration: HallConfiguration | null = null;
  readonly #beginning = new HallBeginning();
  #revoked: BadgeOwners = new Map();
  #zone = "UTC";
  #position = 0;
  readonly #patrolled = new Set<DayNumber>();
  #reportedUntil: HallSeconds = 0;
  #revision = 0;

  /** Grows with whatever may change everybody's verdicts; what changes one person's is in theirs. */
  get revision(): number {
    return this.#revision;
  }

  /** Days on which an inspector's badge was at a window (ATT-08). */
  get patrolled(): ReadonlySet<DayNumber> {
    return this.#patrolled;
  }

  /** seq of the last event taken in. */
  get position(): number {
    return this.#position;
  }

  /** Null until attendance was configured. */
  get regulation(): Regulation | null {
    return this.#eras.at(-1)?.regulation ?? null;
  }

  get configuration(): HallConfiguration | null {
    return this.#configuration;
  }

  /** Every terminal has reported up to here; 0 before the first time. */
  get reportedUntil(): HallSeconds {
    return this.#reportedUntil;
  }

  /** Nothing before it can be on record. */
  get inUseSince(): HallSeconds {
    return this.#beginning.inUseSince;
  }

  get published(): readonly Published[] {
    return this.#published;
  }

  get idleSpells(): readonly IdleSpell[] {
    return this.#idle;
  }

  /** Everybody who was ever judged, by id. */
  people(): readonly LedgerMember[] {
    return [...this.#members.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  member(person: string): LedgerMember | null {
    return this.#members.get(person as StaffId) ?? null;
  }

  /** One event of the log, each exactly once and in order. */
  note(event: HallEvent): void {
    this.#position = event.seq;
    if (event.type === "hall.configured") return this.#configure(event);
    // Taps of a morning in which attendance was not configured yet belong to that day all the same.
    if (this.#eras.length === 0) return this.#beginning.keep(event);
    this.#take(event);
  }

  /** Up to here the log holds nothing more for it. */
  passTo(seq: number): void {
    this.#position = Math.max(this.#position, seq);
  }

  #take(event: HallEvent): void {
    if (isTapEvent(event)) {
      const tap = tapIn(event, this.#zone, this.#revoked);
      if (tap !== null) this.#addTap(tap, event);
      if (event.type === "badge.recorded" && event.data.effect === "patrol") this.#notePatrol(event);
      return;
    }
    switch (event.type) {
      case "clock.set":
        return this.#guessed.settle(event);
      case "staff.signed-on":
      case "staff.became-acting":
        this.#actingAt.set(event.data.counterId, event.data.staffId);
        return;
      case "staff.took-over":
        this.#actingAt.set(event.data.counterId, event.data.by);
        return;
      case "counter.paused":
      case "counter.resumed":
        return this.#notePause(event);
      case "day.opened":
        return this.#noteLunch(dayNumber(event.data.date) ?? 0, event.data.lunchDuty);
      case "document.filed":
        return this.#noteFiled(event);
      case "document.signed": {
        const filed = signIn(this.#documents, event);
        return filed === null ? undefined : this.#noteDocument(filed);
      }
      case "alarm.raised": {
        const { kind, sinceMs, staffIds } = event.data;
        if (kind !== "no-activity") return;
        const sinceS = hallSecondsOf(sinceMs, this.#zone);
        this.#idle.push(...staffIds.map((person) => ({ person, sinceS })));
        return;
      }
      case "attendance.reported":
        this.#revision += 1;
        this.#reportedUntil = hallSecondsOf(event.data.untilMs, this.#zone);
        return;
      case "attendance.published":
        this.#published.push({ publication: publishedIn(event), lines: event.data.lines });
        return;
      default:
    }
  }

  /** The verdicts of one person on these days, as of a moment of hall time. */
  sessions(member: LedgerMember, span: DaySpan, asOf: HallSeconds): SessionVerdict[] {
    const from = Math.max(span.from, member.from);
    const to = Math.min(span.to, member.until ?? span.to);
    const found: SessionVerdict[] = [];
    for (let day = from; day <= to; day += 1) found.push(...this.#judge(member, day, asOf));
    return found;
  }

  /** A person's sessions of a day, by their own roster where they have one. */
  slotsOf(member: LedgerMember, day: DayNumber): readonly Slot[] {
    const rules = this.rulesOn(day);
    return rules === null ? [] : rules.timetable.planFor(member.facts().roster, day).slots;
  }

  /** The rules of a day. */
  rulesOn(day: DayNumber): Rules | null {
    return (this.#eras.findLast(({ from }) => from <= day) ?? this.#eras[0])?.rules ?? null;
  }

  lengthInDays(member: LedgerMember, leave: { readonly from: HallSeconds; readonly to: HallSeconds }): number {
    const rules = this.rulesOn(dayOf(leave.from));
    return rules === null ? 0 : daysOfLeave(rules, leave, member.facts().roster);
  }

  /** The same facts as one list, for whoever derives attendance without the log. */
  factsOf(span: DaySpan, asOf: HallSeconds): AttendanceFacts {
    const members = this.people();
    const all = members.map((member) => member.facts());
    return {
      people: all.map(({ person }) => person),
      range: span,
      asOf,
      reportedUntil: Math.min(asOf, this.#reportedUntil),
      inUseSince: this.inUseSince,
      taps: members.flatMap((member) => member.tapsBetween(span.from, span.to)),
      leave: all.flatMap(({ leave }) => leave),
      lunchDuty: all.flatMap(({ person, lunchDuty }) => [...lunchDuty].map((day) => ({ person: person.id, day }))),
      findings: [
        ...new Map(all.flatMap(({ findings }) => findings.map((found) => [JSON.stringify(found), found]))).values(),
      ],
      roster: all.flatMap(({ person, roster }) =>
        [...roster].map(([day, shifts]) => ({ person: person.id, day, shifts })),
      ),
      warnings: all.flatMap(({ person, warnings }) => warnings.map((day) => ({ person: person.id, day }))),
    };
  }

  #judge(member: LedgerMember, day: DayNumber, asOf: HallSeconds): readonly SessionVerdict[] {
    const known = member.judged.get(day);
    if (known?.firm === true) return known.verdicts;
    const rules = this.rulesOn(day);
    if (rules === null) return [];
    const reportedUntil = Math.min(asOf, this.#reportedUntil);
    const facts = member.facts();
    const { inUseSince } = this;
    const of = { tapsOf: this.#tapsOf, findingsOf: this.#findingsOf };
    const verdicts = deriveDay({ ...rules, asOf, reportedUntil, inUseSince, ...of }, facts, day);
    const plan = rules.timetable.planFor(facts.roster, day);
    const firm = !plan.isWorkday || plan.slots.every(({ to }) => to <= reportedUntil);
    member.judged.set(day, { verdicts, firm });
    return verdicts;
  }

  readonly #tapsOf = (person: string): ReadonlyMap<DayNumber, readonly Tap[]> =>
    this.#members.get(person as StaffId)?.facts().taps ?? NO_TAPS;

  readonly #findingsOf = (person: string): readonly Finding[] =>
    this.#members.get(person as StaffId)?.facts().findings ?? [];

  #addTap(tap: Tap, event: HallEvent): void {
    const member = this.#members.get(tap.person as StaffId);
    if (member === undefined) return;
    const onDays = (days: readonly DayNumber[]): void => {
      for (const covered of this.#coveredBy.get(member.id) ?? []) for (const day of days) covered.forget(day);
    };
    const add = (): void => onDays(member.addTap(tap));
    this.#guessed.nowAndAgain(event, add, (times) => {
      onDays([...member.dropTap(tap), ...member.addTap(movedTap(tap, times, this.#zone))]);
    });
  }

  #notePatrol(event: HallEvent): void {
    this.#guessed.once(event, ({ occurredAtMs }) =>
      this.#patrolled.add(dayOf(hallSecondsOf(occurredAtMs, this.#zone))),
    );
  }

  #notePause(event: EventOf<"counter.paused"> | EventOf<"counter.resumed">): void {
    const { counterId } = event.data;
    if (event.type === "counter.paused") {
      const acting = event.actor.kind === "staff" ? event.actor.staffId : this.#actingAt.get(counterId);
      if (event.data.reason !== OUTING_REASON || acting === undefined) return;
      this.#outingsAt.set(counterId, acting);
      return this.#addTap(outingIn(event, acting, this.#zone), event);
    }
    const person = this.#outingsAt.get(counterId);
    this.#outingsAt.delete(counterId);
    if (person !== undefined) this.#addTap(outingIn(event, person, this.#zone), event);
  }

  #noteLunch(day: DayNumber, staff: readonly StaffId[]): void {
    for (const id of this.#lunch.get(day) ?? [])
      if (!staff.includes(id)) this.#members.get(id)?.setLunchByRoster(day, false);
    for (const id of staff) this.#members.get(id)?.setLunchByRoster(day, true);
    this.#lunch.set(day, staff);
  }

  #noteFiled(event: EventOf<"document.filed">): void {
    const filed = fileIn(this.#documents, event);
    this.#guessed.nowAndAgain(event, ({ recordedAtMs }) => {
      filed.filedAtHallS = hallSecondsOf(recordedAtMs, this.#zone);
      this.#noteDocument(filed);
    });
  }

  #noteDocument(filed: FiledDocument): void {
    for (const id of filed.beneficiaries) this.#members.get(id)?.noteDocument(filed);
    const { document } = filed;
    if (document.kind === "finding") return this.#forgetCovered(filed.beneficiaries, dayNumber(document.date) ?? 0);
    if (document.kind !== "leave" && document.kind !== "permit") return;
    const leaver = this.#members.get(document.person);
    if (document.substitute === undefined || leaver === undefined) return;
    const covered = this.#coveredBy.get(document.substitute) ?? new Set<LedgerMember>();
    this.#coveredBy.set(document.substitute, covered.add(leaver));
  }

  /** A voided tap of somebody who stood in: whoever they stood in for is judged again. */
  #forgetCovered(substitutes: readonly StaffId[], day: DayNumber): void {
    for (const id of substitutes) for (const covered of this.#coveredBy.get(id) ?? []) covered.forget(day);
  }

  #configure(event: EventOf<"hall.configured">): void {
    const { configuration } = event.data;
    const regulation = regulationOf(configuration);
    this.#revision += 1;
    this.#zone = configuration.zone;
    if (this.#configuration === null) this.#guessed.nowAndAgain(event, (times) => this.#beginAt(times.recordedAtMs));
    this.#configuration = configuration;
    this.#revoked = revokedOwners(configuration);
    if (regulation === null) return;
    const now = hallSecondsOf(event.recordedAtMs, this.#zone);
    const isFirst = this.#eras.length === 0;
    this.#beginEra(regulation, configuration, isFirst ? Number.NEGATIVE_INFINITY : dayOf(now));
    this.#meet(configuration, now, isFirst);
    if (!isFirst) return;
    for (const kept of this.#beginning.takeEarly()) this.#take(kept);
  }

  /** The first record of the log; told again where its clock was guessed. */
  #beginAt(at: EpochMs): void {
    this.#revision += 1;
    this.#beginning.noteFirstRecord(hallSecondsOf(at, this.#zone));
    for (const member of this.#members.values()) member.judged.clear();
  }

  /** A policy holds from its day on; the calendar is about the world, and holds for every day. */
  #beginEra(regulation: Regulation, configuration: HallConfiguration, from: DayNumber): void {
    const { policy, settings, profiles } = configuration.attendance ?? {};
    const words = canonicalJson({ policy, settings, profiles });
    const last = this.#eras.at(-1);
    const kept =
      last !== undefined && last.words !== words && last.from === from ? this.#eras.slice(0, -1) : this.#eras;
    const begun =
      last?.words === words ? kept : [...kept, { from: last?.from === from ? last.from : from, words, regulation }];
    this.#eras = begun.map((era) => {
      const { policy: by } = era.regulation;
      const timetable = new Timetable(by, workCalendar(by, regulation.table));
      return {
        ...era,
        regulation: { ...era.regulation, table: regulation.table },
        rules: { policy: by, book: rulebookOf(by), timetable },
      };
    });
    for (const member of this.#members.values()) member.judged.clear();
  }

  /** Who is judged: clerks, from the first session that was still to come when the hall first named them. */
  #meet({ staff, attendance }: HallConfiguration, now: HallSeconds, isFirst: boolean): void {
    const today = dayOf(now);
    const first = this.rulesOn(today)?.timetable.on(today).slots[0]?.from ?? today * DAY_S;
    const joining = now < first ? today : today + 1;
    const clerks = new Set(staff.filter(({ roles }) => roles.includes(CLERK)).map(({ id }) => id));
    for (const id of clerks) {
      const known = this.#members.get(id);
      if (known !== undefined) {
        if (known.until !== null) known.repost(null);
        continue;
      }
      const member = new LedgerMember(id, joining);
      this.#members.set(id, member);
      if (isFirst) this.#founders.add(member);
    }
    const from = dayNumber(attendance?.from ?? "");
    if (from !== null) for (const member of this.#founders) member.startFrom(from);
    for (const member of this.#members.values())
      if (!clerks.has(member.id) && member.until === null) member.repost(today);
  }
}

const NO_TAPS: ReadonlyMap<DayNumber, readonly Tap[]> = new Map();

/** The ledger of a whole log, or of its beginning. */
export function ledgerOf(events: Iterable<HallEvent>): AttendanceLedger {
  const ledger = new AttendanceLedger();
  for (const event of events) ledger.note(event);
  return ledger;
}
