import type { Shift } from "../attendance/facts.ts";
import { type DayNumber, dayNumber } from "../attendance/hall-time.ts";
import { secondsOfDay } from "../policy/session-hours.ts";
import type { StaffId } from "../../../protocol/index.ts";
import type { HallView } from "../state.ts";
import type { DocumentOf } from "./document-request.ts";

/** A person's own shifts, of the days for which they have some. */
export type Roster = ReadonlyMap<DayNumber, readonly Shift[]>;

/** One entry; none for a date that is no day. */
export function shiftsOf({ date, shifts }: DocumentOf<"shifts">): [DayNumber, readonly Shift[]][] {
  const day = dayNumber(date);
  if (day === null) return [];
  return [[day, shifts.map(([from, to]) => ({ fromS: secondsOfDay(from), toS: secondsOfDay(to) }))]];
}

/** As filed and holding. */
export function rosterOf(hall: HallView, person: StaffId): Roster {
  const roster = new Map<DayNumber, readonly Shift[]>();
  for (const { document, state } of hall.office?.documents.values() ?? []) {
    if (document.kind !== "shifts" || document.person !== person || state !== "holds") continue;
    for (const [day, shifts] of shiftsOf(document)) roster.set(day, shifts);
  }
  return roster;
}
