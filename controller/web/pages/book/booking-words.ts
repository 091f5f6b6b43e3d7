import type { AppointmentOffer, BookingPicture, SlotList } from "../../../projections/appointment-pictures.ts";
import { clockTime, type Words } from "../../design/design.ts";

/** "9:00–9:15" in the hall. */
export const spanOf = ({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): string =>
  `${clockTime(fromMs)}–${clockTime(toMs)}`;

export const slotWords = (slot: SlotList["slots"][number]): Words => ({
  zh: slot.left === 0 ? "约满" : `余 ${slot.left}`,
  en: slot.left === 0 ? "full" : `${slot.left} left`,
});

export const CHANNEL_WORDS: { readonly [K in AppointmentOffer["channels"][number]]: Words } = {
  desk: { zh: "当面预约", en: "At the desk" },
  telephone: { zh: "电话预约", en: "By telephone" },
  online: { zh: "网上预约", en: "Online" },
};

interface StateWords {
  readonly words: Words;
  readonly tone: "act" | "call" | "good" | "pause" | "alarm" | "off";
}

export const STATE_WORDS: { readonly [K in BookingPicture["state"]]: StateWords } = {
  booked: { words: { zh: "已预约", en: "Booked" }, tone: "act" },
  arrived: { words: { zh: "已到达", en: "Here" }, tone: "call" },
  late: { words: { zh: "迟到，按序等候", en: "Late, waits in turn" }, tone: "pause" },
  kept: { words: { zh: "按时办理", en: "Served in time" }, tone: "good" },
  breached: { words: { zh: "未按时办理", en: "Not served in time" }, tone: "alarm" },
  absent: { words: { zh: "未到", en: "Did not come" }, tone: "off" },
  lapsed: { words: { zh: "无法判定", en: "Cannot be told" }, tone: "off" },
  cancelled: { words: { zh: "已取消", en: "Cancelled" }, tone: "off" },
};

export const ATTENDANCE_WORDS: { readonly [K in NonNullable<BookingPicture["attendance"]>]: StateWords } = {
  awaited: { words: { zh: "待到岗", en: "Expected" }, tone: "act" },
  attended: { words: { zh: "已到岗", en: "Was there" }, tone: "good" },
  missing: { words: { zh: "未刷牌到岗", en: "No badge" }, tone: "alarm" },
};
