import { type Bilingual, bilingual, type StaffId } from "../../protocol/index.ts";
import { configuredPerson } from "../core/configured.ts";
import { DUTY_ALARMS, type DutyAlarm, type DutyAlarmKind } from "../core/office/alarms/duty-alarm.ts";
import type { HallView } from "../core/state.ts";
import type { HallAlarm } from "./alarms.ts";

/** So many of one kind are named in its line; the rest is counted. */
const NAMED_MAX = 4;

type Say = (alarm: DutyAlarm, hall: HallView) => Bilingual;

const nameOf = (hall: HallView, id: StaffId | undefined): string =>
  id === undefined ? "" : (configuredPerson(hall, id)?.name ?? id);
const windowOf = ({ counterId }: DutyAlarm): string => counterId?.toUpperCase() ?? "";
const serviceOf = (hall: HallView, { serviceId }: DutyAlarm): Bilingual =>
  hall.configuration?.services.find(({ id }) => id === serviceId)?.name ?? bilingual("", "");

const standing: Say = ({ staffIds: [by, covers], count, limit }, hall) =>
  bilingual(
    `${nameOf(hall, by)}代${nameOf(hall, covers)} ${count}/${limit} 个工作日`,
    `${nameOf(hall, by)} for ${nameOf(hall, covers)}, day ${count} of ${limit}`,
  );

/** The service, and who was named for it outside the hours. */
const bookedWith: Say = (alarm, hall) => {
  const { zh, en } = serviceOf(hall, alarm);
  const name = nameOf(hall, alarm.staffIds[0]);
  return bilingual(`${zh} ${name}`.trimEnd(), `${en} ${name}`.trimEnd());
};

const WORDS: { readonly [K in DutyAlarmKind]: { readonly title: Bilingual; readonly say: Say } } = {
  "cover-limit": { title: bilingual("超过代岗期限", "Standing in beyond the limit"), say: standing },
  "cover-near": { title: bilingual("代岗将到期限", "Standing in is near its limit"), say: standing },
  understaffed: {
    title: bilingual("在岗窗口不足", "Too few windows open"),
    say: (alarm, hall) => {
      const { zh, en } = serviceOf(hall, alarm);
      return bilingual(`${zh} ${alarm.count}/${alarm.limit}`, `${en} ${alarm.count} of ${alarm.limit}`);
    },
  },
  "lunch-unmanned": {
    title: bilingual("午间值班无人在岗", "Nobody on lunch duty is at a window"),
    say: ({ staffIds }, hall) => {
      const names = staffIds.slice(0, NAMED_MAX).map((id) => nameOf(hall, id));
      return bilingual(names.join("、"), names.join(", "));
    },
  },
  "hand-over-due": {
    title: bilingual("轮值交接待办", "Hand-over of a turn is due"),
    say: (alarm) => bilingual(`${windowOf(alarm)} 号窗口`, `window ${windowOf(alarm)}`),
  },
  "no-activity": {
    title: bilingual("有人等候而窗口无动作", "Nothing done at a window while people wait"),
    say: (alarm, hall) => {
      const name = nameOf(hall, alarm.staffIds[0]);
      return bilingual(`${windowOf(alarm)} 号窗口 ${name}`, `window ${windowOf(alarm)}, ${name}`);
    },
  },
  "appointment-unattended": {
    title: bilingual("预约时段无人到岗", "Nobody is there for an appointment"),
    say: bookedWith,
  },
  "appointment-overdue": { title: bilingual("预约超时未办", "An appointment is overdue"), say: bookedWith },
};

/** What stands now, one line a kind, as `postAlarms` does for empty posts. */
export function dutyAlarmLines(hall: HallView): HallAlarm[] {
  const alarms = [...(hall.office?.alarms.values() ?? [])];
  return DUTY_ALARMS.flatMap((kind): HallAlarm[] => {
    const own = alarms.filter((alarm) => alarm.kind === kind);
    if (own.length === 0) return [];
    const { title, say } = WORDS[kind];
    const said = own.slice(0, NAMED_MAX).map((alarm) => say(alarm, hall));
    const more = own.length > NAMED_MAX ? ` +${own.length - NAMED_MAX}` : "";
    const text = bilingual(
      `${title.zh}：${said.map(({ zh }) => zh).join("；")}${more}`,
      `${title.en}: ${said.map(({ en }) => en).join("; ")}${more}`,
    );
    return [{ code: kind, text, sinceMs: Math.min(...own.map(({ sinceMs }) => sinceMs)) }];
  });
}
