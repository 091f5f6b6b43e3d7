import { z } from "zod";
import { Bilingual, CounterId, ServiceId, StaffId } from "../../../protocol/index.ts";
import { AccountId } from "../access/actor.ts";
import { DateWord } from "./document-request.ts";

const UNITS_MAX = 64;
const CALENDAR_DAYS_MAX = 2_000;
const HOLDERS_MAX = 32;
const PEOPLE_MAX = 2_000;
const TURNS_MAX = 500;
const TURN_STAFF_MAX = 32;
const STAFFING_MAX = 64;

const UnitId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/u, "lower-case letters, digits and '-'");
const Tree = z.record(z.string(), z.json());

/** A day beyond the weekly rest days: a holiday, or a weekend that is worked for one (HRS-10). */
export const CalendarDay = z.strictObject({
  date: DateWord,
  off: z.boolean(),
  name: z.string().max(32).optional(),
});
export type CalendarDay = z.output<typeof CalendarDay>;

const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, "HH:MM");

/** A turn at an integrated window, of the yearly plan (ATT-66). Both days are included. */
const Turn = z.strictObject({
  counter: CounterId,
  from: DateWord,
  to: DateWord,
  staff: z.array(StaffId).min(1).max(TURN_STAFF_MAX),
  /** Whom the department sends when one of them cannot come (ATT-68). */
  backups: z.array(StaffId).max(TURN_STAFF_MAX).default([]),
});
export type Turn = z.output<typeof Turn>;

/** HRS-14: so many windows of a service at least are manned and not paused, from one hour to another. */
const Staffing = z.strictObject({
  service: ServiceId,
  windows: z.int().min(1).max(500),
  from: TimeOfDay.default("00:00"),
  to: TimeOfDay.default("23:59"),
});

/** The regulation a hall lives under, and what that leaves to the hall. Without it the hall keeps no attendance. */
export const AttendanceConfiguration = z.strictObject({
  /** A built-in profile's id, or a mapping that extends one. */
  policy: z.union([z.string().min(1).max(64), Tree]),
  settings: Tree.default({}),
  /** The built-in profiles that `policy` rests on, put in by the controller: the log holds what it was decided by. */
  profiles: z.record(z.string(), Tree).default({}),
  calendar: z.array(CalendarDay).max(CALENDAR_DAYS_MAX).default([]),
  /** Sending units. Who is in none is of the centre itself. */
  units: z
    .array(
      z.strictObject({
        id: UnitId,
        name: Bilingual,
        staff: z.array(StaffId).max(PEOPLE_MAX),
        /** 首席代表, where the regulation asks for one (ATT-70). */
        chief: StaffId.optional(),
      }),
    )
    .max(UNITS_MAX)
    .default([]),
  /** Who holds an office of the regulation (业务科, 中心主任): accounts by the office's id in the profile. */
  offices: z.record(z.string(), z.array(AccountId).min(1).max(HOLDERS_MAX)).default({}),
  /** Of the staff, who holds such an office: so that the hall knows when they are away (ATT-42). */
  officeHolders: z.record(z.string(), z.array(StaffId).min(1).max(HOLDERS_MAX)).optional(),
  /** The first day that is judged. Default: the day after attendance was first configured. */
  from: DateWord.optional(),
  /** A window without anybody raises the alarm after so long (GAP-03, a product default). */
  vacancyGraceMinutes: z.int().min(0).max(240).default(5),
  /** So long after a session's end its sign-outs are waited for, before terminals must have reported. */
  signOutGraceMinutes: z.int().min(0).max(240).default(30),
  /** Signed in, nothing done and somebody waiting: a case after so long (ATT-75; the figure is `attendance.md`'s). */
  noActivityMinutes: z.int().min(1).max(240).default(30),
  /** The duty table: how many windows of a service must be open when. */
  staffing: z.array(Staffing).max(STAFFING_MAX).default([]),
  /** Who has which window by turns, and when (ATT-66). */
  turns: z.array(Turn).max(TURNS_MAX).default([]),
});
export type AttendanceConfiguration = z.output<typeof AttendanceConfiguration>;

interface Complaint {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What contradicts itself in it, as far as that needs no regulation. */
export function complaintsAboutAttendance(
  { calendar, units, officeHolders }: Pick<AttendanceConfiguration, "calendar" | "units" | "officeHolders">,
  staff: ReadonlySet<string>,
): Complaint[] {
  const days = new Map<string, boolean>();
  const placed = new Set<string>();
  const found: Complaint[] = [];
  for (const [at, { date, off }] of calendar.entries()) {
    const path = ["attendance", "calendar", at, "date"];
    const known = days.get(date);
    if (known !== undefined && known !== off) {
      found.push({ path, message: `CALENDAR_CONTRADICTS: ${date} is a day off and a working day (HRS-10)` });
    }
    if (!isDate(date)) found.push({ path, message: `"${date}" is not a date of the calendar` });
    days.set(date, off);
  }
  for (const [at, unit] of units.entries()) {
    const path = ["attendance", "units", at];
    if (units.findIndex(({ id }) => id === unit.id) !== at)
      found.push({ path: [...path, "id"], message: `"${unit.id}" stands here a second time` });
    for (const [index, id] of unit.staff.entries()) {
      if (!staff.has(id)) found.push({ path: [...path, "staff", index], message: `"${id}" is not defined` });
      if (placed.has(id)) found.push({ path: [...path, "staff", index], message: `"${id}" is of two units` });
      placed.add(id);
    }
  }
  for (const [office, holders] of Object.entries(officeHolders ?? {})) {
    for (const [at, id] of holders.entries()) {
      const path = ["attendance", "officeHolders", office, at];
      if (!staff.has(id)) found.push({ path, message: `"${id}" is not defined` });
    }
  }
  return found;
}

const DAY_MS = 86_400_000;
const isDate = (date: string): boolean => {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isInteger(at / DAY_MS) && new Date(at).toISOString().startsWith(date);
};
