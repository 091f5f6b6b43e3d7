// What the kiosk says: closures with their time, and a lost link that keeps the last picture.
import { expect, test } from "vitest";
import type { KioskPicture, KioskService } from "../../../../../controller/projections/kiosk-picture.ts";
import {
  aheadWords,
  closureWords,
  hoursWords,
  whenWords,
} from "../../../../../controller/web/pages/kiosk/kiosk-words.ts";
import { notPolledYet, polledNext } from "../../../../../controller/web/pages/kiosk/polled.ts";

const NINE = new Date(2026, 2, 2, 9, 0).getTime();
const HOUR_MS = 3_600_000;

const service = (change: Partial<KioskService>): KioskService =>
  ({
    id: "general",
    name: { zh: "综合", en: "General" },
    open: false,
    why: "closed",
    text: { zh: "未到时间", en: "Not yet" },
    opensAtMs: NINE,
    waiting: 0,
    left: null,
    ...change,
  }) as KioskService;

test("a closed service says why, and when it opens if that is known", () => {
  const opens = { zh: "09:00 开始取号", en: "Tickets from 09:00" };
  expect(closureWords(service({}), NINE - HOUR_MS)).toEqual([{ zh: "未到时间", en: "Not yet" }, opens]);
  expect(closureWords(service({ opensAtMs: null }), NINE)).toEqual([{ zh: "未到时间", en: "Not yet" }]);
  expect(closureWords(service({ open: true, text: null, why: null }), NINE)).toBeNull();
});

test("an end at midnight is 24:00 of the day that it ends", () => {
  const until = (closesAtMs: number) => hoursWords({ open: true, opensAtMs: null, closesAtMs } as KioskPicture, NINE);
  expect(until(NINE + 8 * HOUR_MS)).toEqual({ zh: "取号至 17:00", en: "Tickets until 17:00" });
  expect(until(NINE + 15 * HOUR_MS)).toEqual({ zh: "取号至 24:00", en: "Tickets until 24:00" });
  expect(until(NINE + 39 * HOUR_MS)).toEqual({ zh: "取号至 3月3日 24:00", en: "Tickets until 3 Mar 24:00" });
});

test("a time of another day is told with its day", () => {
  expect(whenWords(NINE, NINE - 24 * HOUR_MS)).toEqual({ zh: "3月2日 09:00", en: "2 Mar 09:00" });
});

test("nobody ahead is said in words", () => {
  expect(aheadWords(0)).toEqual({ zh: "前面没有人", en: "Nobody ahead of you" });
  expect(aheadWords(4).zh).toBe("前面还有 4 人");
});

test("a lost link keeps the last picture and says that it is down; a refusal is no lost link", () => {
  const seen = polledNext(notPolledYet<string>(), { kind: "ok", value: "picture" }, 5);
  expect(polledNext(seen, { kind: "away" }, 9)).toEqual({ ...seen, link: "down" });
  expect(polledNext(notPolledYet<string>(), { kind: "away" }, 9).link).toBe("connecting");
  const refusal = {
    kind: "refused",
    status: 401,
    code: "no-session",
    words: { zh: "请先刷牌", en: "Badge in" },
  } as const;
  expect(polledNext(seen, refusal, 9)).toMatchObject({ picture: "picture", link: "up", refusal });
});
