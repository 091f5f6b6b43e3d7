import type { Tap } from "../../core/attendance/facts.ts";
import { dateOf, type HallSeconds, momentOf, timeOf } from "../../core/attendance/hall-time.ts";
import type { Slot } from "../../core/attendance/timetable.ts";
import type { AttendanceCase, SessionVerdict, Totals } from "../../core/attendance/verdict.ts";
import type { z } from "zod";
import type { CasePicture, SessionPicture, TapPicture, TotalsPicture } from "./attendance-pictures.ts";

export function tapPicture(tap: Tap): TapPicture {
  const { at, earliest, latest, direction, terminal, role, badge, source, guessedAt } = tap;
  return {
    at: momentOf(at),
    earliest: momentOf(earliest),
    latest: momentOf(latest),
    direction,
    terminal,
    role,
    badge,
    source,
    ...(guessedAt !== undefined && { guessedAt: momentOf(guessedAt) }),
  };
}

const timeOrNull = (at: HallSeconds | null): string | null => (at === null ? null : timeOf(at));

/** `reportedUntil`: nobody's word is waited for up to there. */
export function sessionPicture(
  verdict: SessionVerdict,
  slots: readonly Slot[],
  reportedUntil: HallSeconds,
): SessionPicture {
  const slot = slots.find(({ name }) => name === verdict.session) ?? slots[0];
  const { session, state, inferred, lateS, earlyS, late, early, absence, points, leaveKind, flags, rules } = verdict;
  return {
    date: dateOf(verdict.day),
    session,
    from: slot === undefined ? "00:00:00" : timeOf(slot.from),
    to: slot === undefined ? "00:00:00" : timeOf(slot.to),
    state,
    in: timeOrNull(verdict.in),
    out: timeOrNull(verdict.out),
    inferred: [...inferred],
    lateS,
    earlyS,
    late,
    early,
    absence,
    points: points === 0 ? 0 : -points,
    leaveKind,
    flags: [...flags],
    rules: [...rules],
    taps: verdict.taps.map(tapPicture),
    settled: slot !== undefined && slot.to <= reportedUntil,
  };
}

export const totalsPicture = ({
  person: _person,
  conversions,
  points,
  ...totals
}: Totals): z.infer<typeof TotalsPicture> => ({
  ...totals,
  points: points === 0 ? 0 : -points,
  conversions: conversions.map((entry) => ({ ...entry })),
  leave: { ...totals.leave },
});

/** A page shows so many suspicions, and so many taps of each: whoever looks into one asks for the person's record. */
const CASES_SHOWN_MAX = 200;
const CASE_TAPS_SHOWN_MAX = 24;

export const casePictures = (cases: readonly AttendanceCase[]): z.infer<typeof CasePicture>[] =>
  cases.slice(0, CASES_SHOWN_MAX).map(({ kind, persons, taps }) => ({
    kind,
    persons: [...persons],
    taps: taps.slice(0, CASE_TAPS_SHOWN_MAX).map(tapPicture),
  }));
