import { expect, test } from "vitest";
import { REFUSAL_LINES_MAX, RefusalBook } from "../../../../controller/terminals/refusal-book.ts";
import { epochMs } from "../../../../protocol/index.ts";
import { terminalId } from "../../../support/test-hall.ts";

// What the hall page shows of refusals: counted by peer and reason, the latest first, and bounded (I13).

test("one line for each peer and reason, with its count and its last time", () => {
  let now = 1_000;
  const book = new RefusalBook(() => epochMs(now));
  book.note("flood", { terminal: terminalId(1) });
  book.note("handshake", { address: "10.0.0.1" });
  now = 2_000;
  book.note("flood", { terminal: terminalId(1) });
  expect(book.pictures()).toEqual([
    { code: "flood", terminal: "t01", address: null, count: 2, lastMs: 2_000 },
    { code: "handshake", terminal: null, address: "10.0.0.1", count: 1, lastMs: 1_000 },
  ]);
});

test("whoever was quiet for longest is forgotten first", () => {
  const book = new RefusalBook(() => epochMs(1));
  for (let host = 0; host <= REFUSAL_LINES_MAX; host += 1) {
    book.note("handshake", { address: `10.0.0.${host}` });
    book.note("flood", { terminal: terminalId(1) });
  }
  const lines = book.pictures();
  expect(lines).toHaveLength(REFUSAL_LINES_MAX);
  expect(lines[0]).toMatchObject({ code: "flood", count: REFUSAL_LINES_MAX + 1 });
  expect(lines.at(-1)).toMatchObject({ address: "10.0.0.2" });
});
