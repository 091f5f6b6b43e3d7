import { expect, test } from "vitest";
import { spanWords } from "../../../../../controller/web/pages/office/span-words.ts";

test.each([
  ["2026-11-12T08:00:00", "2026-11-12T17:30:00", "2026-11-12 08:00 – 17:30"],
  ["2026-11-12T08:00", "2026-11-13T12:00:05", "2026-11-12 08:00 – 2026-11-13 12:00:05"],
  ["2026-11-12", "2026-11-12", "2026-11-12"],
  ["2026-11-12", "2026-11-14", "2026-11-12 – 2026-11-14"],
  ["2026-11-20T17:32:00", undefined, "2026-11-20 17:32"],
  ["", undefined, ""],
])("from %j to %j people read %j", (from, to, words) => {
  expect(spanWords(from, to)).toBe(words);
});
