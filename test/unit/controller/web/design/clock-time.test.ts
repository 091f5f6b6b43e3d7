import { expect, test } from "vitest";
import { calendarDay, clockTime } from "../../../../../controller/web/design/clock-time.ts";

// Proves that pages show the hall's time and day, whatever the zone of the machine that runs this.

const MIDNIGHT_IN_SHANGHAI = Date.UTC(2026, 2, 1, 16);

test.each([
  ["Asia/Shanghai", "00:00", { year: 2026, month: 3, day: 2 }],
  ["Asia/Urumqi", "22:00", { year: 2026, month: 3, day: 1 }],
  ["UTC", "16:00", { year: 2026, month: 3, day: 1 }],
])("midnight of the hall, told in %s", (zone, time, day) => {
  expect(clockTime(MIDNIGHT_IN_SHANGHAI, zone)).toBe(time);
  expect(calendarDay(MIDNIGHT_IN_SHANGHAI, zone)).toEqual(day);
});

test("without a zone the machine's own is taken", () => {
  const at = new Date(2026, 2, 2, 9, 5);
  expect(clockTime(at.getTime())).toBe("09:05");
  expect(calendarDay(at.getTime())).toEqual({ year: 2026, month: 3, day: 2 });
});
