import fc from "fast-check";
import { expect, test } from "vitest";
import { epochMs, monoMs } from "../../../protocol/index.ts";
import { hallTimeAt, hearHallTime, unheardHallTime } from "../../../terminal/core/hall-time.ts";

const FLOOR = epochMs(1000);
const heard = (samples: readonly (readonly [now: number, at: number])[]) =>
  samples.reduce((state, [now, at]) => hearHallTime(state, epochMs(now), monoMs(at), true), unheardHallTime(FLOOR));

// Before the hall was heard, only the past is known, and it is said so.
test("unheard, it is a bound from before the boot", () => {
  expect(hallTimeAt(unheardHallTime(FLOOR), monoMs(5000))).toEqual({ hallMs: 1000, synced: false });
});

test.each<[string, [number, number][], number, number]>([
  ["runs on with the monotonic clock", [[100_000, 50]], 1050, 101_000],
  [
    "keeps the sample that came fastest",
    [
      [100_000, 50],
      [101_000, 1150],
    ],
    1150,
    101_100,
  ],
  [
    "takes a better sample at once",
    [
      [100_000, 150],
      [101_000, 1050],
    ],
    1050,
    101_000,
  ],
  [
    "follows a hall clock that was set back",
    [
      [100_000, 0],
      [90_000, 1000],
    ],
    1000,
    90_000,
  ],
  [
    "follows a hall clock that was set forward",
    [
      [100_000, 0],
      [200_000, 1000],
    ],
    1000,
    200_000,
  ],
])("%s", (_, samples, at, hallMs) => {
  expect(hallTimeAt(heard(samples), monoMs(at))).toEqual({ hallMs, synced: true });
});

// A lucky sample of long ago must not outlive the drift of the clock it was taken by.
test("forgets samples after the eighth newer one", () => {
  const slow: [number, number][] = Array.from({ length: 8 }, (_, i) => [101_000 + i * 1000, 1500 + i * 1000]);
  expect(hallTimeAt(heard([[100_000, 0], ...slow]), monoMs(8500)).hallMs).toBe(108_000);
});

// A controller whose wall clock fell behind lets hall time run slower: older words would put every press ahead of it.
test("of a clock that is not trusted only the newest word counts", () => {
  const later = hearHallTime(heard([[100_000, 0]]), epochMs(109_500), monoMs(10_000), false);
  expect(hallTimeAt(later, monoMs(10_000)).hallMs).toBe(109_500);
});

// Whatever the delays (under 2 s), the estimate never runs ahead of the hall: nobody is late by our doing.
test("is a lower bound of hall time", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1900 }), { minLength: 1, maxLength: 30 }), (delays) => {
      const TRUE_OFFSET = 1_000_000;
      const samples = delays.map((delay, i): [number, number] => [TRUE_OFFSET + i * 10_000, i * 10_000 + delay]);
      const at = delays.length * 10_000;
      expect(hallTimeAt(heard(samples), monoMs(at)).hallMs).toBeLessThanOrEqual(TRUE_OFFSET + at);
    }),
  );
});
