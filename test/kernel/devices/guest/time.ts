import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { type Log, silentLog } from "../../../../protocol/base/log.ts";
import { assert } from "../../../../protocol/base/assert.ts";
import { type DurationMs, elapsed, milliseconds, minutes, seconds } from "../../../../protocol/base/time.ts";

// The machine's clock counts instructions and jumps over idleness: its time is the same however fast the host is, and
// waiting costs next to none of the host's.

const LOOK_EVERY = milliseconds(5);
const PATIENCE = minutes(1);

/** What a link complains of, among the machine's words: the way to why a test failed. */
export const loud: Log = {
  ...silentLog,
  warn: (event, fields) => void process.stderr.write(`${event} ${JSON.stringify(fields)}\n`),
  error: (event, fields) => void process.stderr.write(`${event} ${JSON.stringify(fields)}\n`),
};

/** Longer than any pause between two attempts. No longer: while anybody reads, dummy_hcd works at every tick. */
export const LONG = seconds(3);

export const passed = (duration: DurationMs): Promise<void> =>
  new Promise((resolve) => void systemClock.after(duration, resolve));

export const atLeast = (least: DurationMs) => (duration: DurationMs) => passed(milliseconds(Math.max(duration, least)));

export async function until(what: string, holds: () => boolean): Promise<void> {
  const start = systemClock.mono();
  while (!holds()) {
    assert(elapsed(start, systemClock.mono()) < PATIENCE, `within a minute: ${what}`);
    await passed(LOOK_EVERY);
  }
}
