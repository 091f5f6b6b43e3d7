import type { KioskPicture, KioskService } from "../../../projections/kiosk-picture.ts";
import { calendarDay, clockTime, type Words } from "../../design/design.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The time alone when it is today, with its day otherwise. */
export function whenWords(atMs: number, nowMs: number): Words {
  const time = clockTime(atMs);
  const { year, month, day } = calendarDay(atMs);
  const today = calendarDay(nowMs);
  if (year === today.year && month === today.month && day === today.day) return { zh: time, en: time };
  return { zh: `${month}月${day}日 ${time}`, en: `${day} ${MONTHS[month - 1] ?? ""} ${time}` };
}

/** An end at midnight is the evening's: 24:00 of the day that it ends. */
function untilWords(atMs: number, nowMs: number): Words {
  if (clockTime(atMs) !== "00:00") return whenWords(atMs, nowMs);
  const { zh, en } = whenWords(atMs - 1, nowMs);
  const evening = (words: string): string => words.replace(/\S+$/u, "24:00");
  return { zh: evening(zh), en: evening(en) };
}

const opens = (atMs: number, nowMs: number): Words => {
  const { zh, en } = whenWords(atMs, nowMs);
  return { zh: `${zh} 开始取号`, en: `Tickets from ${en}` };
};

/** Why there is no ticket for this service, and when there is one again; null while it is open. */
export function closureWords(service: KioskService, nowMs: number): readonly Words[] | null {
  if (service.open) return null;
  const why = service.text ?? { zh: "暂停取号", en: "No tickets now" };
  return service.opensAtMs === null ? [why] : [why, opens(service.opensAtMs, nowMs)];
}

/** What stands above the services. */
export function hoursWords({ open, opensAtMs, closesAtMs }: KioskPicture, nowMs: number): Words | null {
  if (!open) return opensAtMs === null ? { zh: "现在不取号", en: "No tickets are given now" } : opens(opensAtMs, nowMs);
  if (closesAtMs === null) return null;
  const { zh, en } = untilWords(closesAtMs, nowMs);
  return { zh: `取号至 ${zh}`, en: `Tickets until ${en}` };
}

export const aheadWords = (ahead: number): Words =>
  ahead === 0
    ? { zh: "前面没有人", en: "Nobody ahead of you" }
    : { zh: `前面还有 ${ahead} 人`, en: `${ahead} ahead of you` };

/** What a ticket says of the booking it came of; null for everybody else's. */
export function turnWords(turn: "reserved" | "ordinary" | undefined): Words | null {
  if (turn === undefined) return null;
  return turn === "reserved"
    ? { zh: "预约", en: "Appointment" }
    : { zh: "预约已迟到，按现场顺序等候", en: "Late for the appointment: waits in turn" };
}

export const waitingWords = (waiting: number): Words => ({ zh: `等候 ${waiting} 人`, en: `${waiting} waiting` });
export const leftWords = (left: number): Words => ({ zh: `余号 ${left}`, en: `${left} left` });
