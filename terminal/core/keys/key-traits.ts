import {
  type DurationMs,
  KEY_CHATTER_QUIET,
  KEY_EDGES_MAX,
  KEY_EDGES_WITHIN,
  KEY_REARM,
  KEY_SETTLE,
  KEY_SETTLE_WORN,
  KEY_STUCK_AFTER,
  KEY_STUCK_RELEASE,
} from "../../../protocol/index.ts";

/** How a contact behaves that bounces, and when it is worn. Switches differ from nanoseconds to hundreds of ms. */
export interface ContactTraits {
  readonly settle: DurationMs;
  readonly settleWorn: DurationMs;
  readonly edgesMax: number;
  readonly edgesWithin: DurationMs;
  readonly chatterQuiet: DurationMs;
}

/** What a kind of key is like. No kind has code of its own. */
export interface KeyTraits extends ContactTraits {
  /** Held for so long it is a long press; null: the key knows no long press. */
  readonly longAfter: DurationMs | null;
  readonly rearm: DurationMs;
  readonly stuckAfter: DurationMs;
  readonly stuckRelease: DurationMs;
}

export const keyTraits = (longAfter: DurationMs | null): KeyTraits => ({
  longAfter,
  settle: KEY_SETTLE,
  settleWorn: KEY_SETTLE_WORN,
  edgesMax: KEY_EDGES_MAX,
  edgesWithin: KEY_EDGES_WITHIN,
  chatterQuiet: KEY_CHATTER_QUIET,
  rearm: KEY_REARM,
  stuckAfter: KEY_STUCK_AFTER,
  stuckRelease: KEY_STUCK_RELEASE,
});
