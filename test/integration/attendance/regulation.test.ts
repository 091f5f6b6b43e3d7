// Proves that a hall's choice of regulation is refused where it contradicts itself, with place and rule ids, by the
// schema that `config check` and the start read; and that an imported year of holidays is kept whole or not at all.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keepCalendar, readCalendars, readHolidayFile } from "../../../controller/adapters/policies/calendar-files.ts";
import { completedHall } from "../../../controller/adapters/policies/hall-policy.ts";
import { ControllerConfiguration } from "../../../controller/config.ts";
import { testConfiguration } from "../../support/test-hall.ts";

const SUMMER = { summer: { from: "06-01", to: "09-30" } };

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "hallward-calendar-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const configured = (attendance: object) =>
  ControllerConfiguration.safeParse({ directory: "d", hall: { ...testConfiguration(1), attendance } });

const CONTRADICTIONS: readonly (readonly [object, string, RegExp])[] = [
  [{ policy: "county" }, "hall.attendance.settings.summer", /^POLICY_SUMMER_MISSING: .*\(HRS-05, AMB-09\)$/u],
  [
    { policy: "hall-0900", settings: { noon: ["12:00", "13:00"] } },
    "hall.attendance.policy.calendar.restDaysPerMonth",
    /HRS-09/u,
  ],
  [{ policy: "nowhere" }, "hall.attendance.policy", /^POLICY_UNKNOWN/u],
  [
    { policy: { extends: "county", late: { absentFrom: { atLeast: "10:00" } } }, settings: SUMMER },
    "hall.attendance.policy.late.absentFrom",
    /ATT-03/u,
  ],
];
test.each(CONTRADICTIONS)("%j is refused at %s", (attendance, place, why) => {
  const [issue] = configured(attendance).error?.issues ?? [];
  expect(issue?.path.join(".")).toBe(place);
  expect(issue?.message).toMatch(why);
});

test("a calendar that contradicts itself is refused with its place (HRS-10)", () => {
  const day = { date: "2026-01-01", off: true };
  const parsed = configured({ policy: "county", settings: SUMMER, calendar: [day, { ...day, off: false }] });
  expect(parsed.error?.issues[0]).toMatchObject({
    message: expect.stringContaining("CALENDAR_CONTRADICTS") as unknown,
  });
  expect(parsed.error?.issues[0]?.path.slice(-3)).toEqual(["calendar", 1, "date"]);
});

test("a policy that fits goes into the log with the profiles it rests on, and the imported calendar", () => {
  const directory = folder();
  keepCalendar(directory, 2026, [{ date: "2026-01-01", off: true, name: "元旦" }]);
  const parsed = configured({ policy: { extends: "county", conversion: { n: 4 } }, settings: SUMMER });
  if (!parsed.success) throw parsed.error;
  const { attendance } = completedHall(parsed.data.hall, directory);
  expect(Object.keys(attendance?.profiles ?? {})).toEqual(["county"]);
  expect(attendance?.calendar).toEqual([{ date: "2026-01-01", off: true, name: "元旦" }]);
});

test("a year of the public data is read; one that contradicts itself is not, and nothing of it is kept", () => {
  const directory = folder();
  const write = (days: object[]): string => {
    const file = join(directory, "year.json");
    writeFileSync(file, JSON.stringify({ $id: "x", year: 2026, papers: [], days }));
    return file;
  };
  const holiday = { name: "元旦", date: "2026-01-01", isOffDay: true };
  const { year, days } = readHolidayFile(write([holiday, { name: "元旦", date: "2026-01-04", isOffDay: false }]));
  keepCalendar(directory, year, days);
  expect(readCalendars(directory).map(({ date, off }) => [date, off])).toEqual([
    ["2026-01-01", true],
    ["2026-01-04", false],
  ]);
  const twice = write([holiday, { ...holiday, isOffDay: false }]);
  expect(() => readHolidayFile(twice)).toThrow(/days\[1\]: 2026-01-01 is a day off and a working day/u);
  expect(() => readHolidayFile(write([{ ...holiday, date: "2026-02-30" }]))).toThrow(/not a date of the calendar/u);
  expect(() => readHolidayFile(write([]))).toThrow(/CALENDAR_MALFORMED|days/u);
  expect(readCalendars(directory)).toHaveLength(2);
});
