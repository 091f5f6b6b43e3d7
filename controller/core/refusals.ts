import { type Bilingual, bilingual } from "../../protocol/index.ts";
import type { BadgeEffect, RefusalCode } from "./events.ts";

/** What the person at the counter reads when a key changed nothing. */
export const REFUSAL_TEXTS: { readonly [K in RefusalCode]: Bilingual } = {
  outdated: bilingual("界面已更新，请再按一次", "Changed meanwhile, press again"),
  "too-late": bilingual("按键超时，未执行", "Too late, not done"),
  "no-counter": bilingual("本终端未分配窗口", "No window assigned"),
  "nobody-on-duty": bilingual("请先刷工作牌", "Badge in first"),
  "nobody-waiting": bilingual("暂无等候", "Nobody waits"),
  "too-fresh": bilingual("号票刚取，请稍候再呼", "Just printed, wait a moment"),
  "has-ticket": bilingual("当前号未办结", "Ticket still open"),
  "not-called": bilingual("没有已呼叫的号", "No called ticket"),
  "recall-limit": bilingual("已达重呼次数，可按过号", "No more recalls, mark no-show"),
  "recall-too-soon": bilingual("重呼过快，请稍候", "Recall too soon"),
  "not-announced": bilingual("尚未播报，请稍候", "Not announced yet"),
  "no-show-too-soon": bilingual("呼叫未满时限，不能过号", "Too soon for a no-show"),
  paused: bilingual("窗口已暂停", "Window is paused"),
  "not-paused": bilingual("窗口未暂停", "Window is not paused"),
  "is-out": bilingual("外出中，请刷牌返回", "Out: badge to come back"),
  "question-pending": bilingual("请先刷牌确认或等待", "A question is open"),
  "signing-off": bilingual("正在签退", "Signing off"),
  "not-serving": bilingual("没有正在办理的号", "No ticket being served"),
};

/** What the nameplate answers to a badge. Whatever it says, the tap is on record. */
export const BADGE_TEXTS: { readonly [K in BadgeEffect]: Bilingual } = {
  "sign-on": bilingual("签到成功，窗口开放", "Signed on, window open"),
  "sign-off": bilingual("签退成功，窗口关闭", "Signed off, window closed"),
  "sign-off-planned": bilingual("办结后自动签退", "Signs off after this ticket"),
  "asked-going-out": bilingual("外出？8秒内再刷确认", "Going out? Tap again in 8 s"),
  "went-out": bilingual("外出已记录", "Out, recorded"),
  "came-back": bilingual("返岗，继续办理", "Back at the window"),
  "refused-unknown": bilingual("未知工作牌，已留存", "Unknown badge, kept on record"),
  "refused-wrong-window": bilingual("非本窗口人员，考勤已记录", "Not your window, attendance recorded"),
  "refused-window-taken": bilingual("窗口有人在岗，考勤已记录", "Window taken, attendance recorded"),
  "refused-elsewhere": bilingual("已在其他窗口在岗，考勤已记录", "On duty elsewhere, attendance recorded"),
  "refused-serving": bilingual("请先办结当前号，考勤已记录", "Finish the ticket first, attendance recorded"),
  "refused-closed": bilingual("非工作时段，考勤已记录", "Outside hours, attendance recorded"),
  "recorded-repeat": bilingual("重复刷牌，考勤已记录", "Repeated tap, attendance recorded"),
  "recorded-late": bilingual("补传记录，考勤已记录", "Late report, attendance recorded"),
};

export const refusalText = (code: RefusalCode): Bilingual => REFUSAL_TEXTS[code];
