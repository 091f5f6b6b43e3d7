// Proves what becomes of the time of an event that was recorded on a guessed hall time, once the clock is set: exact
// where the machine ran on, in doubt where it did not, and where its terminal put it where only that is known.
import fc from "fast-check";
import { expect, test } from "vitest";
import { redated } from "../../../../../controller/core/attendance/redating.ts";
import type { GuessMark } from "../../../../../controller/core/clock-mark.ts";
import type { EventOf, HallEvent } from "../../../../../controller/core/events.ts";
import { epochMs } from "../../../../../protocol/index.ts";

/** The machine booted at true 100,000,000; its clock was set at true 100,060,000, a minute later. */
const BOOTED = 100_000_000;
const SET = BOOTED + 60_000;
const setting = (boot = "b"): EventOf<"clock.set"> =>
  ({ type: "clock.set", recordedAtMs: SET, data: { fromSeq: 1, boot, bootedAtMs: BOOTED, byMs: null } }) as never;

/** Recorded at guessed 40,000,500 for something between 40,000,000 and 40,000,200, half a minute after the boot. */
const tapAt = (guess?: Partial<GuessMark>): HallEvent =>
  ({
    occurredAtMs: 40_000_000,
    occurredUntilMs: 40_000_200,
    recordedAtMs: 40_000_500,
    ...(guess !== undefined && { guess: { boot: "b", ms: 30_500, ...guess } }),
  }) as never;

const told = (from: number, to: number | null): Partial<GuessMark> => ({
  toldMs: [epochMs(from), to === null ? null : epochMs(to)],
});

// Half a minute of an undisciplined quartz: 3 ms.
test.each([
  ["not guessed: as it was", undefined, [40_000_000, 40_000_200, 40_000_500]],
  ["of this boot", {}, [BOOTED + 29_997, BOOTED + 30_202, BOOTED + 30_500]],
  ["of an earlier boot: between the guess and this boot", { boot: "a" }, [40_000_000, BOOTED - 300, 40_000_500]],
  ["dated by its terminal's word", told(39_000_000, 39_015_000), [39_000_000, 39_015_000, BOOTED + 30_500]],
  ["after its terminal's word", told(39_000_000, null), [39_000_000, BOOTED + 30_202, BOOTED + 30_500]],
  ["a word from the future", told(200_000_000, 200_015_000), [BOOTED + 30_502, BOOTED + 30_502, BOOTED + 30_500]],
  [
    "of an earlier boot, after its terminal's word",
    { boot: "a", ...told(39_000_000, null) },
    [39_000_000, BOOTED - 300, 40_000_500],
  ],
] satisfies [string, Partial<GuessMark> | undefined, number[]][])("%s", (_title, guess, expected) => {
  const { occurredAtMs, occurredUntilMs, recordedAtMs } = redated(tapAt(guess), setting());
  expect([occurredAtMs, occurredUntilMs, recordedAtMs]).toEqual(expected);
});

test("a clock that the hall waited for may be wrong itself: what it says and what was guessed are possible", () => {
  const behind = {
    ...setting(),
    data: { ...setting().data, bootedAtMs: epochMs(39_900_000) },
    recordedAtMs: 39_960_000,
  };
  expect(redated(tapAt({}), behind as never)).toEqual({
    occurredAtMs: 39_929_997,
    occurredUntilMs: 40_000_200,
    recordedAtMs: 40_000_500,
  });
});

test("whatever was guessed and told: the ends stay in order, and what a boot bridges holds the truth", () => {
  const ms = fc.integer({ min: 0, max: 60_000 });
  const at = fc.integer({ min: 0, max: 200_000_000 });
  fc.assert(
    fc.property(ms, at, fc.nat(10_000), fc.nat(20_000), fc.boolean(), (mark, recorded, age, doubt, sameBoot) => {
      const event = {
        occurredAtMs: Math.max(0, recorded - age - doubt),
        occurredUntilMs: Math.max(0, recorded - age),
        recordedAtMs: recorded,
        guess: { boot: sameBoot ? "b" : "a", ms: mark },
      } as never;
      const { occurredAtMs, occurredUntilMs } = redated(event, setting());
      expect(occurredAtMs).toBeLessThanOrEqual(occurredUntilMs);
      if (!sameBoot || recorded < age) return;
      const truth = BOOTED + mark - age;
      expect(occurredUntilMs).toBeGreaterThanOrEqual(truth);
      expect(occurredAtMs).toBeLessThanOrEqual(truth);
    }),
  );
});
