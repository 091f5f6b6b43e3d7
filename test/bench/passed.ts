import { systemClock } from "../../hardware/system/system-clock.ts";
import type { DurationMs } from "../../protocol/index.ts";

/** The machine's own time: a bench measures what really passes. */
export const passed = (duration: DurationMs): Promise<void> =>
  new Promise((resolve) => void systemClock.after(duration, resolve));
