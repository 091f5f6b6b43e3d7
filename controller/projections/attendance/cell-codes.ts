import type { DayNumber } from "../../core/attendance/hall-time.ts";
import { dateOf } from "../../core/attendance/hall-time.ts";
import { cellCode } from "../../core/attendance/cell-marks.ts";
import type { SessionVerdict } from "../../core/attendance/verdict.ts";
import type { DaySpan } from "../../core/office/periods-named.ts";
import type { SessionName } from "../../core/policy/policy.ts";
import type { Difference } from "./attendance-pictures.ts";

/** Days in order, parted by "|"; the sessions of a day by ",". Days on which nobody was posted are empty. */
export function cellsOf(span: DaySpan, verdicts: readonly SessionVerdict[]): string {
  const byDay = Map.groupBy(verdicts, ({ day }) => day);
  const days = Array.from({ length: span.to - span.from + 1 }, (_, ahead) => byDay.get(span.from + ahead) ?? []);
  return days.map((sessions) => sessions.map(cellCode).join(",")).join("|");
}

const sessionAt = (count: number, at: number): SessionName => {
  if (count === 1) return "day";
  return at === 0 ? "am" : "pm";
};

type Change = Omit<Difference, "name">;

/** What a published line said, against what is known now. */
export function differencesIn(
  person: string,
  span: DaySpan,
  published: string,
  now: readonly SessionVerdict[],
): Change[] {
  if (published === cellsOf(span, now)) return [];
  const byDay = Map.groupBy(now, ({ day }) => day);
  return published.split("|").flatMap((cells, ahead) => {
    const day: DayNumber = span.from + ahead;
    const before = cells === "" ? [] : cells.split(",");
    const after = byDay.get(day) ?? [];
    return Array.from({ length: Math.max(before.length, after.length) }, (_, at) => at).flatMap((at) => {
      const verdict = after[at];
      const [was, is] = [before[at] ?? "", verdict === undefined ? "" : cellCode(verdict)];
      const session = verdict?.session ?? sessionAt(before.length, at);
      return was === is ? [] : [{ person, date: dateOf(day), session, before: was, after: is }];
    });
  });
}
