import type { EpochMs, StaffId } from "../../../protocol/index.ts";
import type { Actor } from "../access/actor.ts";
import type { HallSeconds } from "../attendance/hall-time.ts";
import type { HallView } from "../state.ts";
import { attendanceOf } from "./filing-rights.ts";
import { isAwayDuring, spanOf } from "./leave-filing.ts";
import type { Office } from "./office-events.ts";
import { officeRefusal, type OfficeRefusal } from "./office-refusals.ts";
import { hallNow, type Regulation } from "./regulation.ts";

// ATT-42: 由中心主任签字(主任外出时由常务副主任签字). Without accounts named for the deputy's office nobody deputises.

/** Whether this account may sign for `office` while whoever holds it is away. */
export const isDelegate = (hall: HallView, { id }: Actor, { delegate }: Office): boolean =>
  delegate !== undefined && attendanceOf(hall)?.offices[delegate.id]?.includes(id) === true;

interface Seen {
  readonly hall: HallView;
  readonly regulation: Regulation;
  readonly at: EpochMs;
}

/**
 * The hall knows of those it has named as holders of the office: one of them who is not away signs themselves. Of
 * others it knows nothing: there the deputy's note says where they are, and stands on record with the signature.
 */
export function delegateFault(
  { hall, regulation, at }: Seen,
  { id }: Office,
  note: string | undefined,
  rules: readonly string[],
): OfficeRefusal | null {
  const holders = attendanceOf(hall)?.officeHolders?.[id] ?? [];
  if (holders.length === 0) {
    return (note ?? "") === "" ? officeRefusal("absence-unstated", "note", rules) : null;
  }
  const now = hallNow(regulation, at);
  const present = holders.some((person) => !isAway(hall, person, now));
  return present ? officeRefusal("principal-present", "as", rules) : null;
}

/** On leave or with a permit now, or out of the hall by their own badge. */
function isAway(hall: HallView, person: StaffId, now: HallSeconds): boolean {
  if (isAwayDuring(hall, person, now, now + 1) || (hall.staff.get(person)?.outing ?? null) !== null) return true;
  return [...(hall.office?.documents.values() ?? [])].some(({ document, state }) => {
    if (document.kind !== "permit" || state !== "holds" || document.person !== person) return false;
    const { from, to } = spanOf(document);
    return from <= now && now < to;
  });
}
