// Proves that the end of a term is told by the last day that counts.
import { expect, test } from "vitest";
import { closingWords } from "../../../../../controller/web/pages/sheet/closing-words.ts";

test.each([
  ["2026-11-26T00:00:00", "2026-11-25 24:00"],
  ["2026-12-01T00:00:00", "2026-11-30 24:00"],
  ["2026-11-25T17:30:00", "2026-11-25 17:30"],
])("%s is %s", (at, until) => {
  expect(closingWords(at)).toEqual({ zh: `异议截止 ${until}`, en: `objections until ${until}` });
});
