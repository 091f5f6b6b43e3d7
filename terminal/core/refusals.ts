import { type Bilingual, bilingual } from "../../protocol/index.ts";

/** Why this terminal itself refused a key, for the person in front of it. The codes are stable: logs carry them. */
export const REFUSALS = {
  "nobody-on-duty": bilingual("请先刷卡上岗", "Nobody on duty: badge in first"),
  maintenance: bilingual("设备维护中，不可操作", "In maintenance"),
  "nothing-held": bilingual("没有挂起的号", "No ticket is held here"),
  "not-available": bilingual("当前不可操作", "Not available now"),
  "question-pending": bilingual("请先刷卡确认", "A question is open: answer with the badge"),
  "no-controller": bilingual("未连接控制器，不可操作", "No controller: not possible now"),
  "hall-cannot-write": bilingual("大厅无法存储，不可操作", "The hall cannot write: not possible now"),
  "still-pending": bilingual("上一操作处理中", "The last press is still being answered"),
  "journal-full": bilingual("存储已满，无法记录", "Storage full: cannot record"),
  "journal-unwritable": bilingual("存储故障，无法记录", "Storage fault: cannot record"),
} as const satisfies Record<string, Bilingual>;
export type RefusalCode = keyof typeof REFUSALS;

/** What else the plate's last line says on its own account. */
export const NOTES = {
  badgeRecorded: bilingual("刷卡已记录", "Badge recorded"),
  assistanceRequested: bilingual("已请求协助", "Assistance requested"),
  unconfirmed: bilingual("未确认", "Unconfirmed"),
  noController: bilingual("未连接控制器", "No controller"),
  hallUnwritable: bilingual("大厅磁盘已满或无法写入", "The hall cannot write"),
  journalUnwritable: bilingual("存储故障，刷卡与按键无法记录", "Storage fault: nothing is recorded here"),
  clockNotSet: bilingual("时钟未校准", "Clock not set"),
} as const satisfies Record<string, Bilingual>;
