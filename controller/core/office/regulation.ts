import type { EpochMs, Result } from "../../../protocol/index.ts";
import { type DayNumber, dayNumber, type HallSeconds, hallSecondsAt } from "../attendance/hall-time.ts";
import { Timetable } from "../attendance/timetable.ts";
import { type CalendarTable, workCalendar, type WorkCalendar } from "../attendance/work-calendar.ts";
import type { HallConfiguration } from "../configuration.ts";
import type { Policy, PolicyFault } from "../policy/policy.ts";
import { type ProfileTree, resolvePolicy } from "../policy/resolve-policy.ts";
import type { HallView } from "../state.ts";
import type { AttendanceConfiguration } from "./attendance-configuration.ts";

/** What a hall's attendance is decided by: its policy with the calendar and its hours worked out. */
export interface Regulation {
  readonly policy: Policy;
  readonly table: CalendarTable;
  readonly calendar: WorkCalendar;
  readonly timetable: Timetable;
  readonly zone: string;
}

type Configuration = NonNullable<HallView["configuration"]> | HallConfiguration;

/** Worked out once for each configuration, which never changes. */
const known = new WeakMap<object, Regulation | null>();

/** Null in a hall that keeps no attendance. */
export function regulationOf(configuration: Configuration | null): Regulation | null {
  if (configuration === null || configuration.attendance === undefined) return null;
  const found = known.get(configuration);
  if (found !== undefined) return found;
  const regulation = regulationIn(configuration.attendance as AttendanceConfiguration, configuration.zone);
  known.set(configuration, regulation);
  return regulation;
}

function regulationIn(attendance: AttendanceConfiguration, zone: string): Regulation | null {
  const policy = policyOf(attendance);
  if (!policy.ok) return null; // Refused at the start; an older log may hold what this build reads otherwise.
  const table = calendarTable(attendance.calendar);
  const calendar = workCalendar(policy.value, table);
  return { policy: policy.value, table, calendar, timetable: new Timetable(policy.value, calendar), zone };
}

/** The policy a hall asks for, from the profiles it carries, or else from `builtIn`. */
export const policyOf = (
  { policy, settings, profiles }: Pick<AttendanceConfiguration, "policy" | "settings" | "profiles">,
  builtIn: (id: string) => ProfileTree | null = () => null,
): Result<Policy, readonly PolicyFault[]> =>
  resolvePolicy({ policy, settings: settings, builtIn: (id) => profiles[id] ?? builtIn(id) });

export function calendarTable(days: AttendanceConfiguration["calendar"]): CalendarTable {
  const numbers = (off: boolean) => days.flatMap((day) => (day.off === off ? (dayNumber(day.date) ?? []) : []));
  return { rest: new Set(numbers(true)), work: new Set(numbers(false)) };
}

export { instantOf } from "../attendance/hall-time.ts";

/** Today's sessions as the regulation has them; none on a rest day. */
export function slotsOn({ timetable }: Regulation, day: DayNumber) {
  const plan = timetable.on(day);
  return plan.isWorkday ? plan.slots : [];
}

export const hallNow = ({ zone }: Regulation, at: EpochMs): HallSeconds => hallSecondsAt(at, zone);
