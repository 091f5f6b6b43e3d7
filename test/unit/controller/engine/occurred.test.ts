import fc from "fast-check";
import { expect, test } from "vitest";
import { epochMs, type Input } from "../../../../protocol/index.ts";
import { occurredAt } from "../../../../controller/engine/occurred.ts";
import { envelope, input } from "./engine-rig.ts";

const RECEIVED = epochMs(1_000_000);

// Envelope: boot 1, sent at monotonic 1,000. Received at hall time 1,000,000.
test.each([
  [
    "same boot, synchronised: last hall time heard, to receipt minus age",
    { monoMs: 400, hallMs: 999_300 },
    [999_300, 999_400],
  ],
  [
    "same boot, not synchronised: its age is known, so it is of this morning and not of the last contact",
    { monoMs: 400, hallMs: 5_000, synced: false },
    [984_400, 999_400],
  ],
  [
    "earlier boot, synchronised: the hall time it knew was under way for as long as a message can be",
    { boot: 0, hallMs: 700_000 },
    [700_000, 715_000],
  ],
  [
    "earlier boot, synchronised a moment before it ended: not after this boot began",
    { boot: 0, hallMs: 998_000 },
    [998_000, 999_000],
  ],
  [
    "earlier boot, not synchronised: anywhere between the last contact and this boot",
    { boot: 0, hallMs: 5_000, synced: false },
    [5_000, 999_000],
  ],
  [
    "a boot that the envelope does not know: it bounds nothing",
    { boot: 2, hallMs: 5_000, synced: false },
    [5_000, 1_000_000],
  ],
  [
    "same boot, on a guessed hall time that is still the hall's: as exact as any",
    { monoMs: 400, hallMs: 999_300, guessed: true },
    [999_300, 999_400],
  ],
  [
    "same boot, on a guessed hall time, and the clock was set since: its age dates it",
    { monoMs: 400, hallMs: 5_000, guessed: true },
    [984_400, 999_400],
  ],
  [
    "earlier boot, on a guessed hall time: that is a bound from the past, and no more",
    { boot: 0, hallMs: 700_000, guessed: true },
    [700_000, 999_000],
  ],
  ["a terminal whose hall time runs ahead is held to the age", { monoMs: 400, hallMs: 999_900 }, [999_400, 999_400]],
  ["a word from the future is held to the receipt", { boot: 2, hallMs: 2_000_000 }, [1_000_000, 1_000_000]],
  ["an age below zero is held to the receipt", { monoMs: 5_000, hallMs: 999_999 }, [999_999, 1_000_000]],
] satisfies [string, Partial<Input>, [number, number]][])("%s", (_title, changes, [earliest, latest]) => {
  const one = input(1, changes);
  expect(occurredAt(envelope([one]), one, RECEIVED)).toMatchObject({ earliest, latest, ageKnown: one.boot === 1 });
});

// A hall whose own clock is not set cannot say when it heard of an input without an age: it keeps the terminal's word.
test.each([
  ["of this boot its age says enough", { hallMs: 999_300 }, undefined],
  ["synchronised", { boot: 0, hallMs: 700_000 }, [700_000, 715_000]],
  ["never synchronised: after that, and before it came", { boot: 0, hallMs: 5_000, synced: false }, [5_000, null]],
  ["on a guessed time: after that, and before it came", { boot: 0, hallMs: 5_000, guessed: true }, [5_000, null]],
] satisfies [string, Partial<Input>, unknown][])("the terminal's word, %s", (_title, changes, toldMs) => {
  const one = input(1, changes);
  expect(occurredAt(envelope([one]), one, RECEIVED).toldMs).toEqual(toldMs);
});

test("always earliest <= latest <= receipt, in whole milliseconds", () => {
  const clock = fc.double({ min: 0, max: 3e12, noNaN: true });
  fc.assert(
    fc.property(clock, clock, clock, fc.boolean(), fc.nat(1), (monoMs, hallMs, sentMonoMs, synced, boots) => {
      const one = input(1, { monoMs, hallMs, synced, boot: 1 + boots });
      const { earliest, latest } = occurredAt({ ...envelope([one]), sentMonoMs }, one, RECEIVED);
      expect(earliest).toBeLessThanOrEqual(latest);
      expect(latest).toBeLessThanOrEqual(RECEIVED);
      expect([earliest, latest].every((end) => Number.isSafeInteger(end) && end >= 0)).toBe(true);
    }),
  );
});
