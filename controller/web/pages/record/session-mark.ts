import { cellCode, type Mark, markOf } from "../../../core/attendance/cell-marks.ts";
import type { SessionPicture } from "../../../projections/attendance/attendance-pictures.ts";
import type { Words } from "../../design/design.ts";
import { FLAG_WORDS, LEAVE_WORDS, STATE_WORDS } from "../office/session-words.ts";

export const markOfSession = (session: SessionPicture): Mark | null =>
  markOf({ code: cellCode(session), leaveKind: session.leaveKind });

const minutes = (seconds: number): number => Math.ceil(seconds / 60);

/** Who did not sign in at all is late by rule and not by minutes (ATT-03); the same of signing out (ATT-04). */
const lateWords = (late: number): Words =>
  late === 0
    ? { zh: "未签到，记迟到", en: "no sign-in: counted as late" }
    : { zh: `迟到 ${late} 分钟`, en: `${late} min late` };
const earlyWords = (early: number): Words =>
  early === 0
    ? { zh: "未签退，记早退", en: "no sign-out: counted as early" }
    : { zh: `早退 ${early} 分钟`, en: `${early} min early` };

/** What was found of a half day, most important first. */
export function findingsOf({ state, leaveKind, late, lateS, early, earlyS, absence, flags }: SessionPicture): Words[] {
  const found = state === "leave" && leaveKind !== null ? LEAVE_WORDS[leaveKind] : STATE_WORDS[state];
  const isUnused = flags.includes("not-in-use"); // That says it all.
  return [
    ...(isUnused ? [] : [found]),
    ...(late > 0 ? [lateWords(minutes(lateS))] : []),
    ...(early > 0 ? [earlyWords(minutes(earlyS))] : []),
    ...(absence > 0 ? [{ zh: `旷工 ${absence / 2} 天`, en: `${absence / 2} days absent` }] : []),
    ...flags.map((flag) => FLAG_WORDS[flag]),
  ];
}
