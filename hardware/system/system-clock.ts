import { performance } from "node:perf_hooks";
import { type Clock, type DurationMs, epochMs, monoMs, type Timer } from "../../protocol/base/time.ts";

/** The machine's own clocks. The only place where time is read or waited for. */
export const systemClock: Clock = {
  now: () => epochMs(Date.now()),
  mono: () => monoMs(performance.now()),
  after(delay: DurationMs, wake: () => void): Timer {
    const handle = setTimeout(wake, delay);
    return { cancel: () => clearTimeout(handle) };
  },
  every(period: DurationMs, wake: () => void): Timer {
    const handle = setInterval(wake, period);
    return { cancel: () => clearInterval(handle) };
  },
  soon(wake: () => void): void {
    setImmediate(wake);
  },
};
