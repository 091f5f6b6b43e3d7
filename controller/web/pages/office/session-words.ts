import type { SessionPicture } from "../../../projections/attendance/attendance-pictures.ts";
import type { LeaveKind } from "../../../core/attendance/facts.ts";
import type { Words } from "../../design/design.ts";

type State = SessionPicture["state"];

/** A colour of the house per state: `class="chip good"`. */
export const STATE_TONE: Readonly<Record<State, "good" | "alarm" | "pause" | "act" | "off">> = {
  attended: "good",
  absent: "alarm",
  leave: "pause",
  business: "act",
  training: "act",
  rest: "off",
  "not-due": "off",
  pending: "off",
};

export const STATE_WORDS: Readonly<Record<State, Words>> = {
  attended: { zh: "出勤", en: "Attended" },
  absent: { zh: "缺勤", en: "Absent" },
  leave: { zh: "请假", en: "On leave" },
  business: { zh: "公出", en: "On business" },
  training: { zh: "培训会议", en: "Training" },
  rest: { zh: "休息", en: "Rest" },
  "not-due": { zh: "未到时间", en: "Not begun" },
  pending: { zh: "待定", en: "Not settled" },
};

export const SESSION_WORDS: Readonly<Record<SessionPicture["session"], Words>> = {
  am: { zh: "上午", en: "Morning" },
  pm: { zh: "下午", en: "Afternoon" },
  day: { zh: "全天", en: "Day" },
};

export const FLAG_WORDS: Readonly<Record<SessionPicture["flags"][number], Words>> = {
  "slight-late": { zh: "轻微迟到", en: "Slightly late" },
  "outing-unpermitted": { zh: "未经批准外出", en: "Out without permission" },
  "overstayed-leave": { zh: "超假", en: "Overstayed leave" },
  "not-ready": { zh: "未提前到岗", en: "Not ready in time" },
  "out-of-hours": { zh: "非打卡时段", en: "Out of hours" },
  "direction-mismatch": { zh: "进出方向不符", en: "Wrong direction" },
  void: { zh: "打卡作废", en: "Tap void" },
  "needs-review": { zh: "待核实", en: "Needs review" },
  "needs-confirmation": { zh: "待确认", en: "Needs confirmation" },
  "not-in-use": { zh: "未启用", en: "Not yet in use" },
  "unreturned-leave": { zh: "未销假", en: "No return noted" },
  favoured: { zh: "时钟存疑，从宽", en: "In doubt, in favour" },
};

export const LEAVE_WORDS: Readonly<Record<LeaveKind, Words>> = {
  oral: { zh: "口头假", en: "Oral leave" },
  personal: { zh: "事假", en: "Personal leave" },
  sick: { zh: "病假", en: "Sick leave" },
  annual: { zh: "年休假", en: "Annual leave" },
  marriage: { zh: "婚假", en: "Marriage leave" },
  maternity: { zh: "产假", en: "Maternity leave" },
  "home-visit": { zh: "探亲假", en: "Home visit" },
  bereavement: { zh: "丧假", en: "Bereavement" },
  "work-injury": { zh: "工伤假", en: "Work injury" },
  business: { zh: "公出", en: "On business" },
  training: { zh: "培训", en: "Training" },
};
