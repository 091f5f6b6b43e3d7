import type { BusinessDate, QueueId } from "../../protocol/index.ts";
import type { HallView } from "./state.ts";

/** Where the series of `queueId` stands on `date`, before its next number. `length`: numbers it has. */
export function numbersDrawn(hall: HallView, queueId: QueueId, date: BusinessDate, length: number): number {
  const series = hall.series.get(queueId);
  const drawn = series?.date === date ? series.drawn : 0;
  const { restored } = hall;
  if (restored?.date !== date || restored.jumped.includes(queueId)) return drawn;
  // A short series must not come round to where it was.
  return drawn + Math.min(restored.numbersGap, Math.floor(length / 2));
}
