import { z } from "zod";
import { Bilingual, bilingual, TicketId, TicketNumber } from "../../protocol/index.ts";
import { unconfirmedWaiting } from "../core/restoring.ts";
import { DUTY_ALARMS } from "../core/office/alarms/duty-alarm.ts";
import type { HallView } from "../core/state.ts";
import type { WriteFault, WriteFaultCode } from "../engine/write-fault.ts";

/** What concerns the whole hall and stands over its page until it is over. */
export const HallAlarm = z.object({
  code: z.enum([
    "store-full",
    "store-read-only",
    "store-failed",
    "clock-unset",
    "clock-guessed",
    "disk-filling",
    "post-vacant",
    "window-empty",
    ...DUTY_ALARMS,
  ]),
  text: Bilingual,
  sinceMs: z.number().nonnegative().nullable().describe("UTC milliseconds."),
});
export type HallAlarm = z.infer<typeof HallAlarm>;

const WORDS: { readonly [K in WriteFaultCode]: Omit<HallAlarm, "sinceMs"> } = {
  STORE_FULL: {
    code: "store-full",
    text: bilingual(
      "磁盘已满：暂停取号与叫号，腾出空间后自动恢复",
      "Disk full: nothing is recorded, issued or called; the hall goes on by itself once there is room",
    ),
  },
  STORE_READ_ONLY: {
    code: "store-read-only",
    text: bilingual(
      "磁盘只读，无法写入：暂停取号与叫号，恢复可写后自动继续",
      "Disk read-only: nothing is recorded, issued or called; the hall goes on by itself once it can write",
    ),
  },
  STORE_FAILED: {
    code: "store-failed",
    text: bilingual(
      "磁盘故障，无法写入：只可查看，请联系技术人员",
      "Disk failing: the hall can be looked at and nothing more; call a technician",
    ),
  },
  CLOCK_UNSET: {
    code: "clock-unset",
    text: bilingual(
      "控制器时钟从未设置：暂停取号与叫号，校时后自动开始",
      "The controller's clock was never set: nothing is recorded, issued or called until it is",
    ),
  },
};

/** Since when a hall that does not know the time has not known it, it cannot say. */
export const writeAlarm = ({ code, sinceMs }: WriteFault): HallAlarm => ({
  ...WORDS[code],
  sinceMs: code === "CLOCK_UNSET" ? null : sinceMs,
});

/** Nobody has set the clock since the start: taps are kept, and moved to when they were as soon as somebody does. */
export function clockAlarms({ guess }: HallView): HallAlarm[] {
  if (guess === null) return [];
  const zh = "控制器时钟未校准：刷卡时间暂为推算，校时后自动更正";
  const en = "The controller's clock is not set: taps are dated by a guess, and moved once it is";
  return [{ code: "clock-guessed", text: bilingual(zh, en), sinceMs: null }];
}

export const diskAlarm = (percent: number): HallAlarm => ({
  code: "disk-filling",
  text: bilingual(`磁盘已用 ${percent}%，请腾出空间`, `The disk is ${percent} % full: make room`),
  sinceMs: null,
});

/** 缺岗 and empty windows as long as they last (ATT-59, ATT-60): one line a kind. None where no attendance is kept. */
export function postAlarms({ office }: HallView): HallAlarm[] {
  const vacancies = [...(office?.vacancies.values() ?? [])];
  return (["empty", "vacant"] as const).flatMap((kind): HallAlarm[] => {
    const here = vacancies.filter((vacancy) => vacancy.kind === kind);
    if (here.length === 0) return [];
    const windows = here.map(({ counterId }) => counterId.toUpperCase()).join(", ");
    const sinceMs = Math.min(...here.map((vacancy) => vacancy.sinceMs));
    return kind === "empty"
      ? [
          {
            code: "window-empty",
            text: bilingual(`空岗：${windows} 号窗口A、B岗均缺位`, `Empty windows: ${windows}`),
            sinceMs,
          },
        ]
      : [
          {
            code: "post-vacant",
            text: bilingual(`缺岗：${windows} 号窗口`, `Nobody at the post: ${windows}`),
            sinceMs,
          },
        ];
  });
}

/** Unconfirmed tickets in one picture; the rest follow when these are settled. */
const UNCONFIRMED_SHOWN_MAX = 100;

/** After a restore: who was open in the copy, and may or may not be there still. */
export const RestoredPicture = z.object({
  restoredAtMs: z.number().nonnegative(),
  madeAtMs: z.number().nonnegative().describe("When the copy was made; UTC milliseconds."),
  total: z.int().positive(),
  tickets: z.array(
    z.object({ ticket: TicketId, number: TicketNumber, service: Bilingual, enteredAtMs: z.number().nonnegative() }),
  ),
});
export type RestoredPicture = z.infer<typeof RestoredPicture>;

/** Null when nobody waits to be confirmed. */
export function restoredPicture(hall: HallView): RestoredPicture | null {
  const { restored } = hall;
  if (restored === null) return null;
  const waiting = unconfirmedWaiting(hall);
  if (waiting.length === 0) return null;
  const services = new Map(hall.configuration?.services.map(({ id, name }) => [id, name]));
  const tickets = waiting.slice(0, UNCONFIRMED_SHOWN_MAX).flatMap((ticketId) => {
    const ticket = hall.tickets.get(ticketId);
    if (ticket === undefined) return [];
    const { number, serviceId, enteredAtMs } = ticket;
    const service = services.get(serviceId) ?? bilingual(serviceId, serviceId);
    return [{ ticket: ticketId, number, service, enteredAtMs }];
  });
  return { restoredAtMs: restored.atMs, madeAtMs: restored.madeAtMs, total: waiting.length, tickets };
}
