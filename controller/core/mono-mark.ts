import type { DurationMs, StreamId } from "../../protocol/index.ts";

/** An instant on the monotonic clock of one terminal; `ms` since that boot. */
export interface MonoMark {
  readonly stream: StreamId;
  readonly boot: number;
  readonly ms: number;
}

/** I14: how long it took by the terminal's own clock; null when both ends are not of one boot. */
export function between(from: MonoMark | undefined, to: MonoMark | undefined): DurationMs | null {
  if (from === undefined || to === undefined || from.stream !== to.stream || from.boot !== to.boot) return null;
  return Math.max(0, to.ms - from.ms) as DurationMs;
}
