import { type EpochMs, minutes, type TerminalId } from "../../../protocol/index.ts";
import { DAY_S, dayOf, type HallSeconds } from "../attendance/hall-time.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { HallView } from "../state.ts";
import { momentIn } from "./document-form.ts";
import { attendanceOf } from "./filing-rights.ts";
import type { OfficeOrder } from "./office-orders.ts";
import { hallNow, instantOf, type Regulation, regulationOf, slotsOn } from "./regulation.ts";

export interface ReportDue {
  /** Attendance up to here may be settled, */
  readonly untilMs: EpochMs;
  /** by terminals that have been heard since then with an empty journal. */
  readonly heardSinceMs: EpochMs;
}

/** The latest session's or day's end that terminals can have reported past by now; null: none is to be settled. */
export function reportDue(hall: HallView, at: EpochMs): ReportDue | null {
  const regulation = regulationOf(hall.configuration);
  const { office } = hall;
  const grace = attendanceOf(hall)?.signOutGraceMinutes;
  if (regulation === null || office === null || grace === undefined) return null;
  const now = hallNow(regulation, at);
  const end = lastEnd(regulation, now, grace * 60);
  if (end === null) return null;
  const untilMs = instantOf(end.at, regulation.zone);
  if (untilMs <= office.reportedUntilMs) return null;
  return { untilMs, heardSinceMs: (untilMs + minutes(end.isDay ? 0 : grace)) as EpochMs };
}

function lastEnd(regulation: Regulation, now: HallSeconds, graceS: number): { at: HallSeconds; isDay: boolean } | null {
  const today = dayOf(now);
  const session = slotsOn(regulation, today).findLast(({ to }) => to + graceS <= now);
  return session === undefined ? { at: today * DAY_S, isDay: true } : { at: session.to, isDay: false };
}

/** Terminals a named person answers for at `at`: nobody waits for their journals. */
export function excusedTerminals(hall: HallView, at: EpochMs): TerminalId[] {
  const regulation = regulationOf(hall.configuration);
  if (regulation === null) return [];
  const now = hallNow(regulation, at);
  return [...(hall.office?.documents.values() ?? [])].flatMap(({ document, state }) => {
    if (document.kind !== "out-of-service" || state !== "holds") return [];
    const [from, to] = [momentIn(document.from) ?? 0, document.to === undefined ? null : momentIn(document.to)];
    return now >= from && (to === null || now < to) ? [document.terminal] : [];
  });
}

/** Terminals whose word is waited for: windows' and desks'. One that nobody ever saw has nothing to tell. */
export function terminalsAsked(hall: HallView): TerminalId[] {
  const { configuration, terminals } = hall;
  const ours = [...(configuration?.counters ?? []), ...(configuration?.desks ?? [])].map(({ terminal }) => terminal);
  return [...new Set(ours)].filter((terminal) => terminals.has(terminal));
}

export function noteReported(hall: HallView, order: Extract<OfficeOrder, { type: "note-reported" }>): EventDraft[] {
  const { office } = hall;
  if (office === null || order.untilMs <= office.reportedUntilMs) return [];
  const { untilMs, excused } = order;
  return [draft("attendance.reported", { untilMs, excused: excused.toSorted() }, CONTROLLER)];
}
