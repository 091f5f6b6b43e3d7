import type { Clock, EpochMs } from "../protocol/index.ts";

/** `clock` with the hall's own time for the wall clock's: what is shown for a while must not hang on a wrong clock. */
export const onHallTime = (clock: Clock, hallTime: () => EpochMs): Clock => ({
  now: hallTime,
  mono: () => clock.mono(),
  after: (delay, wake) => clock.after(delay, wake),
  every: (period, wake) => clock.every(period, wake),
  soon: (wake) => clock.soon(wake),
});
