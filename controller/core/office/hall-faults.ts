import { backupsFault } from "../attendance/rota-turn.ts";
import { type Policy, type PolicyFault, rulesAt } from "../policy/policy.ts";
import type { AttendanceConfiguration } from "./attendance-configuration.ts";

type Asked = Pick<AttendanceConfiguration, "units" | "turns">;

/** What a hall's own staffing leaves out that its regulation asks for, with its place and the rules. */
export function hallFaults(policy: Policy, { units, turns }: Asked): readonly PolicyFault[] {
  return [...chiefFaults(policy, units), ...backupFaults(policy, turns)];
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
