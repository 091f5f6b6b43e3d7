import { expect, test } from "vitest";
import { milliseconds } from "../../../../protocol/index.ts";
import { Life } from "../../../../simulator/time/life.ts";
import { NodeClock } from "../../../../simulator/time/node-clock.ts";
import { Scheduler } from "../../../../simulator/time/scheduler.ts";

function clockOf(driftPpm: number, wallMs = 0) {
  const scheduler = new Scheduler();
  const clock = new NodeClock(scheduler, new Life("t01", 1), { driftPpm, wallMs, soonUs: 5 });
  return { scheduler, clock };
}

test("a clock that runs fast measures more, and its timers fire early in the world's time", () => {
  const { scheduler, clock } = clockOf(1000);
  let firedAtUs = 0;
  clock.after(milliseconds(1001), () => {
    firedAtUs = scheduler.nowUs;
  });
  scheduler.runUntil(2_000_000, 100);
  expect(Math.abs(firedAtUs - 1_000_000)).toBeLessThanOrEqual(1);
  expect(clock.mono()).toBeCloseTo(2002, 6);
});

test("a step of the wall clock moves neither the monotonic clock nor a timer", () => {
  const { scheduler, clock } = clockOf(0, 1_000_000);
  let fired = false;
  clock.after(milliseconds(100), () => {
    fired = true;
  });
  clock.stepWall(-3_600_000);
  scheduler.runUntil(50_000, 100);
  expect([clock.mono(), clock.now(), fired]).toEqual([50, 1_000_000 - 3_600_000 + 50, false]);
  scheduler.runUntil(100_000, 100);
  expect(fired).toBe(true);
});

test("every period fires until it is cancelled, also from within", () => {
  const { scheduler, clock } = clockOf(0);
  let count = 0;
  const timer = clock.every(milliseconds(10), () => {
    count += 1;
    if (count === 3) timer.cancel();
  });
  scheduler.runUntil(1_000_000, 100);
  expect(count).toBe(3);
});

test("lazy beats see the same instants as a timer would have shown them", () => {
  const { scheduler, clock } = clockOf(0);
  const seen: number[] = [];
  clock.beats(milliseconds(250), () => seen.push(clock.mono()));
  scheduler.runUntil(900_000, 100);
  expect(seen).toEqual([]);
  clock.catchUp();
  expect(seen).toEqual([250, 500, 750]);
  expect(clock.mono()).toBe(900);
});

// A standstill that looked like a life of beats would hide from the product what it must notice: seed 209 acted late.
test("beats that came due in a standstill are missed, and the first one after it shows the whole gap", () => {
  const { scheduler, clock } = clockOf(0);
  const seen: number[] = [];
  clock.beats(milliseconds(250), () => seen.push(clock.mono()));
  scheduler.runUntil(5_000_000, 100);
  clock.missBeats();
  clock.catchUp();
  clock.restartBeats();
  expect(seen).toEqual([5_000]);
});

test("a delay too small for a float moves time on all the same", () => {
  const { scheduler, clock } = clockOf(0);
  scheduler.runUntil(1_000_000, 10);
  let at = 0;
  clock.after(milliseconds(1e-12), () => {
    at = scheduler.nowUs;
  });
  scheduler.runUntil(2_000_000, 10);
  expect(at).toBeGreaterThan(1_000_000);
});
