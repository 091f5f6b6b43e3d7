import type { Policy } from "../policy/policy.ts";
import type { AttendanceBook } from "./attendance-book.ts";
import { type Tap, tapKey } from "./facts.ts";
import { dateOf, momentOf, timeOf } from "./hall-time.ts";
import type { AttendanceCase, SessionVerdict, Step, Totals } from "./verdict.ts";

/** Attendance as `hallward attendance derive` prints it. Points stand there where the regulation counts in them. */
export function sheetOf(policy: Policy, book: AttendanceBook) {
  const records = book.records();
  const scored = countsPoints(policy);
  return {
    sessions: records.flatMap(({ sessions }) => sessions.map((verdict) => sessionLine(verdict, scored))),
    totals: records.map(({ totals }) => totalsLine(totals, scored)),
    cases: book.cases().map(caseLine),
    steps: records.flatMap(({ steps }) => steps.filter(({ action }) => action !== "alert").map(stepLine)),
    alerts: records.flatMap(({ steps }) => steps.filter(({ action }) => action === "alert").map(stepLine)),
  };
}

const countsPoints = ({ profile }: Policy): boolean =>
  profile.late.bands.length + profile.early.bands.length + profile.outing.bands.length + profile.absence.points > 0;

function sessionLine(verdict: SessionVerdict, scored: boolean) {
  const { person, day, session, state, inferred, lateS, earlyS, late, early, absence, flags, rules, points } = verdict;
  return {
    person,
    date: dateOf(day),
    session,
    state,
    in: verdict.in === null ? null : timeOf(verdict.in),
    out: verdict.out === null ? null : timeOf(verdict.out),
    inferred,
    lateS,
    earlyS,
    late,
    early,
    absence,
    flags,
    rules,
    ...(scored ? { points: points === 0 ? 0 : -points } : {}),
  };
}

const totalsLine = ({ points, ...totals }: Totals, scored: boolean) => ({
  ...totals,
  ...(scored ? { points: points === 0 ? 0 : -points } : {}),
});

const caseLine = ({ kind, persons, taps }: AttendanceCase) => ({ kind, persons, taps: taps.map(tapName) });
const stepLine = ({ person, on, action, rule }: Step) => ({ person, on: dateOf(on), action, rule });

/** "li 2025-03-03T08:01:00 in T2". */
export const tapName = (tap: Tap): string => tapKey(tap, momentOf(tap.at));

/** The same, and beside every verdict the taps it was judged by. */
export function explainedSheetOf(policy: Policy, book: AttendanceBook) {
  const sheet = sheetOf(policy, book);
  const verdicts = book.records().flatMap(({ sessions }) => sessions);
  return {
    ...sheet,
    sessions: sheet.sessions.map((line, at) => ({ ...line, taps: verdicts[at]?.taps.map(tapName) ?? [] })),
  };
}
