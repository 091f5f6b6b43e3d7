import type { EpochMs, TerminalId } from "../../../protocol/index.ts";
import { type Actor, hasRole } from "../../core/access/actor.ts";
import { DAY_S, dateOf, dayOf, type HallSeconds, momentOf } from "../../core/attendance/hall-time.ts";
import { totalsOf } from "../../core/attendance/totals.ts";
import type { Step } from "../../core/attendance/verdict.ts";
import { attendanceOf, CENTRE_UNIT, isOfUnit, maySee } from "../../core/office/filing-rights.ts";
import { isManned } from "../../core/office/office-watch.ts";
import type { Publication } from "../../core/office/office-state.ts";
import type { DaySpan } from "../../core/office/periods-named.ts";
import { postsOf, runningSession } from "../../core/office/vacancies.ts";
import { instantOf, type Regulation } from "../../core/office/regulation.ts";
import type { HallView } from "../../core/state.ts";
import type { AttendanceLedger } from "./attendance-ledger.ts";
import type { AttendanceRecord, AttendanceToday, PublicationPicture } from "./attendance-pictures.ts";
import { casesOf, membersOf, personPicture, policyName, stepsOf } from "./attendance-sheet.ts";
import { documentPicture, publicationPicture } from "./document-pictures.ts";
import type { LedgerMember } from "./ledger-member.ts";
import { casePictures, sessionPicture, tapPicture, totalsPicture } from "./session-pictures.ts";
import { hallSecondsOf } from "./tap-events.ts";

/** Everything a view is made of, as of one moment. */
export interface Seen {
  readonly hall: HallView;
  readonly ledger: AttendanceLedger;
  readonly regulation: Regulation;
  readonly at: EpochMs;
  readonly waitingFor: readonly { readonly terminal: TerminalId; readonly why: "lost" | "behind" | "silent" }[];
}

export const asOfIn = ({ at, regulation }: Pick<Seen, "at" | "regulation">): HallSeconds =>
  hallSecondsOf(at, regulation.zone);
export const momentOrNull = (at: HallSeconds): string | null => (at === 0 ? null : momentOf(at));

export function stepPicture({ hall }: Seen, { person, on, action, rule }: Step) {
  const date = dateOf(on);
  const taken = [...(hall.office?.documents.values() ?? [])].find(({ document, state }) => {
    if (document.kind !== "step" || state !== "holds") return false;
    return document.person === person && document.action === action && document.on === date;
  });
  return { person, on: date, action, rule, taken: taken?.documentId ?? null };
}

type Among = (person: string) => boolean;

/** The newest first; of those that are wanted. */
export function* publicationsIn(
  seen: Seen,
  among: Among,
  isWanted: (publication: Publication) => boolean = () => true,
): Generator<undefined, PublicationPicture[]> {
  const now = { atMs: seen.at, asOf: asOfIn(seen) };
  const { ledger, regulation } = seen;
  const pictures: PublicationPicture[] = [];
  for (const entry of ledger.published) {
    if (isWanted(entry.publication)) pictures.push(yield* publicationPicture(ledger, regulation, entry, now, among));
  }
  return pictures.toReversed();
}

export const touching =
  ({ from, to }: DaySpan) =>
  (publication: Pick<Publication, "from" | "to">): boolean =>
    publication.from <= dateOf(to) && publication.to >= dateOf(from);

/** One person's days with every tap, verdict, document and publication that concerns them. In steps. */
export function* recordOf(
  seen: Seen,
  actor: Actor,
  member: LedgerMember,
  period: string,
  span: DaySpan,
): Generator<undefined, AttendanceRecord> {
  const { ledger, hall } = seen;
  const asOf = asOfIn(seen);
  const sessions = ledger.sessions(member, span, asOf);
  const byDay = Map.groupBy(sessions, ({ day }) => day);
  const policy = ledger.rulesOn(span.to)?.policy ?? seen.regulation.policy;
  const [fromS, toS] = [span.from * DAY_S, (span.to + 1) * DAY_S];
  const cases = yield* casesOf(ledger, [member], span, () => sessions);
  const publications = yield* publicationsIn(seen, (person) => person === member.id, touching(span));
  return {
    person: personPicture(ledger, member.id),
    period,
    policy: policyName(ledger),
    asOf: momentOf(asOf),
    reportedUntil: momentOrNull(ledger.reportedUntil),
    position: ledger.position,
    days: [...byDay].map(([day, verdicts]) => {
      const slots = ledger.slotsOf(member, day);
      return {
        date: dateOf(day),
        workday: verdicts.some(({ state }) => state !== "rest"),
        sessions: verdicts.map((verdict) => sessionPicture(verdict, slots, ledger.reportedUntil)),
        taps: member.tapsOn(day).map(tapPicture),
      };
    }),
    totals: totalsPicture(totalsOf(policy, member.id, sessions, span)),
    steps: stepsOf(ledger, member, span, asOf).map((step) => stepPicture(seen, step)),
    cases: casePictures(cases),
    documents: member.documents
      .filter(({ filedAtHallS = 0, document }) => {
        const about = "date" in document ? document.date : "from" in document ? document.from.slice(0, 10) : null;
        return about === null
          ? filedAtHallS >= fromS && filedAtHallS < toS
          : about >= dateOf(span.from) && about <= dateOf(span.to);
      })
      .map((filed) => documentPicture(hall, actor, filed)),
    publications,
  };
}

/** The unit whose sheet somebody may see; null when that one is not for them. */
export function unitFor(actor: Actor, asked: string): string | null {
  if (hasRole(actor, ["manager", "inspector", "office"])) return asked;
  if (!hasRole(actor, ["head"])) return null;
  const own = actor.unit ?? CENTRE_UNIT;
  return asked === own || asked === "all" ? own : null;
}

/** Who is where, now, of those whom the actor may see. */
export function todayOf(seen: Seen, actor: Actor): AttendanceToday {
  const { hall, ledger, regulation, at } = seen;
  const now = asOfIn(seen);
  const today = dayOf(now);
  const span = { from: today, to: today };
  const slots = ledger.rulesOn(today)?.timetable.on(today).slots ?? [];
  const members = membersOf(ledger, "all", span).filter(({ id }) => maySee(hall, actor, id));
  return {
    date: dateOf(today),
    now: momentOf(now),
    workday: regulation.calendar.isWorkday(today),
    position: ledger.position,
    people: members.map((member) => ({
      person: personPicture(ledger, member.id),
      ...placeOf(seen, member, now),
      sessions: ledger
        .sessions(member, span, now)
        .map((verdict) => sessionPicture(verdict, slots, ledger.reportedUntil)),
    })),
    posts: postPictures(hall, actor, regulation, at),
    waitingFor: seen.waitingFor.map((entry) => ({ ...entry })),
  };
}

type Place = Pick<AttendanceToday["people"][number], "place" | "counter" | "sinceMs" | "covers">;

function placeOf({ hall, regulation: { zone } }: Seen, member: LedgerMember, now: HallSeconds): Place {
  const staff = hall.staff.get(member.id);
  const outing = staff?.outing ?? null;
  if (outing !== null) {
    return { place: "out", counter: outing.counterId, sinceMs: outing.sinceMs, covers: null };
  }
  if (staff !== undefined && staff.onDutyAt !== null) {
    return { place: "on-duty", counter: staff.onDutyAt, sinceMs: staff.onDutySinceMs, covers: staff.coverFor };
  }
  const onLeave = member.facts().leave.some(({ state, from, to }) => state === "approved" && from <= now && now < to);
  if (onLeave) return { place: "leave", counter: null, sinceMs: null, covers: null };
  const last = member.tapsOn(dayOf(now)).findLast(({ badge, at }) => badge === "valid" && at <= now);
  const isHere = last !== undefined && last.direction !== "out" && last.direction !== "leave-post";
  const sinceMs = isHere ? instantOf(last.at, zone) : null;
  return { place: isHere ? "badged" : "away", counter: null, sinceMs, covers: null };
}

function postPictures(hall: HallView, actor: Actor, regulation: Regulation, at: EpochMs): AttendanceToday["posts"] {
  const { configuration, office } = hall;
  const all = hasRole(actor, ["manager", "inspector", "office"]);
  if (configuration === null || (!all && !hasRole(actor, ["head"]))) return [];
  const isOpen = runningSession(regulation, at) !== null;
  const attendance = attendanceOf(hall);
  return [...postsOf(configuration)].flatMap(([counterId, { a, b }]) => {
    if (!all && !a.some((id) => isOfUnit(attendance, actor, id))) return [];
    const counter = hall.counters.get(counterId);
    const vacancy = office?.vacancies.get(counterId);
    const by = counter?.onDuty ?? null;
    const covers = by === null ? null : (hall.staff.get(by)?.coverFor ?? null);
    const held = counter !== undefined && isManned(counter);
    const state = held ? (covers === null ? "held" : "covered") : (vacancy?.kind ?? (isOpen ? "vacant" : "closed"));
    const sinceMs = vacancy?.sinceMs ?? (held ? (counter.onDutySinceMs ?? null) : null);
    return [{ counter: counterId, state, by, covers, sinceMs, alarm: vacancy !== undefined, a: [...a], b: [...b] }];
  });
}
