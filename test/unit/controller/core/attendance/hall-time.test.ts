// Proves that the hall's civil seconds are what its clocks show, in both directions, and that no fraction of a second
// is ever rounded up.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  dateOf,
  dayNumber,
  dayOf,
  hallSeconds,
  hallSecondsAt,
  momentOf,
  weekdayOf,
} from "../../../../../controller/core/attendance/hall-time.ts";
import { epochMs } from "../../../../../protocol/index.ts";
import { at, day } from "./attendance-rig.ts";

const SHANGHAI = "Asia/Shanghai";

test("an instant is what the hall's clock shows, with its fraction dropped", () => {
  const eight = epochMs(Date.UTC(2025, 2, 3, 0, 0, 0));
  expect(momentOf(hallSecondsAt(eight, SHANGHAI))).toBe("2025-03-03T08:00:00");
  expect(hallSecondsAt(epochMs(eight + 1_200_999), SHANGHAI)).toBe(at("2025-03-03T08:20:00"));
});

test("what is written is read again", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (second) => {
      expect(hallSeconds(momentOf(second))).toBe(second);
      expect(dayNumber(dateOf(dayOf(second)))).toBe(dayOf(second));
    }),
  );
});

test("weeks begin on Monday", () => {
  expect(["2025-03-03", "2025-03-09", "1970-01-01"].map((date) => weekdayOf(day(date)))).toEqual([1, 7, 4]);
});

test.each(["2025-3-3", "2025-02-29", "2025-13-01", "", "someday"])("%j is no date", (text) => {
  expect(dayNumber(text)).toBeNull();
});

test.each(["2025-03-03 08:00:00", "2025-03-03T08:60:00", "2025-03-03T0a:00:00", "2025-03-03T08:00"])(
  "%j is no moment",
  (text) => {
    expect(hallSeconds(text)).toBeNull();
  },
);
