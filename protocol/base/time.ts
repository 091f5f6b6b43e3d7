/** Milliseconds since the Unix epoch, UTC: a wall clock's word. Never subtract two of them to measure a duration. */
export type EpochMs = number & { readonly __unit: "EpochMs" };
/** Milliseconds of a monotonic clock. Comparable only within one boot of one machine. */
export type MonoMs = number & { readonly __unit: "MonoMs" };
/** A length of time in milliseconds, never negative unless a contract says so. */
export type DurationMs = number & { readonly __unit: "DurationMs" };

export const epochMs = (value: number): EpochMs => value as EpochMs;
export const monoMs = (value: number): MonoMs => value as MonoMs;
export const milliseconds = (value: number): DurationMs => value as DurationMs;
export const seconds = (value: number): DurationMs => (value * 1000) as DurationMs;
export const minutes = (value: number): DurationMs => (value * 60_000) as DurationMs;

/** The time from `start` to `end` on one monotonic clock. */
export const elapsed = (start: MonoMs, end: MonoMs): DurationMs => (end - start) as DurationMs;
export const later = <T extends EpochMs | MonoMs>(instant: T, by: DurationMs): T => (instant + by) as T;
export const earlier = <T extends EpochMs | MonoMs>(instant: T, by: DurationMs): T => (instant - by) as T;

/** A pending wake-up. `cancel` after it fired does nothing. */
export interface Timer {
  cancel(): void;
}

/**
 * The only source of time. The one real implementation is `hardware/system`; tests and the simulator move theirs by
 * hand, one instance per node, so that two drifting terminals can stand side by side.
 */
export interface Clock {
  /** Wall clock. May jump in either direction and may be wrong by years after a power cut. */
  now(): EpochMs;
  /** Monotonic clock, unaffected by steps of the wall clock. */
  mono(): MonoMs;
  /** Calls `wake` once, `delay` from now, never before this call has returned. */
  after(delay: DurationMs, wake: () => void): Timer;
  /** Calls `wake` every `period` until cancelled. Missed periods are not made up for. */
  every(period: DurationMs, wake: () => void): Timer;
  /** Calls `wake` as soon as the work already queued is done: the end of the event loop's turn. */
  soon(wake: () => void): void;
}
