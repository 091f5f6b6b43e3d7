import { type DurationMs, milliseconds } from "./base/time.ts";
import { RECONNECT_BASE, RECONNECT_MAX } from "./limits.ts";

/** Past this many failures the ceiling is reached long since: keeps 2^n an honest number. */
const DOUBLINGS_MAX = 16;

/**
 * Full jitter: uniform in 0..min(RECONNECT_MAX, RECONNECT_BASE * 2^failures), so that 300 terminals that lost the same
 * controller do not come back at the same instant. `chance` is uniform in [0, 1).
 */
export function backoff(failures: number, chance: number): DurationMs {
  const ceiling = Math.min(RECONNECT_MAX, RECONNECT_BASE * 2 ** Math.min(failures, DOUBLINGS_MAX));
  return milliseconds(Math.floor(chance * ceiling));
}
