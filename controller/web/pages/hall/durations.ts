import type { Bilingual as Words } from "../../../../protocol/index.ts";

const MINUTE_MS = 60_000;

/** A time span in whole minutes: what a manager acts on. A clock that is a little ahead of the hall's shows no past. */
export function spanOf(sinceMs: number, nowMs: number): Words {
  const minutes = Math.max(0, Math.floor((nowMs - sinceMs) / MINUTE_MS));
  if (minutes === 0) return { zh: "刚刚", en: "just now" };
  if (minutes < 60) return { zh: `${minutes}分钟`, en: `${minutes} min` };
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return { zh: `${hours}小时${minutes % 60}分`, en: `${hours} h ${minutes % 60} min` };
  const days = Math.floor(hours / 24);
  return { zh: `${days}天`, en: `${days} days` };
}
