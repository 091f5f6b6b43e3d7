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
  instantOf,
  momentOf,
  weekdayOf,
} from "../../../../../controller/core/attendance/hall-time.ts";
import { type EpochMs, epochMs, Temporal } from "../../../../../protocol/index.ts";
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

// The offset of a zone is looked up once for as long as it holds: also where it changes twice a year, where it once
// left out a whole day, and for whatever came before, the answer is the calendar's own.
test.each([SHANGHAI, "Europe/Berlin", "Pacific/Apia", "America/St_Johns"])("%s: as the calendar has it", (zone) => {
  const zoned = (instant: EpochMs) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const instants = fc.integer({ min: 0, max: 2_000_000_000_000 });
  const changes = [1_325_239_200_000, 1_774_746_000_000, 1_792_890_000_000]; // Apia's lost day; Berlin's two of 2026.
  const nearAChange = fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -1e7, max: 1e7 }));
  const any = fc.oneof(
    instants,
    nearAChange.map(([change, off]) => change + off),
  );
  fc.assert(
    fc.property(any, (ms) => {
      const second = hallSecondsAt(epochMs(ms), zone);
      expect(momentOf(second)).toBe(zoned(epochMs(ms)).toPlainDateTime().toString({ smallestUnit: "second" }));
      const expected = Temporal.PlainDateTime.from(momentOf(second)).toZonedDateTime(zone).epochMilliseconds;
      expect(instantOf(second, zone)).toBe(expected);
    }),
    { numRuns: 300 },
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
