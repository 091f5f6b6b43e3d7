import type { DeskPicture, WaitingTicket } from "../../../projections/desk-picture.ts";
import type { Words } from "../../design/design.ts";

type Phase = DeskPicture["phase"];

/** The state of the window, in the words of its nameplate. */
export const PHASES: { readonly [K in Phase]: Words } = {
  closed: { zh: "未开放", en: "Closed" },
  idle: { zh: "空闲", en: "Free" },
  armed: { zh: "来人即叫", en: "Calls the next arrival" },
  called: { zh: "正在呼叫", en: "Calling" },
  presumed: { zh: "视为办理中", en: "Presumed serving" },
  serving: { zh: "办理中", en: "Serving" },
  rating: { zh: "请群众评价", en: "Rating window" },
  paused: { zh: "暂停服务", en: "Paused" },
  question: { zh: "等待刷牌确认", en: "Badge question" },
  maintenance: { zh: "维护中", en: "Maintenance" },
};

type Tone = "call" | "good" | "pause" | "alarm" | "off";

/** The meaning the colour of a window's state has everywhere. */
export const TONES: { readonly [K in Phase]: Tone } = {
  closed: "off",
  idle: "good",
  armed: "good",
  called: "call",
  presumed: "good",
  serving: "good",
  rating: "good",
  paused: "pause",
  question: "pause",
  maintenance: "off",
};

/** Counter `a3` is window A3. */
export const windowName = (counter: string): Words => ({
  zh: `${counter.toUpperCase()} 号窗口`,
  en: `Window ${counter.toUpperCase()}`,
});

const MINUTE_MS = 60_000;

/** Whole minutes, never negative: two clocks may differ by a little. */
export function minutesWords(fromMs: number, toMs: number): Words {
  const minutes = Math.max(0, Math.floor((toMs - fromMs) / MINUTE_MS));
  return { zh: `${minutes} 分钟`, en: `${minutes} min` };
}

/** To whom a waiting ticket is bound; null for everybody's. */
export function bindingWords(ticket: WaitingTicket, desk: DeskPicture): Words | null {
  if (ticket.boundTo === null) return null;
  const { counter, staff } = ticket.boundTo;
  const name = desk.staff.find((person) => person.staff === staff)?.name;
  const target = counter === null ? { zh: name ?? "指定人员", en: name ?? "one person" } : windowName(counter);
  return ticket.there
    ? { zh: `指定 ${target.zh}`, en: `For ${target.en}` }
    : { zh: `指定 ${target.zh}（不在）`, en: `For ${target.en} (away)` };
}

export function serviceWords(service: string, { services }: DeskPicture): Words {
  return services.find((entry) => entry.service === service)?.name ?? { zh: service, en: service };
}
