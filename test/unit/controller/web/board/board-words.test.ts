import { expect, test } from "vitest";
import {
  hoursWords,
  inZone,
  isLongNumber,
  lookOf,
  noticeAt,
  pageAt,
  spokenCall,
  windowWords,
} from "../../../../../controller/web/pages/board/board-words.ts";
import { CounterId, TicketNumber, type ZoneId } from "../../../../../protocol/index.ts";
import { lineOf, voiceOf } from "./boards.ts";

// What the board says and shows, as text.

test("a call is spoken sign by sign, its window as it is painted", () => {
  const call = { ticketNumber: TicketNumber.parse("A012"), counterId: CounterId.parse("3") };
  expect(spokenCall(call)).toBe("请，A 零 一 二 号，到 3 号窗口办理。");
  expect(windowWords("a12")).toEqual({ zh: "A12号窗口", en: "Window A12" });
});

test("the call that has the voice is highlighted; a line kept for its time still says where to go", () => {
  const line = lineOf("A001");
  expect(lookOf(line, [voiceOf("A001")])).toBe("announcing");
  expect(lookOf(line, [voiceOf("A002")])).toBe("called");
  expect(lookOf({ ...line, phase: "serving" }, [])).toBe("serving");
  expect(lookOf({ ...line, phase: "over" }, [])).toBe("called");
});

test("a screen without a zone shows all, a screen of a zone its own", () => {
  const east = { ...lineOf("A002"), zone: "east" as ZoneId };
  expect(inZone([lineOf("A001"), east], null)).toHaveLength(2);
  expect(inZone([lineOf("A001"), east], "east")).toEqual([east]);
});

test("notices and long lists take turns of ten seconds, without a memory", () => {
  const notices = [
    { zh: "一", en: "one" },
    { zh: "二", en: "two" },
  ];
  expect([0, 9_999, 10_000, 20_000].map((at) => noticeAt(notices, at)?.en)).toEqual(["one", "one", "two", "one"]);
  expect(noticeAt([], 0)).toBeNull();
  expect(pageAt([1, 2, 3], 2, 10_000)).toEqual([3]);
});

test("a day off is said, and a number too long for its line is known as such", () => {
  expect(hoursWords([]).zh).toBe("今日不办理业务");
  expect(hoursWords([{ from: "09:00", to: "12:00" }]).zh).toBe("09:00–12:00");
  expect([isLongNumber("A012"), isLongNumber("AB1020")]).toEqual([false, true]);
});
