import type { EpochMs } from "../../../../protocol/index.ts";
import { startOf } from "../../attendance/hall-time.ts";
import { rulesAt } from "../../policy/policy.ts";
import type { HallView } from "../../state.ts";
import { instantOf, type Regulation } from "../regulation.ts";
import { handOversDue, isHandedOver } from "../turns.ts";
import { type DutyAlarm, dutyAlarm } from "./duty-alarm.ts";

/** ATT-67: a week before a turn both sides meet at the window; it stands until both have badged there. */
export function turnAlarms(hall: HallView, regulation: Regulation, _at: EpochMs): DutyAlarm[] {
  return handOversDue(hall, regulation).flatMap((due) => {
    const { turnId, turn, outgoing, dueOn } = due;
    const alarmId = `hand-over-due ${turnId}`;
    if (hall.office?.handedOver.has(alarmId) === true) return [];
    if (isHandedOver(due, hall.office?.alarms.get(alarmId)?.seen ?? [])) return [];
    return [
      dutyAlarm({
        alarmId,
        kind: "hand-over-due",
        sinceMs: instantOf(startOf(dueOn), regulation.zone),
        counterId: turn.counter,
        staffIds: [...outgoing, ...turn.staff],
        rules: rulesAt(regulation.policy, "rota.handOverDays"),
      }),
    ];
  });
}
