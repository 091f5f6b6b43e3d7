import type { StaffId } from "../../../protocol/index.ts";
import { type CoverDay, type CoverVerdict, coverVerdicts } from "../attendance/cover-limits.ts";
import { type DayNumber, dayNumber } from "../attendance/hall-time.ts";
import { rulesAt } from "../policy/policy.ts";
import type { HallView } from "../state.ts";
import { officeRefusal, type OfficeRefusal } from "./office-refusals.ts";
import type { Regulation } from "./regulation.ts";

const WHOLE_DAY = 2;

interface Pair {
  readonly by: StaffId;
  readonly covers: StaffId;
}

/** Half days on which `by` acted for `covers`, and the planned ones that are still to come. */
function coverDays(hall: HallView, regulation: Regulation, { by, covers }: Pair): Map<DayNumber, number> {
  const days = new Map<DayNumber, number>();
  const add = (day: DayNumber | null, halfDays: number): void => {
    if (day !== null) days.set(day, Math.max(days.get(day) ?? 0, halfDays));
  };
  for (const acted of hall.office?.cover.values() ?? []) {
    if (acted.by === by && acted.covers === covers)
      add(dayNumber(acted.date), Math.min(acted.sessions.length, WHOLE_DAY));
  }
  const today = dayNumber(hall.day?.date ?? "") ?? 0;
  for (const { document, state } of hall.office?.documents.values() ?? []) {
    if (document.kind !== "cover" || state !== "holds") continue;
    if (document.person !== by || document.covers !== covers) continue;
    const [from, to] = [dayNumber(document.from) ?? 0, dayNumber(document.to) ?? 0];
    for (let day = Math.max(from, today); day <= to; day += 1) {
      if (regulation.calendar.isWorkday(day)) add(day, WHOLE_DAY);
    }
  }
  return days;
}

const asDays = (days: ReadonlyMap<DayNumber, number>): CoverDay[] =>
  [...days].map(([day, halfDays]) => ({ day, halfDays }));

export interface CoverStretch extends CoverVerdict, Pair {
  readonly halfDays: number;
}

/** Everybody's standing in, day by day, with how far it has gone. */
export function coverStretches(hall: HallView, regulation: Regulation): CoverStretch[] {
  const pairs = new Map<string, Pair>();
  for (const { by, covers } of hall.office?.cover.values() ?? []) pairs.set(`${by} ${covers}`, { by, covers });
  for (const { document, state } of hall.office?.documents.values() ?? []) {
    if (document.kind !== "cover" || state !== "holds") continue;
    pairs.set(`${document.person} ${document.covers}`, { by: document.person, covers: document.covers });
  }
  return [...pairs.values()].flatMap((pair) => {
    const days = coverDays(hall, regulation, pair);
    const verdicts = coverVerdicts(regulation.policy, regulation.calendar, asDays(days));
    return verdicts.map((verdict) => ({ ...verdict, ...pair, halfDays: days.get(verdict.day) ?? 0 }));
  });
}

/** ATT-56: refused when one of the days asked for lies beyond a limit. */
export function coverFault(
  hall: HallView,
  regulation: Regulation,
  pair: Pair,
  span: { readonly from: DayNumber; readonly to: DayNumber },
  place: string,
): OfficeRefusal | null {
  const days = coverDays(hall, regulation, pair);
  for (let day = span.from; day <= span.to; day += 1) {
    if (regulation.calendar.isWorkday(day)) days.set(day, WHOLE_DAY);
  }
  const verdicts = coverVerdicts(regulation.policy, regulation.calendar, asDays(days));
  const blocked = verdicts.find(({ state, day }) => state === "blocked" && day >= span.from && day <= span.to);
  if (blocked === undefined) return null;
  const rules = [...rulesAt(regulation.policy, "bpost.maxRun"), ...rulesAt(regulation.policy, "bpost.maxYear")];
  return officeRefusal("cover-limit", place, rules);
}
