import type { EpochMs } from "../../protocol/index.ts";

/** An instant on the controller's own monotonic clock: `ms` since the machine's boot of that name. */
export interface ClockMark {
  readonly boot: string;
  readonly ms: number;
}

/**
 * What an event bears that was recorded while nobody had set the clock, and the hall's time went on from the last
 * record: once it is set, the mark tells when this really was.
 */
export interface GuessMark extends ClockMark {
  /**
   * Of an input whose age nobody knows, when its terminal says that it was: no setting of this clock moves that. A
   * later end of null: it was before it came, and nothing more is known.
   */
  readonly toldMs?: readonly [earliest: EpochMs, latest: EpochMs | null];
}

/** Since when the hall's time is guessed, and the last event that was dated so. */
export interface Guess extends ClockMark {
  readonly fromSeq: number;
  readonly atMs: EpochMs;
}
