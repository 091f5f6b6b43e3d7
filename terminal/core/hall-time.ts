import { type EpochMs, epochMs, type MonoMs } from "../../protocol/index.ts";

/** Heard so often, the best sample of the last minute or so is among them, and an old one cannot outlive its drift. */
const SAMPLES_MAX = 8;
/** The hall's clock was set back: what was heard before is worth nothing. No delay on a hall's network is as long. */
const STEP_BACK_MS = 2000;

/**
 * What this terminal knows of hall time. A message says what the time was when it was sent: the hall's time at receipt
 * is that or later, by a delay nobody knows. So every sample is a lower bound, and the highest is the best.
 */
export interface HallTime {
  /** Hall time minus own monotonic time, per sample of this boot, newest last. */
  readonly offsets: readonly number[];
  /** The last hall time known before this boot: a bound from the past, until the hall is heard again. */
  readonly floor: EpochMs;
  /** The controller did not trust what was heard last. */
  readonly guessed?: boolean;
}

export const unheardHallTime = (floor: EpochMs): HallTime => ({ offsets: [], floor });

/** Hall time `now` was heard at monotonic time `at`. One that is not trusted may run slower: it outdates all before. */
export function hearHallTime(state: HallTime, now: EpochMs, at: MonoMs, trusted: boolean): HallTime {
  const offset = now - at;
  const steppedBack = state.offsets.length > 0 && offset < Math.max(...state.offsets) - STEP_BACK_MS;
  const kept = steppedBack || !trusted ? [] : state.offsets.slice(1 - SAMPLES_MAX);
  return { ...state, offsets: [...kept, offset], guessed: !trusted };
}

/** Best knowledge of hall time at `at`, and whether it is more than a bound from before this boot. */
export function hallTimeAt(state: HallTime, at: MonoMs): { readonly hallMs: EpochMs; readonly synced: boolean } {
  if (state.offsets.length === 0) return { hallMs: state.floor, synced: false };
  return { hallMs: epochMs(Math.max(0, Math.max(...state.offsets) + at)), synced: true };
}
