import type { HallAlarm, RestoredPicture } from "../../../projections/alarms.ts";
import type { HallOverview } from "../../../projections/hall-overview.ts";
import type { CounterOverview } from "../../../projections/overview-counters.ts";
import type { RefusalPicture } from "../../../terminals/refusal-book.ts";
import type { TerminalOverview } from "../../../terminals/terminal-overview.ts";

export type { QueueOverview } from "../../../projections/hall-overview.ts";
export type { CounterOverview, HallAlarm, HallOverview, RestoredPicture, TerminalOverview };
export type RefusalOverview = RefusalPicture;

/** What `/api/overview/events` tells, each whole. */
export interface HallPictures {
  readonly overview: HallOverview;
  readonly terminals: readonly TerminalOverview[];
  readonly refusals: readonly RefusalOverview[];
}
