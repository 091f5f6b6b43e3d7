import type { BusinessDate, QueueId } from "../../protocol/index.ts";

/** Where a number series stood on its last day: numbers drawn, and tickets given. */
export interface SeriesDrawn {
  readonly queueId: QueueId;
  readonly date: BusinessDate;
  readonly drawn: number;
  readonly issued: number;
  /** Stretches of its numbers that restores on that day have left out. */
  readonly leftOut?: readonly { readonly from: number; readonly count: number }[];
}
