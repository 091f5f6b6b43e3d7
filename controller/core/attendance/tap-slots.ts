import { isHeld } from "./doubt.ts";
import type { Tap } from "./facts.ts";
import type { HallSeconds } from "./hall-time.ts";
import type { Slot } from "./timetable.ts";

/** A badge speaks for the session it belongs to; one whose doubt reaches into the next session speaks for both. */
export interface SlotTap {
  readonly tap: Tap;
  /** What it counts as; null until the session has been looked at as a whole. */
  readonly as: "in" | "out" | null;
  readonly inferred: boolean;
}

/** The slots `tap` may belong to, by its direction and by how wrong its clock may have been. */
export function slotsOf(tap: Tap, as: SlotTap["as"], slots: readonly Slot[]): readonly number[] {
  const place = PLACES[as ?? "undirected"];
  const home = place(tap.at, slots);
  if (tap.earliest === tap.latest) return [home];
  return [...new Set([place(tap.earliest, slots), home, place(tap.latest, slots)])];
}

type Place = (at: HallSeconds, slots: readonly Slot[]) => number;

/** An *in* is for the session that runs or comes next, an *out* for the one that runs or ran last. */
const placeOfIn: Place = (at, slots) =>
  firstOr(
    slots.findIndex(({ to }) => at < to),
    slots.length - 1,
  );
const placeOfOut: Place = (at, slots) =>
  firstOr(
    slots.findLastIndex(({ from }) => at > from),
    0,
  );
/** AMB-40: the break is split in its middle. */
const placeByMiddle: Place = (at, slots) => {
  const found = slots.findIndex(({ to }, index) => {
    const next = slots[index + 1];
    return next !== undefined && at * 2 < to + next.from;
  });
  return firstOr(found, slots.length - 1);
};

const PLACES = { in: placeOfIn, out: placeOfOut, undirected: placeByMiddle } as const;

const firstOr = (found: number, otherwise: number): number => (found === -1 ? otherwise : found);

/** What a session's first and last tap are taken to be. */
export interface InAndOut {
  readonly in: Tap | null;
  readonly out: Tap | null;
  readonly inferred: readonly ("in" | "out")[];
}

/**
 * The ways in which a session's taps may be read, the literal one first (AMB-17): directed taps stand; of undirected
 * ones the first is *in* and the last *out*, a lone one belongs to the nearer end. Where several undirected taps all
 * lie near the same end, they may also be one person tapping twice.
 */
export function readingsOf(taps: readonly SlotTap[], slot: Slot): readonly InAndOut[] {
  const undirected = taps.filter(({ as }) => as === null);
  if (undirected.length === 0) return [choose(taps)];
  if (undirected.length < taps.length || undirected.length === 1) return byNearerEnd(taps, slot);
  // Not the first of the list: a later one in more doubt can have been the arrival.
  const first = undirected.reduce((known, next) => (next.tap.earliest < known.tap.earliest ? next : known));
  const byOrder = undirected.map(
    (entry): SlotTap => ({ ...entry, as: entry === first ? "in" : "out", inferred: true }),
  );
  const byPlace = undirected.map(toNearerEnd(slot));
  const sameEnd = byPlace.every(({ as }) => as === byPlace[0]?.as);
  return sameEnd ? [choose(byOrder), choose(byPlace)] : [choose(byOrder)];
}

type Moment = "at" | "earliest" | "latest";

const toNearerEnd =
  (slot: Slot, moment: Moment = "at") =>
  (entry: SlotTap): SlotTap =>
    entry.as === null ? { ...entry, as: isNearerBegin(entry.tap[moment], slot) ? "in" : "out", inferred: true } : entry;

const isNearerBegin = (at: HallSeconds, { from, to }: Slot): boolean => at * 2 < from + to;

/** Undirected taps beside others, or a lone one. Where its clock leaves open which end was nearer, it may be either. */
function byNearerEnd(taps: readonly SlotTap[], slot: Slot): InAndOut[] {
  const plain = choose(taps.map(toNearerEnd(slot)));
  const isOpen = taps.some(
    ({ as, tap }) => as === null && isNearerBegin(tap.earliest, slot) && !isNearerBegin(tap.latest, slot),
  );
  if (!isOpen) return [plain];
  const ends = [choose(taps.map(toNearerEnd(slot, "earliest"))), choose(taps.map(toNearerEnd(slot, "latest")))];
  const held = taps.flatMap((entry) => (entry.as === null && isHeld(entry.tap) ? eitherEnd(entry) : [entry]));
  return [plain, ...ends, choose(held.map(toNearerEnd(slot)))];
}

/** Nothing is held against anybody by a tap in such doubt: until a person has confirmed it, it stands for both. */
const eitherEnd = (entry: SlotTap): SlotTap[] =>
  (["in", "out"] as const).map((as) => ({ ...entry, as, inferred: true }));

/** First in, last out: an *in* by its earliest, an *out* by its latest possible moment. */
function choose(taps: readonly SlotTap[]): InAndOut {
  let first: SlotTap | null = null;
  let last: SlotTap | null = null;
  for (const entry of taps) {
    if (entry.as === "in" && (first === null || entry.tap.earliest < first.tap.earliest)) first = entry;
    if (entry.as === "out" && (last === null || entry.tap.latest >= last.tap.latest)) last = entry;
  }
  const inferred: ("in" | "out")[] = [];
  if (first?.inferred === true) inferred.push("in");
  if (last?.inferred === true) inferred.push("out");
  return { in: first?.tap ?? null, out: last?.tap ?? null, inferred };
}
