import { expect, test } from "vitest";
import { LoopProbe } from "../../../../controller/observation/loop-probe.ts";
import { type Clock, type DurationMs, milliseconds, monoMs } from "../../../../protocol/index.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

// How late the event loop comes by is measured against what was asked for, and no longer after the stop.

test("a loop in time is not late; one that was held up is late by what it was held up", () => {
  const virtual = new VirtualClock();
  let lateBy = 0;
  const clock: Clock = Object.assign(Object.create(virtual) as Clock, {
    mono: () => monoMs(virtual.mono() + lateBy),
    after: virtual.after.bind(virtual),
  });
  const delays: DurationMs[] = [];
  const probe = new LoopProbe(clock, (by) => void delays.push(by));
  probe.start();
  virtual.advance(milliseconds(100));
  lateBy = 700;
  virtual.advance(milliseconds(100));
  expect(delays).toEqual([0, 700]);
  probe.stop();
  virtual.advance(milliseconds(1_000));
  expect(delays).toHaveLength(2);
});
