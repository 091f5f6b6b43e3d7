import { canonicalJson } from "../../../protocol/index.ts";
import { climb, ladderEvents } from "../../core/attendance/ladder.ts";
import { casesAmong, tapsDuringLeave } from "../../core/attendance/signals.ts";
import { isLeaveProper } from "../../core/attendance/leave-effect.ts";
import { totalsOf } from "../../core/attendance/totals.ts";
import { dateOf, type DayNumber, dayNumber, dayOf, type HallSeconds, timeOf } from "../../core/attendance/hall-time.ts";
import type { AttendanceCase, SessionVerdict, Step } from "../../core/attendance/verdict.ts";
import { CENTRE_UNIT } from "../../core/office/filing-rights.ts";
import { CENTRE } from "../../core/office/unit-name.ts";
import type { PublishedLine } from "../../core/office/office-events.ts";
import type { DaySpan } from "../../core/office/periods-named.ts";
import { digestOf } from "../../engine/chain.ts";
import type { AttendanceLedger } from "./attendance-ledger.ts";
import type { AttendancePerson, AttendanceSheet } from "./attendance-pictures.ts";
import { cellCode } from "../../core/attendance/cell-marks.ts";
import { cellsOf } from "./cell-codes.ts";
import type { LedgerMember } from "./ledger-member.ts";
import { totalsPicture } from "./session-pictures.ts";

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
  return membersOf(ledger, unit, span).map((member) => {
    const sessions = ledger.sessions(member, span, asOf);
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
  });
}

export const rowsDigest = (rows: AttendanceSheet["rows"]): string => digestOf(canonicalJson(rows));

/** What is hung up: the cells alone; for a list of absences only the lines that have one. */
export function publishedLines(
  ledger: AttendanceLedger,
  span: DaySpan,
  asOf: HallSeconds,
  onlyAbsent: boolean,
): PublishedLine[] {
  return membersOf(ledger, "all", span).flatMap((member) => {
    const sessions = ledger.sessions(member, span, asOf);
    if (onlyAbsent && !sessions.some(({ absence }) => absence > 0)) return [];
    return [{ person: member.id, cells: cellsOf(span, sessions) }];
  });
}

/** Rungs reached on these days. What counts towards them began with the year. */
export function stepsOf(ledger: AttendanceLedger, member: LedgerMember, span: DaySpan, asOf: HallSeconds): Step[] {
  const policy = ledger.rulesOn(span.to)?.policy;
  if (policy === undefined || policy.profile.ladder.length === 0) return [];
  const yearStart: DayNumber = dayNumber(`${dateOf(span.from).slice(0, 4)}-01-01`) ?? span.from;
  const sessions = ledger.sessions(member, { from: yearStart, to: span.to }, asOf);
  const steps = climb(policy.profile.ladder, member.id, ladderEvents(sessions), member.facts().warnings);
  return steps.filter(({ on }) => on >= span.from);
}

const HALF_DAY = 0.5;

/** Suspicions over the taps of these people; nothing follows from one until a person has found something. */
export function casesOf(
  ledger: AttendanceLedger,
  members: readonly LedgerMember[],
  span: DaySpan,
  sessionsOf: (member: LedgerMember) => readonly SessionVerdict[],
): AttendanceCase[] {
  const policy = ledger.rulesOn(span.to)?.policy;
  if (policy === undefined) return [];
  const among = new Set<string>(members.map(({ id }) => id));
  const taps = ledger.people().flatMap((member) => member.tapsBetween(span.from, span.to));
  const shared = casesAmong(policy, taps).filter(({ persons }) => persons.some((id) => among.has(id)));
  const own = members.flatMap((member) => {
    const away = member
      .facts()
      .leave.filter(
        (leave) => leave.state === "approved" && isLeaveProper(leave.kind) && ledger.lengthInDays(leave) >= HALF_DAY,
      );
    return away.length === 0 ? [] : sessionsOf(member).flatMap((verdict) => tapsDuringLeave(verdict, away));
  });
  return [...shared, ...own, ...idleCases(ledger, members, span)];
}

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
