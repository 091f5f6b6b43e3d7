import type { Words } from "../../design/design.ts";

/** The hall's problem codes for people: what the hall itself does not word in both languages. */
export const PROBLEM_WORDS: Readonly<Record<string, Words>> = {
  "not-open": { zh: "现在不取号", en: "No tickets are given now" },
  "series-exhausted": { zh: "号码已用完，请稍候再试", en: "All numbers are in use, please try again later" },
  "contingent-exhausted": { zh: "今日号源已取完", en: "Today's tickets are all taken" },
  "unknown-service": { zh: "此业务已停止取号", en: "This service gives no tickets any more" },
  "unknown-priority": { zh: "没有此优先类别", en: "There is no such priority class" },
  "unknown-counter": { zh: "没有此窗口", en: "There is no such window" },
  "no-session": { zh: "请先在本窗口刷牌签到", en: "Badge in at this window first" },
  "not-signed-in": { zh: "请先登录", en: "Sign in first" },
  "not-allowed": { zh: "您的角色无权办理", en: "Your role may not do this" },
  "bad-credentials": { zh: "用户名或密码不正确", en: "The name or the password is wrong" },
  "too-many-checks": {
    zh: "校验码错误次数过多，请到窗口恢复",
    en: "Too many wrong codes; please ask at a window",
  },
  "too-many-bookings": { zh: "预约次数过多，请稍后再约", en: "Too many bookings from here; try again later" },
  "locked-out": { zh: "密码错误次数过多，请15分钟后再试", en: "Too many wrong passwords; try again in 15 minutes" },
  "bad-link": { zh: "链接已用过或无效，请查看控制台", en: "The link is used or was never good; see the console" },
  "weak-password": {
    zh: "密码太简单：至少10个字符，不含用户名，不要重复",
    en: "Too easy: 10 characters or more, not the account's name, not one character over and over",
  },
  "malformed-request": { zh: "填写不符合要求", en: "Something is not filled in as it must be" },
  "body-too-large": { zh: "文件超过1兆字节", en: "The file is larger than 1 MiB" },
  "paper-type-refused": { zh: "只收照片（JPEG、PNG）和PDF", en: "Only photos (JPEG, PNG) and PDF are taken" },
  "hall-cannot-write": { zh: "磁盘已满或无法写入，暂不能办理", en: "The hall cannot record anything now" },
  "too-busy": { zh: "系统繁忙，请稍后再试", en: "Very busy, please try again" },
  internal: { zh: "系统故障，已记录，可以重试", en: "A fault, on record; you may try again" },
};
