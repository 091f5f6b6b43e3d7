import { type EpochMs, minutes } from "../../../../protocol/index.ts";
import { rulesAt } from "../../policy/policy.ts";
import { isNoonAt } from "../../staff/sessions.ts";
import type { HallView } from "../../state.ts";
import { DAY_S, dayOf } from "../../attendance/hall-time.ts";
import { secondsOfDay } from "../../policy/session-hours.ts";
import { attendanceOf } from "../filing-rights.ts";
import { isManned } from "../office-watch.ts";
import { hallNow, instantOf, type Regulation } from "../regulation.ts";
import { runningSession } from "../vacancies.ts";
import { type DutyAlarm, dutyAlarm } from "./duty-alarm.ts";

type Watched = NonNullable<ReturnType<typeof attendanceOf>>["staffing"][number];

/** HRS-14: fewer windows of a service are manned and not paused than the duty table asks for at this hour. */
export function staffingAlarms(hall: HallView, regulation: Regulation, at: EpochMs): DutyAlarm[] {
  const attendance = attendanceOf(hall);
  const session = runningSession(regulation, at);
  if (attendance === null || session === null) return [];
  const grace = minutes(attendance.vacancyGraceMinutes);
  return attendance.staffing.flatMap((watched) => {
    const band = bandOf(regulation, watched, at);
    if (at < band.fromMs || at >= band.toMs) return [];
    const { open, closedSince } = windowsOf(hall, watched);
    const short = watched.windows - open;
    if (short <= 0) return [];
    // Of the closed windows all but so many could stay so: the shortage began when the next one closed.
    const began = closedSince[Math.max(0, closedSince.length - short)] ?? 0;
    const sinceMs = Math.max(session.fromMs, band.fromMs, began) as EpochMs;
    if (at - sinceMs < grace) return [];
    return [
      dutyAlarm({
        alarmId: `understaffed ${watched.service} ${watched.from}`,
        kind: "understaffed",
        sinceMs,
        serviceId: watched.service,
        count: open,
        limit: watched.windows,
        rules: rulesAt(regulation.policy, "duty.table"),
      }),
    ];
  });
}

function bandOf(regulation: Regulation, { from, to }: Watched, at: EpochMs): { fromMs: EpochMs; toMs: EpochMs } {
  const midnight = dayOf(hallNow(regulation, at)) * DAY_S;
  const instant = (time: string) => instantOf(midnight + secondsOfDay(time), regulation.zone);
  return { fromMs: instant(from), toMs: instant(to) };
}

/** Of the windows that serve it: how many are open, and since when the others are not, in order. */
function windowsOf(hall: HallView, { service }: Watched): { open: number; closedSince: number[] } {
  const queue = hall.configuration?.services.find(({ id }) => id === service)?.queue;
  const closedSince: number[] = [];
  let open = 0;
  for (const { id, queues } of hall.configuration?.counters ?? []) {
    const counter = hall.counters.get(id);
    if (counter === undefined || queue === undefined || !queues.includes(queue)) continue;
    if (!isManned(counter)) closedSince.push(hall.office?.unmanned.get(id) ?? 0);
    else if (counter.maintenance !== null) closedSince.push(counter.maintenance.sinceMs);
    else if (counter.paused !== null) closedSince.push(counter.pause?.sinceMs ?? 0);
    else open += 1;
  }
  return { open, closedSince: closedSince.toSorted((a, b) => a - b) };
}

/** HRS-13: it is noon, and of those who keep the hall open over it nobody is at a window. */
export function lunchAlarms(hall: HallView, { policy }: Regulation, at: EpochMs): DutyAlarm[] {
  const { day } = hall;
  const noonMs = day?.sessions.findLast(({ toMs }) => toMs <= at)?.toMs;
  if (day === null || noonMs === undefined || day.lunchDuty.length === 0 || !isNoonAt(hall, at)) return [];
  const members = day.lunchDuty.flatMap((id) => hall.staff.get(id) ?? []);
  if (members.some(({ onDutyAt, outing }) => onDutyAt !== null && outing === null)) return [];
  const sinceMs = Math.max(noonMs, ...members.map(({ lastWordMs }) => lastWordMs)) as EpochMs;
  if (at - sinceMs < minutes(attendanceOf(hall)?.vacancyGraceMinutes ?? 0)) return [];
  const rules = rulesAt(policy, "lunchDuty.rotation");
  return [dutyAlarm({ alarmId: "lunch-unmanned", kind: "lunch-unmanned", sinceMs, staffIds: day.lunchDuty, rules })];
}
