import type { EpochMs } from "../../../../protocol/index.ts";
import { type CoverDay, coverVerdicts } from "../../attendance/cover-limits.ts";
import { dayNumber } from "../../attendance/hall-time.ts";
import type { HallView } from "../../state.ts";
import type { Regulation } from "../regulation.ts";
import { type DutyAlarm, dutyAlarm } from "./duty-alarm.ts";

const HALF_DAYS_MAX = 2;

/** ATT-56: whoever stands in now, near a limit (18 of 20, 36 of 40) or beyond it (the 21st, the 41st day). */
export function coverAlarms(hall: HallView, { policy, calendar }: Regulation, at: EpochMs): DutyAlarm[] {
  const { maxRun, maxYear } = policy.profile.bpost;
  const today = dayNumber(hall.day?.date ?? "");
  if (today === null || (maxRun === null && maxYear === null)) return [];
  return [...hall.staff.values()].flatMap(({ staffId, coverFor, onDutyAt, onDutySinceMs }) => {
    if (coverFor === null || onDutyAt === null) return [];
    const acted = [...(hall.office?.cover.values() ?? [])].flatMap(({ by, covers, date, sessions }): CoverDay[] => {
      const day = by === staffId && covers === coverFor ? dayNumber(date) : null;
      return day === null || day > today ? [] : [{ day, halfDays: Math.min(sessions.length, HALF_DAYS_MAX) }];
    });
    const verdict = coverVerdicts(policy, calendar, acted).at(-1);
    if (verdict === undefined || verdict.state === "allowed") return [];
    const { run, year, rules } = verdict;
    const byRun = maxRun !== null && (maxYear === null || run / maxRun >= year / maxYear);
    const kind = verdict.state === "blocked" ? "cover-limit" : "cover-near";
    return [
      dutyAlarm({
        alarmId: `${kind} ${staffId} ${coverFor}`,
        kind,
        sinceMs: onDutySinceMs ?? at,
        counterId: onDutyAt,
        staffIds: [staffId, coverFor],
        count: byRun ? run : year,
        limit: byRun ? maxRun : maxYear,
        rules,
      }),
    ];
  });
}
