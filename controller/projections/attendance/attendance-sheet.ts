import { canonicalJson } from "../../../protocol/index.ts";
import type { Leave } from "../../core/attendance/facts.ts";
import { climb, ladderEvents } from "../../core/attendance/ladder.ts";
import { CaseSearch, tapsDuringLeave } from "../../core/attendance/signals.ts";
import { isLeaveProper } from "../../core/attendance/leave-effect.ts";
import { totalsOf } from "../../core/attendance/totals.ts";
import { dateOf, type DayNumber, dayNumber, dayOf, type HallSeconds, timeOf } from "../../core/attendance/hall-time.ts";
import type { AttendanceCase, SessionVerdict, Step } from "../../core/attendance/verdict.ts";
import { CENTRE_UNIT } from "../../core/office/filing-rights.ts";
import { CENTRE } from "../../core/office/unit-name.ts";
import type { DaySpan } from "../../core/office/periods-named.ts";
import type { Policy } from "../../core/policy/policy.ts";
import { digestOf } from "../../engine/chain.ts";
import type { AttendanceLedger } from "./attendance-ledger.ts";
import type { AttendancePerson, AttendanceSheet } from "./attendance-pictures.ts";
import { cellCode } from "../../core/attendance/cell-marks.ts";
import type { LedgerMember } from "./ledger-member.ts";
import { totalsPicture } from "./session-pictures.ts";

type SheetRow = AttendanceSheet["rows"][number];

const UNKNOWN_POST = { zh: "—", en: "—" };

/** Names are today's; somebody who left keeps their id. */
export function personPicture({ configuration }: AttendanceLedger, person: string): AttendancePerson {
  const known = configuration?.staff.find(({ id }) => id === person);
  const unit = configuration?.attendance?.units.find(({ staff }) => staff.some((id) => id === person));
  return {
    person,
    name: known?.name ?? person,
    number: known?.number ?? "",
    post: known?.post ?? UNKNOWN_POST,
    unit: unit?.id ?? CENTRE_UNIT,
    unitName: unit?.name ?? CENTRE,
  };
}

export function policyName({ regulation }: AttendanceLedger): AttendanceSheet["policy"] {
  const profile = regulation?.policy.profile;
  return { id: profile?.id ?? "", name: profile?.names ?? UNKNOWN_POST };
}

/** Everybody of a unit who was posted here on one of these days. */
export function membersOf(ledger: AttendanceLedger, unit: string, span: DaySpan): LedgerMember[] {
  return ledger.people().filter((member) => {
    if (member.from > span.to || (member.until !== null && member.until < span.from)) return false;
    return unit === "all" || personPicture(ledger, member.id).unit === unit;
  });
}

/** The lines of a sheet: what its digest is taken of. */
export function sheetRows(
  ledger: AttendanceLedger,
  unit: string,
  span: DaySpan,
  asOf: HallSeconds,
): AttendanceSheet["rows"] {
  const policy = ledger.rulesOn(span.to)?.policy;
  if (policy === undefined) return [];
  return membersOf(ledger, unit, span).map((member) =>
    sheetRow(ledger, member, span, ledger.sessions(member, span, asOf), policy),
  );
}

/** One line, of the person's verdicts on these days. */
export function sheetRow(
  ledger: AttendanceLedger,
  member: LedgerMember,
  span: DaySpan,
  sessions: readonly SessionVerdict[],
  policy: Policy,
): SheetRow {
  const cells = sessions.map((verdict) => ({
    date: dateOf(verdict.day),
    session: verdict.session,
    code: cellCode(verdict),
    in: verdict.in === null ? null : timeOf(verdict.in),
    out: verdict.out === null ? null : timeOf(verdict.out),
    leaveKind: verdict.leaveKind,
    rules: [...verdict.rules],
  }));
  const totals = totalsPicture(totalsOf(policy, member.id, sessions, span));
  return { person: personPicture(ledger, member.id), cells, totals };
}

/** The canonical JSON of one line. What is named in order JSON.stringify writes alike, in a fifth of the time. */
export function rowText({ person, cells, totals }: SheetRow): string {
  const ordered = cells.map((cell) => {
    const { code, date, in: first, leaveKind, out, rules, session } = cell;
    return { code, date, in: first, leaveKind, out, rules, session };
  });
  return `{"cells":${JSON.stringify(ordered)},"person":${canonicalJson(person)},"totals":${canonicalJson(totals)}}`;
}

export const rowsDigest = (rows: AttendanceSheet["rows"]): string => digestOf(`[${rows.map(rowText).join(",")}]`);

/** Rungs reached on these days. What counts towards them began with the year. */
export function stepsOf(ledger: AttendanceLedger, member: LedgerMember, span: DaySpan, asOf: HallSeconds): Step[] {
  const policy = ledger.rulesOn(span.to)?.policy;
  if (policy === undefined || policy.profile.ladder.length === 0) return [];
  const yearStart: DayNumber = dayNumber(`${dateOf(span.from).slice(0, 4)}-01-01`) ?? span.from;
  const year = { from: yearStart, to: span.to };
  const [sessions, facts] = [ledger.sessions(member, year, asOf), member.facts()];
  const steps = climb(policy.profile.ladder, member.id, ladderEvents(sessions, facts, year), facts.warnings);
  return steps.filter(({ on }) => on >= span.from);
}

const HALF_DAY = 0.5;

/**
 * Suspicions over the taps of these people; nothing follows from one until a person has found something. In steps:
 * everybody's taps are looked at, for it takes two to be a pair.
 */
export function* casesOf(
  ledger: AttendanceLedger,
  members: readonly LedgerMember[],
  span: DaySpan,
  sessionsOf: (member: LedgerMember) => readonly SessionVerdict[],
): Generator<undefined, AttendanceCase[]> {
  const policy = ledger.rulesOn(span.to)?.policy;
  if (policy === undefined) return [];
  const search = new CaseSearch(policy);
  for (const member of ledger.people()) {
    search.notePerson(member.tapsBetween(span.from, span.to));
    yield;
  }
  for (const terminal of search.terminals()) {
    search.lookAt(terminal);
    yield;
  }
  const among = new Set<string>(members.map(({ id }) => id));
  const shared = search.cases().filter(({ persons }) => persons.some((id) => among.has(id)));
  yield;
  const own: AttendanceCase[] = [];
  for (const member of members) {
    const away = leaveProperOf(ledger, member);
    if (away.length > 0) own.push(...sessionsOf(member).flatMap((verdict) => tapsDuringLeave(verdict, away)));
    yield;
  }
  return [...shared, ...own, ...idleCases(ledger, members, span)];
}

const leaveProperOf = (ledger: AttendanceLedger, member: LedgerMember): Leave[] =>
  member
    .facts()
    .leave.filter(
      (leave) =>
        leave.state === "approved" && isLeaveProper(leave.kind) && ledger.lengthInDays(member, leave) >= HALF_DAY,
    );

/** The tap that signed them in speaks for somebody who then did nothing (ATT-75). */
function idleCases(ledger: AttendanceLedger, members: readonly LedgerMember[], span: DaySpan): AttendanceCase[] {
  const byId = new Map<string, LedgerMember>(members.map((member) => [member.id, member]));
  return ledger.idleSpells.flatMap(({ person, sinceS }): AttendanceCase[] => {
    const member = byId.get(person);
    const day = dayOf(sinceS);
    if (member === undefined || day < span.from || day > span.to) return [];
    const last = member.tapsOn(day).findLast(({ earliest }) => earliest <= sinceS);
    return [{ kind: "no-activity", persons: [person], taps: last === undefined ? [] : [last] }];
  });
}
