import { expect } from "vitest";
import { readProfile } from "../../../../../controller/adapters/policies/policy-files.ts";
import { AttendanceBook } from "../../../../../controller/core/attendance/attendance-book.ts";
import { dayNumber, hallSeconds } from "../../../../../controller/core/attendance/hall-time.ts";
import type { AttendanceInput } from "../../../../../controller/core/attendance/input-schema.ts";
import { readAttendanceInput } from "../../../../../controller/core/attendance/read-input.ts";
import { explainedSheetOf } from "../../../../../controller/core/attendance/sheet.ts";
import { workCalendar, type WorkCalendar } from "../../../../../controller/core/attendance/work-calendar.ts";
import type { Policy } from "../../../../../controller/core/policy/policy.ts";
import { resolvePolicy } from "../../../../../controller/core/policy/resolve-policy.ts";
import { type Json, present } from "../../../../../protocol/index.ts";

type Input = { [Key in keyof AttendanceInput]?: unknown };

/** The year of the acceptance scenarios: public holidays and the weekends worked for them. */
export const CALENDAR_2025 = {
  rest: [4, 5, 6]
    .map((day) => `2025-04-0${day}`)
    .concat(
      [1, 2, 3, 4, 5].map((day) => `2025-05-0${day}`),
      [1, 2, 3, 4, 5, 6, 7, 8].map((day) => `2025-10-0${day}`),
    ),
  work: ["2025-04-27", "2025-09-28", "2025-10-11"],
};
export const SUMMER = { summer: { from: "06-01", to: "09-30" } };
export const EIGHT_TO_FIVE = { hours: { am: ["08:00", "12:00"], pm: ["14:00", "17:30"] } };
export const HALF_PAST_EIGHT = { hours: { am: ["08:30", "12:00"], pm: ["14:00", "17:30"] } };

const MONDAY = "2025-03-03";

/** Taps of one person on one day: "in 07:55:10", "leave-post 09:00:00", "- 11:58:00" for no direction. */
export const taps = (person: string, date: string, ...texts: readonly string[]) =>
  texts.map((text) => {
    const [word = "", time = ""] = text.split(" ");
    return { person, at: `${date}T${time}`, direction: word === "-" ? null : word, terminal: "T1" };
  });

export const monday = (...texts: readonly string[]) => taps("li", MONDAY, ...texts);

/** A whole day on time, for those days that are not what a test looks at. */
export const onTime = (person: string, date: string) =>
  taps(person, date, "in 07:50:00", "out 12:10:00", "in 13:55:00", "out 18:10:00");

/** Input for the county's Monday 3 March 2025 and one person, unless it says otherwise. */
export const inputOf = (input: Input): Input => ({
  policy: "county",
  settings: SUMMER,
  calendar: CALENDAR_2025,
  people: [{ id: "li" }],
  range: { from: MONDAY, to: MONDAY },
  asOf: "2025-12-31T00:00:00",
  ...input,
});

const profiles = new Map<string, ReturnType<typeof readProfile>>();

/** Read once: properties ask for them hundreds of times. */
function builtIn(id: string): ReturnType<typeof readProfile> {
  if (!profiles.has(id)) profiles.set(id, readProfile(id));
  return profiles.get(id) ?? null;
}

export function policyOf(policy: string | { readonly [key: string]: Json }, settings: Json = SUMMER): Policy {
  const resolved = resolvePolicy({ builtIn, policy, settings });
  expect(resolved).toMatchObject({ ok: true });
  if (!resolved.ok) expect.unreachable();
  return resolved.value;
}

export function bookOf(input: Input): { readonly policy: Policy; readonly book: AttendanceBook } {
  const request = readAttendanceInput(inputOf(input));
  expect(request).toMatchObject({ ok: true });
  if (!request.ok) expect.unreachable();
  const { policy: asked, settings, calendar, facts } = request.value;
  const policy = policyOf(asked, settings);
  return { policy, book: new AttendanceBook({ policy, calendar, facts }) };
}

export function derive(input: Input) {
  const { policy, book } = bookOf(input);
  return explainedSheetOf(policy, book);
}

/** The one session of `derive` that is meant. */
export function session(sheet: ReturnType<typeof derive>, name: string, date = MONDAY, person = "li") {
  const found = sheet.sessions.find((line) => line.session === name && line.date === date && line.person === person);
  return present(found, `${person} ${date} ${name}`);
}

export const calendarOf = (policy: Policy): WorkCalendar =>
  workCalendar(policy, {
    rest: new Set(CALENDAR_2025.rest.map(day)),
    work: new Set(CALENDAR_2025.work.map(day)),
  });

export const day = (date: string): number => present(dayNumber(date), date);
export const at = (moment: string): number => present(hallSeconds(moment), moment);
