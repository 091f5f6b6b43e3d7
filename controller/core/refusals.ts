import { type Bilingual, bilingual } from "../../protocol/index.ts";
import type { Rejection } from "./commands.ts";
import type { BadgeEffect, RefusalCode } from "./events.ts";

/** What the person at the counter reads when a key changed nothing. */
export const REFUSAL_TEXTS: { readonly [K in RefusalCode]: Bilingual } = {
  outdated: bilingual("界面已更新，请再按一次", "Changed meanwhile, press again"),
  "too-late": bilingual("按键超时，未执行", "Too late, not done"),
  "no-counter": bilingual("本终端未分配窗口", "No window assigned"),
  maintenance: bilingual("设备维护中，不可操作", "In maintenance"),
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
  "not-armed": bilingual("未在等候自动呼叫", "Not waiting for an arrival"),
  "held-limit": bilingual("挂起的号已满，请先处理", "Too many held tickets here"),
  "nothing-held": bilingual("没有挂起的号", "No ticket is held here"),
  "field-needs-counters": bilingual("同类窗口不足，暂不能暂停", "Too few windows open to pause now"),
  "not-at-hand": bilingual("此号已不在本窗口", "That ticket is no longer here"),
  "no-such-ticket": bilingual("没有此号", "No such ticket"),
  "not-waiting": bilingual("此号不在等候中", "That ticket does not wait"),
  "not-here": bilingual("此号不归本窗口办理", "That ticket is not for this window"),
  "unknown-reason": bilingual("请选择列表中的原因", "Choose a reason of the list"),
  "unknown-target": bilingual("没有此服务、窗口或人员", "No such service, window or person"),
  "still-open": bilingual("尚在服务时间，不能办理此项", "Not before the session ends"),
  "re-entry-over": bilingual("已过恢复时限或次数，请重新取号", "Too late to come back, take a new ticket"),
  "number-taken": bilingual("此号已重新发出，请重新取号", "That number is in use again, take a new ticket"),
  "unknown-number": bilingual(
    "没有可恢复的此号，请核对号码或重新取号",
    "No such number to bring back: check it, or take a new ticket",
  ),
  "wrong-check": bilingual("号码与校验码不符，请核对号票", "Number and code do not match, check your ticket"),
  "still-waiting": bilingual("此号仍在排队，请等候叫号", "That number is still in line, wait for the call"),
  "called-now": bilingual(
    "此号正在呼叫，请看叫号屏，尽快到窗口",
    "That number is being called: look at the board and go there",
  ),
  "at-window": bilingual("此号正在窗口办理，请到该窗口", "That number is at a window, please go there"),
  "already-served": bilingual("此号已办结，请重新取号", "That number has been served, take a new ticket"),
  "came-back-before": bilingual(
    "此号已恢复过一次，请重新取号",
    "That number came back once already, take a new ticket",
  ),
  "re-entry-late": bilingual("已过恢复时限，请重新取号", "Too late to come back, take a new ticket"),
};

/** What the nameplate answers to a badge. Whatever it says, the tap is on record. */
export const BADGE_TEXTS: { readonly [K in BadgeEffect]: Bilingual } = {
  "sign-on": bilingual("签到成功，窗口开放", "Signed on, window open"),
  "sign-off": bilingual("签退成功，窗口关闭", "Signed off, window closed"),
  "sign-off-planned": bilingual("办结后自动签退", "Signs off after this ticket"),
  "asked-going-out": bilingual("外出？8秒内再刷确认", "Going out? Tap again in 8 s"),
  "asked-take-over": bilingual("代岗？8秒内再刷确认", "Take over? Tap again in 8 s"),
  "took-over": bilingual("代岗成功，窗口已接手", "Taken over, the window is yours"),
  "became-acting": bilingual("由您办理下一位", "You serve from here on"),
  patrol: bilingual("巡查已记录", "Patrol visit recorded"),
  "maintenance-begun": bilingual("维护开始，再刷结束", "Maintenance begun, tap again to end"),
  "maintenance-ended": bilingual("维护结束", "Maintenance ended"),
  "went-out": bilingual("外出已记录", "Out, recorded"),
  "came-back": bilingual("返岗，继续办理", "Back at the window"),
  "refused-unknown": bilingual("未知工作牌，已留存", "Unknown badge, kept on record"),
  "refused-revoked": bilingual("未知工作牌，已留存", "Unknown badge, kept on record"),
  "refused-untrained": bilingual("未经培训，考勤已记录", "Not trained yet, attendance recorded"),
  "refused-maintenance": bilingual("设备维护中，考勤已记录", "In maintenance, attendance recorded"),
  "refused-not-closed": bilingual("窗口未关闭，不能维护，考勤已记录", "Window not closed, attendance recorded"),
  "refused-wrong-window": bilingual("非本窗口人员，考勤已记录", "Not your window, attendance recorded"),
  "refused-window-taken": bilingual("窗口有人在岗，考勤已记录", "Window taken, attendance recorded"),
  "refused-elsewhere": bilingual("已在其他窗口在岗，考勤已记录", "On duty elsewhere, attendance recorded"),
  "refused-serving": bilingual("请先办结当前号，考勤已记录", "Finish the ticket first, attendance recorded"),
  "refused-waiting": bilingual(
    "尚有群众等候，请办完再关窗，考勤已记录",
    "People wait here: serve them first, attendance recorded",
  ),
  "refused-closed": bilingual("非工作时段，考勤已记录", "Outside hours, attendance recorded"),
  "recorded-repeat": bilingual("重复刷牌，考勤已记录", "Repeated tap, attendance recorded"),
  "recorded-late": bilingual("补传记录，考勤已记录", "Late report, attendance recorded"),
};

export const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(REFUSAL_TEXTS, code);

export const refusalText = (code: RefusalCode): Bilingual => REFUSAL_TEXTS[code];

/** The same refusal for somebody at a page. */
export function rejection(code: RefusalCode): Rejection {
  const { zh, en } = refusalText(code);
  return { code, detail: `${zh} ${en}` };
}
