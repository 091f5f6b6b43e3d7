import { describe, expect, test } from "vitest";
import {
  BadgeDigest,
  CallId,
  CounterId,
  HallId,
  Level,
  QueueId,
  ServiceId,
  StaffId,
  StreamId,
  TerminalId,
  TicketId,
  TicketNumber,
  VisitId,
} from "../../../protocol/index.ts";

// An id may stand in a topic, a path and a file name without a second look.
describe.each([
  ["HallId", HallId],
  ["TerminalId", TerminalId],
  ["CounterId", CounterId],
  ["ServiceId", ServiceId],
  ["QueueId", QueueId],
  ["StaffId", StaffId],
])("%s", (_name, id) => {
  test.each(["a", "3", "a12", "window-3", "a-", "x".repeat(32)])("takes %j", (text) => {
    expect(id.parse(text)).toBe(text);
  });

  test.each(
    [
      [
        "",
        "-a",
        "A",
        "a b",
        "a/b",
        "a+",
        "#",
        ".",
        "..",
        "a.b",
        "a_b",
        "__proto__",
        "a\n",
        "\na",
        "a\u0000",
        "é",
        "号",
      ],
      ["ａ", "x".repeat(33), "%2e%2e", "a\u200b"],
      [3, null, undefined, ["a"], { a: 1 }],
    ].flat(),
  )("refuses %j", (value) => {
    expect(id.safeParse(value).success).toBe(false);
  });
});

describe.each([
  ["TicketId", TicketId],
  ["VisitId", VisitId],
  ["StreamId", StreamId],
  ["CallId", CallId],
])("%s", (_name, id) => {
  test("takes a UUID and nothing else", () => {
    expect(id.safeParse("6f1c2a52-3f0e-4f6b-9d0a-1b8a7f1f5c11").success).toBe(true);
    const refused = ["", "6f1c2a523f0e4f6b9d0a1b8a7f1f5c11", "6f1c2a52-3f0e-4f6b-9d0a-1b8a7f1f5c11\n", "1", 1, null];
    for (const value of refused) expect(id.safeParse(value).success).toBe(false);
  });
});

test("a badge digest is 64 lower-case hex digits", () => {
  expect(BadgeDigest.safeParse("0a".repeat(32)).success).toBe(true);
  for (const text of ["0a".repeat(31), "0a".repeat(33), "0A".repeat(32), "0g".repeat(32), `${"0a".repeat(32)}\n`]) {
    expect(BadgeDigest.safeParse(text).success).toBe(false);
  }
});

test.each(["A001", "AB999", "Z0001", "AB1234"])("a ticket may be numbered %s", (text) => {
  expect(TicketNumber.parse(text)).toBe(text);
});

test.each(["", "001", "a001", "A01", "ABC001", "A00001", "A001 ", "A001\n", "Ａ001"])(
  "a ticket is not numbered %j",
  (text) => {
    expect(TicketNumber.safeParse(text).success).toBe(false);
  },
);

test("a level is one of five whole numbers", () => {
  for (const level of [1, 2, 3, 4, 5]) expect(Level.parse(level)).toBe(level);
  for (const value of [0, 6, 1.5, "5", null, Number.NaN]) expect(Level.safeParse(value).success).toBe(false);
});
