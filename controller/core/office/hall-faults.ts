import { backupsFault } from "../attendance/rota-turn.ts";
import { dayNumber } from "../attendance/hall-time.ts";
import { type Policy, type PolicyFault, rulesAt } from "../policy/policy.ts";
import type { AttendanceConfiguration } from "./attendance-configuration.ts";
import { CENTRE_UNIT } from "./filing-rights.ts";

type Asked = Pick<AttendanceConfiguration, "units" | "turns"> &
  Partial<Pick<AttendanceConfiguration, "offices" | "from">>;

/** What a hall's own staffing leaves out that its regulation asks for, with its place and the rules. */
export function hallFaults(policy: Policy, asked: Asked): readonly PolicyFault[] {
  const { units, turns, offices = {}, from } = asked;
  return [
    ...chiefFaults(policy, units),
    ...reservedFaults(units),
    ...backupFaults(policy, turns),
    ...officeFaults(policy, offices),
    ...(from === undefined || dayNumber(from) !== null ? [] : [noDate("from", from)]),
  ];
}

const noDate = (path: string, date: string): PolicyFault => ({
  code: "DATE_INVALID",
  path,
  message: `"${date}" is not a date of the calendar`,
  rules: [],
});

/** These mean everybody, and whoever no unit names. */
const RESERVED_UNITS: ReadonlySet<string> = new Set(["all", CENTRE_UNIT]);

const reservedFaults = (units: Asked["units"]): PolicyFault[] =>
  units.flatMap(({ id }, at): PolicyFault[] => {
    if (!RESERVED_UNITS.has(id)) return [];
    return [{ code: "UNIT_RESERVED", path: `units[${at}].id`, message: `"${id}" has a meaning of its own`, rules: [] }];
  });

/** Offices that the hall itself knows, whatever the regulation. */
const OWN_OFFICES = ["manager", "unit-leader", "sending-unit"];

/** Accounts that hold an office which nobody ever asks for sign nothing: it was meant to be another. */
function officeFaults({ profile }: Policy, offices: NonNullable<Asked["offices"]>): PolicyFault[] {
  const known = new Set([...OWN_OFFICES, ...officesIn(profile)]);
  return Object.keys(offices).flatMap((id): PolicyFault[] => {
    if (known.has(id)) return [];
    const message = `${profile.names.zh} knows no office "${id}", only: ${[...known].toSorted().join(", ")}`;
    return [{ code: "OFFICE_UNKNOWN", path: `offices.${id}`, message, rules: [] }];
  });
}

/** The ids of all that the profile names an office, wherever in it that stands. */
function officesIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  const { id, zh } = node as { readonly id?: unknown; readonly zh?: unknown };
  const own = typeof id === "string" && typeof zh === "string" ? [id] : [];
  return [...own, ...Object.values(node).flatMap(officesIn)];
}

/** ATT-70, AMB-48: a department that sends two people or more names one of them its chief representative. */
function chiefFaults(policy: Policy, units: Asked["units"]): PolicyFault[] {
  const from = policy.profile.posting["chiefRepresentativeFrom"];
  const rules = rulesAt(policy, "posting.chiefRepresentativeFrom");
  return units.flatMap(({ id, staff, chief }, at): PolicyFault[] => {
    const path = `units[${at}].chief`;
    if (chief !== undefined && !staff.includes(chief))
      return [{ code: "CHIEF_ELSEWHERE", path, message: `"${chief}" is not of unit "${id}"`, rules: [] }];
    if (typeof from !== "number" || staff.length < from || chief !== undefined) return [];
    const message = `unit "${id}" sends ${staff.length} people and names no chief representative`;
    return [{ code: "CHIEF_MISSING", path, message, rules }];
  });
}

/** ATT-68: one or two backups for a turn, no more. */
function backupFaults(policy: Policy, turns: Asked["turns"]): PolicyFault[] {
  const limits = policy.profile.rota.backups;
  return turns.flatMap(({ backups }, at): PolicyFault[] => {
    if (limits === null || backupsFault(policy, backups) === null) return [];
    const message = `${backups.length} backups are named: there must be ${limits.min} to ${limits.max}`;
    const rules = rulesAt(policy, "rota.backups");
    return [{ code: "BACKUPS_CONTRADICT", path: `turns[${at}].backups`, message, rules }];
  });
}
