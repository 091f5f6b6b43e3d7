import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BusinessDate, businessDayOf, epochMs, instantAt, isTimeZone } from "../../../protocol/index.ts";

const HOUR = 3_600_000;
const at = (iso: string) => epochMs(Date.parse(iso));
const date = (text: string) => text as BusinessDate;

// Zones whose days are short, long, skipped, or begin at one in the morning.
const ZONES = [
  "Asia/Shanghai",
  "Asia/Urumqi",
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/Sao_Paulo",
  "America/Havana",
  "Asia/Beirut",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Pacific/Kiritimati",
];
const instants = fc.integer({ min: Date.UTC(1980, 0, 1), max: Date.UTC(2040, 0, 1) }).map(epochMs);
const zones = fc.constantFrom(...ZONES);

describe("the business day", () => {
  test("contains its instant, and the next begins where it ends, in every zone", () => {
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const day = businessDayOf(instant, zone);
        expect(day.startsAt <= instant && instant < day.endsAt).toBe(true);
        const next = businessDayOf(day.endsAt, zone);
        expect(next.startsAt).toBe(day.endsAt);
        expect(next.date > day.date).toBe(true);
        expect(businessDayOf(epochMs(day.endsAt - 1), zone)).toEqual(day);
        expect(businessDayOf(day.startsAt, zone)).toEqual(day);
      }),
    );
  });

  test("in Shanghai turns at 16:00 UTC", () => {
    expect(businessDayOf(at("2026-03-01T15:59:59.999Z"), "Asia/Shanghai").date).toBe("2026-03-01");
    expect(businessDayOf(at("2026-03-01T16:00:00.000Z"), "Asia/Shanghai")).toEqual({
      date: "2026-03-02",
      startsAt: at("2026-03-01T16:00:00Z"),
      endsAt: at("2026-03-02T16:00:00Z"),
    });
  });

  test.each([
    ["Shanghai, summer time begins 1986", "Asia/Shanghai", "1986-05-04", 23],
    ["Shanghai, summer time ends 1986", "Asia/Shanghai", "1986-09-14", 25],
    ["Shanghai, summer time begins 1991", "Asia/Shanghai", "1991-04-14", 23],
    ["Shanghai, summer time ends 1991", "Asia/Shanghai", "1991-09-15", 25],
    ["Shanghai, no summer time in 1992", "Asia/Shanghai", "1992-04-12", 24],
    ["Berlin, spring", "Europe/Berlin", "2026-03-29", 23],
    ["Berlin, autumn", "Europe/Berlin", "2026-10-25", 25],
    ["Lord Howe, half an hour", "Australia/Lord_Howe", "2026-10-04", 23.5],
    ["São Paulo, a day without midnight", "America/Sao_Paulo", "2018-11-04", 23],
    ["Havana, a day with two midnights", "America/Havana", "2025-11-02", 25],
  ])("%s", (_what, zone, text, hours) => {
    const noon = instantAt(date(text), "12:00", zone);
    const day = businessDayOf(noon, zone);
    expect(day.date).toBe(text);
    expect((day.endsAt - day.startsAt) / HOUR).toBe(hours);
  });

  test("Apia went from 29 to 31 December 2011", () => {
    const day = businessDayOf(at("2011-12-29T20:00:00Z"), "Pacific/Apia");
    expect(day.date).toBe("2011-12-29");
    expect(businessDayOf(day.endsAt, "Pacific/Apia").date).toBe("2011-12-31");
  });
});

describe("the instant of a wall-clock time", () => {
  test("in Shanghai is eight hours before UTC's, nine in the summer of 1988", () => {
    expect(instantAt(date("2026-03-02"), "09:00", "Asia/Shanghai")).toBe(at("2026-03-02T01:00:00Z"));
    expect(instantAt(date("1988-07-01"), "09:00", "Asia/Shanghai")).toBe(at("1988-07-01T00:00:00Z"));
  });

  test("00:00 is where the day begins and 24:00 where it ends", () => {
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const day = businessDayOf(instant, zone);
        expect(instantAt(day.date, "00:00", zone)).toBe(day.startsAt);
        expect(instantAt(day.date, "24:00", zone)).toBe(day.endsAt);
      }),
    );
  });

  test("a time that is skipped comes later by the gap, one that comes twice is its first", () => {
    expect(instantAt(date("2026-03-29"), "02:30", "Europe/Berlin")).toBe(at("2026-03-29T01:30:00Z"));
    expect(instantAt(date("2026-10-25"), "02:30", "Europe/Berlin")).toBe(at("2026-10-25T00:30:00Z"));
  });
});

test("a zone is known by its name", () => {
  for (const zone of ZONES) expect(isTimeZone(zone)).toBe(true);
  for (const text of ["", "Beijing", "Asia/Nowhere", "Asia/Shanghai ", "../etc/passwd"])
    expect(isTimeZone(text)).toBe(false);
});
