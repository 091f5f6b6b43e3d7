import { type Clock, type DurationMs, type EpochMs, HallError, milliseconds, seconds } from "../../protocol/index.ts";
import type { EventStore } from "./ports.ts";

/**
 * Why the hall records nothing now. It is read as committed meanwhile, and nothing is acknowledged.
 *
 * CLOCK_UNSET: neither its clock nor its log knows the time, and what would be written would bear a wrong day for good.
 * Its terminals keep what happens, and their own clocks say how long ago it was once the hall knows the time.
 */
export type WriteFaultCode = "STORE_FULL" | "STORE_READ_ONLY" | "STORE_FAILED" | "CLOCK_UNSET";

export interface WriteFault {
  readonly code: WriteFaultCode;
  readonly message: string;
  readonly sinceMs: EpochMs;
}

/** Refused writes left nothing behind: the same process may go on once the medium takes them again. */
const CURABLE: ReadonlySet<string> = new Set(["STORE_FULL", "STORE_READ_ONLY", "CLOCK_UNSET"]);

export const isCurable = ({ code }: Pick<HallError, "code">): boolean => CURABLE.has(code);

const PROBE_FIRST = seconds(1);
const PROBE_MAX = seconds(15);

/** Pause before probe number `probes` + 1. */
export const probeAfter = (probes: number): DurationMs =>
  milliseconds(Math.min(PROBE_MAX, PROBE_FIRST * 2 ** Math.min(probes, 10)));

/**
 * Asks the store again and again, ever less often, until it takes writes: `onWritable`. A failure that cannot be cured
 * any more goes to `onLost`. Returns what cancels it.
 */
export function probeUntilWritable(parts: {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly onWritable: () => void;
  readonly onLost: (error: HallError) => void;
}): () => void {
  const { store, clock, onWritable, onLost } = parts;
  let probes = 0;
  const probe = (): void => {
    try {
      store.probe();
    } catch (thrown) {
      if (!(thrown instanceof HallError)) throw thrown;
      probes += 1;
      timer = clock.after(probeAfter(probes), probe);
      if (!isCurable(thrown)) onLost(thrown);
      return;
    }
    onWritable();
  };
  let timer = clock.after(probeAfter(0), probe);
  return () => timer.cancel();
}
