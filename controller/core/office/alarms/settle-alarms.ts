import type { EpochMs } from "../../../../protocol/index.ts";
import { appointmentAlarms } from "../../appointments/appointment-alarms.ts";
import { CONTROLLER, draft } from "../../drafts.ts";
import type { EventDraft } from "../../events.ts";
import type { HallView } from "../../state.ts";
import { type Regulation, regulationOf } from "../regulation.ts";
import { activityAlarms } from "./activity-alarms.ts";
import { coverAlarms } from "./cover-alarms.ts";
import type { DutyAlarm } from "./duty-alarm.ts";
import { lunchAlarms, staffingAlarms } from "./staffing-alarms.ts";
import { turnAlarms } from "./turn-alarms.ts";

type Watch = (hall: HallView, regulation: Regulation, at: EpochMs) => readonly DutyAlarm[];
const WATCHES: readonly Watch[] = [
  coverAlarms,
  staffingAlarms,
  lunchAlarms,
  turnAlarms,
  activityAlarms,
  appointmentAlarms,
];

/** What should stand and does not, and what stands and is over. Nothing in a hall that keeps no attendance. */
export function settleAlarms(hall: HallView, at: EpochMs): EventDraft[] {
  const { configuration, office } = hall;
  const regulation = regulationOf(configuration);
  if (regulation === null || office === null) return [];
  const watched = WATCHES.flatMap((watch) => watch(hall, regulation, at));
  if (watched.length === 0 && office.alarms.size === 0) return [];
  const wanted = new Map(watched.map((each) => [each.alarmId, each]));
  const over = [...office.alarms.values()].filter(({ alarmId }) => !wanted.has(alarmId));
  const begun = [...wanted.values()].filter(({ alarmId }) => !office.alarms.has(alarmId));
  return [
    ...over.map(({ alarmId, kind, sinceMs }) => draft("alarm.cleared", { alarmId, kind, sinceMs }, CONTROLLER)),
    ...begun.map((alarm) => draft("alarm.raised", alarm, CONTROLLER)),
  ];
}
