import { systemClock } from "../../hardware/system/system-clock.ts";
import { type DurationMs, elapsed } from "../../protocol/index.ts";

/** How long `step` takes. */
export async function timed(step: () => Promise<void> | void): Promise<DurationMs> {
  const begun = systemClock.mono();
  await step();
  return elapsed(begun, systemClock.mono());
}
