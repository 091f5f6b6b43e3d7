import { type EpochMs, minutes } from "../../../../protocol/index.ts";
import type { CounterView } from "../../counters/counter.ts";
import { linesAt } from "../../sequencing/strict.ts";
import type { HallView } from "../../state.ts";
import { attendanceOf } from "../filing-rights.ts";
import type { Regulation } from "../regulation.ts";
import { runningSession } from "../vacancies.ts";
import { type DutyAlarm, dutyAlarm } from "./duty-alarm.ts";

/** ATT-75: signed in, and for half an hour nothing was done at the window while somebody waited for it. A case. */
export function activityAlarms(hall: HallView, regulation: Regulation, at: EpochMs): DutyAlarm[] {
  const session = runningSession(regulation, at);
  if (session === null) return [];
  const after = minutes(attendanceOf(hall)?.noActivityMinutes ?? 0);
  return [...hall.counters.values()].flatMap((counter) => {
    const { onDuty, paused, visit, maintenance, counterId, onDutySinceMs } = counter;
    if (onDuty === null || paused !== null || visit !== null || maintenance !== null) return [];
    const waitingMs = longestWait(hall, counter);
    if (waitingMs === null) return [];
    const workedMs = hall.office?.worked.get(counterId) ?? 0;
    const sinceMs = Math.max(session.fromMs, onDutySinceMs ?? at, workedMs, waitingMs) as EpochMs;
    if (at - sinceMs < after) return [];
    const alarmId = `no-activity ${counterId} ${onDuty}`;
    return [dutyAlarm({ alarmId, kind: "no-activity", sinceMs, counterId, staffIds: [onDuty], rules: ["ATT-75"] })];
  });
}

function longestWait(hall: HallView, counter: CounterView): EpochMs | null {
  const entered = linesAt(hall, counter).flatMap((line) => {
    const first = line.first();
    return first === undefined ? [] : [first, ...line.olderBehind(first, 1)].map(({ enteredAtMs }) => enteredAtMs);
  });
  return entered.length === 0 ? null : (Math.min(...entered) as EpochMs);
}
