import type { Tap } from "./facts.ts";
import type { HallSeconds } from "./hall-time.ts";
import type { Slot } from "./timetable.ts";
import { type SlotTap, slotsOf } from "./tap-slots.ts";

/** One continuous stretch away from the post, in doubt the shortest it can have been. */
export interface Outing {
  readonly from: HallSeconds;
  readonly to: HallSeconds;
  readonly taps: readonly Tap[];
}

export interface DayTaps {
  /** What each session has to go by. */
  readonly bySlot: readonly (readonly SlotTap[])[];
  readonly outings: readonly Outing[];
  /** Sessions whose sign-out or sign-in an outing over the break stands for. */
  readonly noOutNeeded: ReadonlySet<number>;
  readonly noInNeeded: ReadonlySet<number>;
}

interface Sorting {
  readonly slots: readonly Slot[];
  readonly bySlot: SlotTap[][];
  readonly outings: Outing[];
  readonly noOutNeeded: Set<number>;
  readonly noInNeeded: Set<number>;
}

/** Gives a day's taps, in order, to its sessions, and finds the outings between them. */
export function sortTaps(taps: readonly Tap[], slots: readonly Slot[]): DayTaps {
  const sorting: Sorting = {
    slots,
    bySlot: slots.map(() => []),
    outings: [],
    noOutNeeded: new Set(),
    noInNeeded: new Set(),
  };
  let away: Tap | null = null;
  for (const tap of taps) {
    if (tap.direction === "leave-post") {
      if (away !== null) give(sorting, away, "out", true); // Came back unseen: doubt favours them.
      away = tap;
      continue;
    }
    const back = tap.direction === "return" && away === null ? "in" : tap.direction;
    if (away !== null) endOuting(sorting, away, tap);
    away = null;
    if (back !== "return") give(sorting, tap, back, back !== tap.direction);
  }
  if (away !== null) endOuting(sorting, away, null);
  return sorting;
}

function give({ slots, bySlot }: Sorting, tap: Tap, as: SlotTap["as"], inferred: boolean): void {
  for (const index of slotsOf(tap, as, slots)) bySlot[index]?.push({ tap, as, inferred });
}

/**
 * An outing ends with the next badge in the same session, or with a *return* in a later one, over the break. Otherwise
 * it ends with the session, and the moment of going out is the *out*.
 */
function endOuting(sorting: Sorting, away: Tap, next: Tap | null): void {
  const { slots } = sorting;
  const [left = 0] = slotsOf({ ...away, earliest: away.at, latest: away.at }, "out", slots);
  const [back = 0] =
    next === null ? [] : slotsOf({ ...next, earliest: next.at, latest: next.at }, placeOf(next), slots);
  const sameSession = next !== null && back === left;
  if (next !== null && (sameSession || next.direction === "return")) {
    sorting.outings.push({ from: away.latest, to: Math.max(away.latest, next.earliest), taps: [away, next] });
    if (sameSession) return;
    sorting.noOutNeeded.add(left);
    sorting.noInNeeded.add(back);
    return;
  }
  give(sorting, away, "out", true);
  const end = slots[left]?.to ?? away.at;
  if (away.latest < end) sorting.outings.push({ from: away.latest, to: end, taps: [away] });
}

const placeOf = ({ direction }: Tap): SlotTap["as"] => {
  if (direction === null) return null;
  return direction === "out" || direction === "leave-post" ? "out" : "in";
};
