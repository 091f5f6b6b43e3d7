import type { BusinessDate, QueueId } from "../../protocol/index.ts";
import type { HallView, Stretch } from "./state.ts";

/**
 * Whether the series of `queueId` leaves out its gap now: at its first number after the restore, whatever day that is.
 * A box may be restored by a clock that still stands on an earlier day.
 */
export function isToJump({ restored }: HallView, queueId: QueueId, date: BusinessDate): boolean {
  if (restored === null || restored.date === null || date < restored.date) return false;
  return !restored.jumped.includes(queueId);
}

/** Where the series of `queueId` stands on `date`, before its next number. `length`: numbers it has. */
export function numbersDrawn(hall: HallView, queueId: QueueId, date: BusinessDate, length: number): number {
  const drawn = drawnOn(hall, queueId, date);
  if (!isToJump(hall, queueId, date)) return drawn;
  const left = length - (drawn % length);
  // A short series must not come round to where it was,
  const gap = Math.min(hall.restored?.numbersGap ?? 0, Math.floor(length / 2));
  // and none to numbers of this very day, as a second restore would have it: half of what is left, then.
  return drawn + (gap < left ? gap : Math.ceil(left / 2));
}

const drawnOn = ({ series }: HallView, queueId: QueueId, date: BusinessDate): number => {
  const known = series.get(queueId);
  return known?.date === date ? known.drawn : 0;
};

/**
 * What the series of `queueId` leaves out on `date`, with the gap it is to jump now: each stretch may be on papers that
 * nobody knows of, so the series must not give it either when it comes round.
 */
export function leftOutOn(hall: HallView, queueId: QueueId, date: BusinessDate, length: number): readonly Stretch[] {
  const series = hall.series.get(queueId);
  const before = series?.date === date ? (series.leftOut ?? []) : [];
  const from = drawnOn(hall, queueId, date);
  const count = numbersDrawn(hall, queueId, date, length) - from;
  return count > 0 ? [...before, { from, count }] : before;
}

/** `index` counts from 0 and wraps at the series' length, as stretches do. */
export const isIn = ({ from, count }: Stretch, index: number, length: number): boolean =>
  (((index - from) % length) + length) % length < count;
