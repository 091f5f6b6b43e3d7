import { HallError } from "../../../protocol/index.ts";
import { appointmentFaults } from "../../core/appointments/appointment-faults.ts";
import type { AppointmentsConfiguration } from "../../core/appointments/appointments-configuration.ts";
import type { HallConfiguration } from "../../core/configuration.ts";
import type { AttendanceConfiguration } from "../../core/office/attendance-configuration.ts";
import { hallFaults } from "../../core/office/hall-faults.ts";
import { policyOf } from "../../core/office/regulation.ts";
import { type SettingNote, settingNotes } from "../../core/policy/ignored-settings.ts";
import type { PolicyFault } from "../../core/policy/policy.ts";
import { profileId, type ProfileTree } from "../../core/policy/resolve-policy.ts";
import { calendarContradictions, readCalendars } from "./calendar-files.ts";
import { readProfile } from "./policy-files.ts";

/** Everything that is wrong with a hall's policy, with the rules that make it wrong. Empty: it may be activated. */
export function policyFaults(
  attendance: AttendanceConfiguration,
  book?: AppointmentsConfiguration,
): readonly PolicyFault[] {
  const policy = policyOf(attendance, readProfile);
  return policy.ok ? [...hallFaults(policy.value, attendance), ...appointmentFaults(policy.value, book)] : policy.error;
}

/** Where a hall's attendance stands in its configuration. */
const AT = "hall.attendance.";

/** What a hall should know of its settings though its policy may be activated; with its place in the configuration. */
export function hallNotes({ attendance }: Pick<HallConfiguration, "attendance">): readonly SettingNote[] {
  if (attendance === undefined) return [];
  const policy = policyOf(attendance as AttendanceConfiguration, readProfile);
  return policy.ok ? settingNotes(policy.value).map((note) => ({ ...note, path: AT + note.path })) : [];
}

const OF_THE_HALL: ReadonlySet<string | number | undefined> = new Set([
  "settings",
  "units",
  "turns",
  "offices",
  "from",
]);

/** Where in a configuration a policy's fault stands: settings are beside the policy, everything else is in it. */
export function placeOf({ path }: PolicyFault): (string | number)[] {
  const steps = [...path.matchAll(/[^.[\]]+/gu)].map(([step]) => (/^\d+$/u.test(step) ? Number(step) : step));
  const [first] = steps;
  if (first === "appointments" && isOfTheBook(steps)) return ["hall", ...steps];
  if (OF_THE_HALL.has(first)) return ["hall", "attendance", ...steps];
  return ["hall", "attendance", "policy", ...(first === "policy" ? steps.slice(1) : steps)];
}

/** The hall's own book stands beside its attendance; the profile's word about it does not. */
const isOfTheBook = ([, part]: readonly (string | number)[]): boolean => part === "channels" || part === "reasons";

export const faultLine = ({ code, message, rules }: PolicyFault): string =>
  `${code}: ${message}${rules.length === 0 ? "" : ` (${rules.join(", ")})`}`;

/**
 * The configuration as it goes into the log: with the profiles that its policy rests on, and the calendars that were
 * imported into `directory`. Throws HallError CONFIG_REFUSED where they contradict it.
 */
export function completedHall<H extends Pick<HallConfiguration, "attendance" | "appointments">>(
  hall: H,
  directory: string,
): H {
  if (hall.attendance === undefined) return hall;
  const attendance = hall.attendance as AttendanceConfiguration;
  const imported = readCalendars(directory);
  const named = new Set(attendance.calendar.map(({ date }) => date));
  const calendar = [...attendance.calendar, ...imported.filter(({ date }) => !named.has(date))];
  const [contradiction] = calendarContradictions(calendar);
  if (contradiction !== undefined) throw new HallError("CONFIG_REFUSED", `calendar: ${contradiction}`);
  const completed = { ...attendance, profiles: profilesOf(attendance), calendar };
  const [fault] = policyFaults(completed, hall.appointments as AppointmentsConfiguration | undefined);
  if (fault !== undefined) throw new HallError("CONFIG_REFUSED", `${placeOf(fault).join(".")}: ${faultLine(fault)}`);
  return { ...hall, attendance: completed };
}

/** Every built-in profile that the policy extends, one after the other. */
function profilesOf({ policy, profiles }: AttendanceConfiguration): AttendanceConfiguration["profiles"] {
  const found: Record<string, ProfileTree> = { ...profiles };
  let next: unknown = typeof policy === "string" ? policy : policy["extends"];
  while (typeof next === "string" && found[profileId(next)] === undefined) {
    const tree: ProfileTree | null = readProfile(profileId(next));
    if (tree === null) break;
    found[profileId(next)] = tree;
    next = tree["extends"];
  }
  return found as AttendanceConfiguration["profiles"];
}
