import type { BusinessDate, EpochMs, StaffId } from "../../protocol/index.ts";

/** The running business day with its working sessions as instants: computed once, compared as integers. */
export interface HallDay {
  readonly date: BusinessDate;
  readonly startsAtMs: EpochMs;
  readonly endsAtMs: EpochMs;
  readonly sessions: readonly { readonly fromMs: EpochMs; readonly toMs: EpochMs }[];
  /** Who keeps the hall open over noon today (HRS-13). */
  readonly lunchDuty: readonly StaffId[];
}
