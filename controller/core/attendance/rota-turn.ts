import { type Policy, rulesAt } from "../policy/policy.ts";
import { type DayNumber, dayOf, type HallSeconds } from "./hall-time.ts";
import { type WorkCalendar, workdayFrom } from "./work-calendar.ts";

/** What a coming turn at an integrated window asks for (ATT-67, ATT-68). */
export interface TurnTasks {
  /** The incoming and the outgoing person meet at the window. */
  readonly handOverOn: DayNumber | null;
  /** The last working day on which an absence may still be reported. */
  readonly reportBy: DayNumber | null;
  readonly rules: readonly string[];
}

export function turnTasks(policy: Policy, calendar: WorkCalendar, startsOn: DayNumber, absentOn: DayNumber): TurnTasks {
  const { handOverDays, reportDays } = policy.profile.rota;
  return {
    handOverOn: handOverDays === null ? null : startsOn - handOverDays,
    reportBy: reportDays === null ? null : workdayFrom(calendar, absentOn - reportDays, -1), // AMB-21
    rules: [...rulesAt(policy, "rota.handOverDays"), ...rulesAt(policy, "rota.reportDays")],
  };
}

export const isReportedInTime = ({ reportBy }: TurnTasks, at: HallSeconds): boolean =>
  reportBy === null || dayOf(at) <= reportBy;

/** ATT-68: one or two backups per department, no more. */
export function backupsFault({ profile }: Policy, backups: readonly string[]): "too-few" | "too-many" | null {
  const limits = profile.rota.backups;
  if (limits === null) return null;
  if (backups.length < limits.min) return "too-few";
  return backups.length > limits.max ? "too-many" : null;
}
