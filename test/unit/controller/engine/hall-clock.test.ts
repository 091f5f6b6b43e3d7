// Proves the hall's time against every way a wall clock can be wrong: it never runs back, never jumps for a clock that
// was wrong for a moment, says when it is not to be trusted, and finds back to the wall clock.
import fc from "fast-check";
import { expect, test } from "vitest";
import { HallClock } from "../../../../controller/engine/hall-clock.ts";
import { earlier, later, milliseconds, minutes, seconds } from "../../../../protocol/index.ts";
import { VIRTUAL_START, VirtualClock } from "../../../support/virtual-clock.ts";

function running() {
  const clock = new VirtualClock();
  return { clock, hall: new HallClock(clock, earlier(VIRTUAL_START, minutes(1))) };
}
const HOUR = minutes(60);

test("a steady wall clock is the hall's time", () => {
  const { clock, hall } = running();
  clock.advance(minutes(10));
  expect(hall.read()).toEqual({ at: clock.now(), trusted: true });
});

test("drift and small corrections are followed, never backwards", () => {
  const { clock, hall } = running();
  clock.stepWall(milliseconds(1500));
  expect(hall.read()).toEqual({ at: clock.now(), trusted: true });
  const before = hall.read().at;
  clock.stepWall(milliseconds(-1500));
  expect(hall.read()).toEqual({ at: before, trusted: true });
});

test("a day ahead for 400 ms moves nothing", () => {
  const { clock, hall } = running();
  clock.stepWall(minutes(24 * 60));
  expect(hall.read()).toEqual({ at: VIRTUAL_START, trusted: false });
  clock.advance(milliseconds(400));
  hall.read();
  clock.stepWall(milliseconds(-24 * 60 * 60_000));
  expect(hall.read()).toEqual({ at: later(VIRTUAL_START, milliseconds(400)), trusted: true });
});

test("a step ahead is believed after five minutes, and the hall has gone on meanwhile", () => {
  const { clock, hall } = running();
  clock.stepWall(HOUR);
  hall.read();
  clock.advance(milliseconds(minutes(5) - 1));
  expect(hall.read()).toEqual({ at: later(VIRTUAL_START, milliseconds(minutes(5) - 1)), trusted: false });
  clock.advance(milliseconds(1));
  expect(hall.read()).toEqual({ at: clock.now(), trusted: true });
});

test("a step back is never followed: the hall goes on nearly at its pace until the wall clock is there", () => {
  const { clock, hall } = running();
  clock.stepWall(milliseconds(-60_000));
  clock.advance(seconds(10));
  expect(hall.read()).toEqual({ at: later(VIRTUAL_START, seconds(9.5)), trusted: false });
  for (let minute = 0; minute < 21; minute += 1) {
    clock.advance(minutes(1));
    hall.read();
  }
  expect(hall.read().trusted).toBe(true);
});

test("a wall clock hours behind costs the hall not a second of the day", () => {
  const { clock, hall } = running();
  clock.stepWall(milliseconds(-22 * HOUR));
  clock.advance(milliseconds(8 * HOUR));
  expect(hall.read()).toEqual({ at: later(VIRTUAL_START, milliseconds(8 * HOUR)), trusted: false });
});

test("a clock without battery wakes in 1970: time goes on from the last record, its first setting is believed", () => {
  const clock = new VirtualClock(milliseconds(0) as never);
  const hall = new HallClock(clock, VIRTUAL_START);
  clock.advance(seconds(20));
  expect(hall.read()).toEqual({ at: later(VIRTUAL_START, seconds(20)), trusted: false });
  clock.setWall(later(VIRTUAL_START, HOUR));
  expect(hall.read()).toEqual({ at: later(VIRTUAL_START, HOUR), trusted: true });
});

test("the time is a guess from a start before the last record until the clock is set, and never again", () => {
  const clock = new VirtualClock(milliseconds(0) as never);
  const hall = new HallClock(clock, VIRTUAL_START);
  const isGuess = () => (hall.read(), hall.isGuess);
  expect(isGuess()).toBe(true);
  clock.advance(HOUR);
  expect(isGuess()).toBe(true);
  clock.setWall(later(VIRTUAL_START, milliseconds(20 * HOUR)));
  expect(isGuess()).toBe(false);
  clock.stepWall(milliseconds(-3 * HOUR)); // Wrong, but it has been set: the hall's own time is known.
  expect([isGuess(), hall.read().trusted]).toEqual([false, false]);
  expect(running().hall.isGuess).toBe(false);
});

test("whatever the wall clock does, hall time never runs back and never outruns real time by a step not held", () => {
  const gone = fc.integer({ min: 0, max: 60_000 });
  const move = fc.record({ goneMs: gone, stepMs: fc.integer({ min: -1e8, max: 1e8 }) });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      const { clock, hall } = running();
      let last = hall.read().at;
      for (const { goneMs, stepMs } of moves) {
        clock.stepWall(milliseconds(stepMs));
        const stepped = hall.read().at;
        expect(stepped - last).toBeLessThanOrEqual(2_000);
        expect(stepped).toBeGreaterThanOrEqual(last);
        clock.advance(milliseconds(goneMs));
        last = hall.read().at;
        expect(last).toBeGreaterThanOrEqual(stepped);
      }
    }),
  );
});
