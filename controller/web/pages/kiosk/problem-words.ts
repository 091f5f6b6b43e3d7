import type { Words } from "../../design/design.ts";

/** The hall's problem codes for people: what the hall itself does not word in both languages. */
export const PROBLEM_WORDS: Readonly<Record<string, Words>> = {
  "not-open": { zh: "现在不取号", en: "No tickets are given now" },
  "series-exhausted": { zh: "号码已用完，请稍候再试", en: "All numbers are in use, please try again later" },
  "contingent-exhausted": { zh: "今日号源已取完", en: "Today's tickets are all taken" },
  "unknown-service": { zh: "此业务已停止取号", en: "This service gives no tickets any more" },
  "unknown-priority": { zh: "没有此优先类别", en: "There is no such priority class" },
  "unknown-counter": { zh: "没有此窗口", en: "There is no such window" },
  "no-session": { zh: "请先刷牌签到，再用新地址打开", en: "Badge in first, then open the page by its new address" },
  "bad-desk-token": { zh: "此地址已用过，或不属于本窗口", en: "This address was used before, or is another window's" },
  "hall-cannot-write": { zh: "磁盘已满或无法写入，暂不能办理", en: "The hall cannot record anything now" },
  "too-busy": { zh: "系统繁忙，请稍后再试", en: "Very busy, please try again" },
  internal: { zh: "系统故障，已记录，可以重试", en: "A fault, on record; you may try again" },
};
