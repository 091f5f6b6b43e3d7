import { describe, expect, test } from "vitest";
import {
  accepted,
  assert,
  Bilingual,
  Bug,
  bilingual,
  earlier,
  elapsed,
  epochMs,
  HallError,
  later,
  messageOf,
  milliseconds,
  minutes,
  monoMs,
  present,
  refused,
  seconds,
  silentLog,
  unreachable,
} from "../../../protocol/index.ts";

describe("units", () => {
  test("are all milliseconds inside", () => {
    expect([milliseconds(1), seconds(1), minutes(1)]).toEqual([1, 1_000, 60_000]);
    expect(seconds(1.5)).toBe(1_500);
  });

  test("a duration is the way from one instant to another", () => {
    const start = monoMs(1_000);
    const end = later(start, seconds(2));
    expect(elapsed(start, end)).toBe(seconds(2));
    expect(earlier(end, seconds(2))).toBe(start);
    expect(later(epochMs(5), milliseconds(-5))).toBe(0);
  });
});

describe("the three kinds of errors", () => {
  test("a rejection is a value", () => {
    expect(accepted(3)).toEqual({ ok: true, value: 3 });
    expect(refused("late")).toEqual({ ok: false, error: "late" });
  });

  test("an operating error has a code, flat context and its cause", () => {
    const cause = new RangeError("inner");
    const error = new HallError("LOG_CORRUPT", "the log is damaged at seq 7", { seq: 7 }, cause);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: "HallError", code: "LOG_CORRUPT", context: { seq: 7 }, cause });
    expect("cause" in new HallError("X", "without a cause")).toBe(false);
  });

  test("a bug ends the process: it is thrown and has no code", () => {
    expect(() => assert(false, "two tickets at one counter")).toThrow(new Bug("two tickets at one counter"));
    expect(() => assert(true, "never seen")).not.toThrow();
    expect(new Bug("x")).not.toBeInstanceOf(HallError);
  });

  test.each([null, undefined])("what must be there and is %s is a bug", (value) => {
    expect(() => present(value, "the open visit")).toThrow("missing: the open visit");
  });

  test.each([0, "", false, Number.NaN])("%j is there", (value) => {
    expect(present(value, "a value")).toBe(value);
  });

  test("a variant that nobody handles is a bug that names it", () => {
    expect(() => unreachable({ type: "surprise" } as never)).toThrow(new Bug('unreachable: {"type":"surprise"}'));
  });
});

test.each<[unknown, string]>([
  [new Error("two\n  lines\t"), "two lines"],
  ["text", "text"],
  [undefined, "undefined"],
  [{ a: 1 }, "[object Object]"],
])("the words of what was thrown are one line", (thrown, words) => {
  expect(messageOf(thrown)).toBe(words);
});

test("both languages have their room", () => {
  expect(bilingual("办", "ok")).toEqual({ zh: "办", en: "ok" });
  expect(Bilingual.safeParse({ zh: "办".repeat(65), en: "" }).success).toBe(false);
  expect(Bilingual.safeParse({ zh: "", en: "x".repeat(97) }).success).toBe(false);
  expect(Bilingual.safeParse({ zh: "办" }).success).toBe(false);
});

test("the silent log takes every level", () => {
  for (const level of ["debug", "info", "warn", "error"] as const)
    expect(silentLog[level]("ticket.called")).toBeUndefined();
});
