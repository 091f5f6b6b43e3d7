import { cellCode, type Mark, markOf } from "../../../core/attendance/cell-marks.ts";
import type { SessionPicture } from "../../../projections/attendance/attendance-pictures.ts";
import type { Words } from "../../design/design.ts";
import { FLAG_WORDS, LEAVE_WORDS, STATE_WORDS } from "../office/session-words.ts";

export const markOfSession = (session: SessionPicture): Mark | null =>
  markOf({ code: cellCode(session), leaveKind: session.leaveKind });

const minutes = (seconds: number): number => Math.ceil(seconds / 60);

/** What was found of a half day, most important first. */
export function findingsOf({ state, leaveKind, late, lateS, early, earlyS, absence, flags }: SessionPicture): Words[] {
  const found = state === "leave" && leaveKind !== null ? LEAVE_WORDS[leaveKind] : STATE_WORDS[state];
  return [
    found,
    ...(late > 0 ? [{ zh: `迟到 ${minutes(lateS)} 分钟`, en: `${minutes(lateS)} min late` }] : []),
    ...(early > 0 ? [{ zh: `早退 ${minutes(earlyS)} 分钟`, en: `${minutes(earlyS)} min early` }] : []),
    ...(absence > 0 ? [{ zh: `旷工 ${absence / 2} 天`, en: `${absence / 2} days absent` }] : []),
    ...flags.map((flag) => FLAG_WORDS[flag]),
  ];
}
