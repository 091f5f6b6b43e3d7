import { expect, test } from "vitest";
import { milliseconds, type TraceSpan } from "../../../protocol/index.ts";
import { desired, HALL_NOW } from "../../support/counter-messages.ts";
import { TerminalBench } from "../../support/terminal-bench.ts";

// What a terminal tells of one press, in virtual time: which stages, from when to when, in hall time.

const stages = (spans: readonly TraceSpan[]) => spans.map(({ stage }) => stage);
const lengths = (spans: readonly TraceSpan[]) =>
  Object.fromEntries(spans.map(({ stage, startMs, endMs }) => [stage, Math.round(endMs - startMs)]));

test("a press: finger on the key, contact that settles, commit, send, and the face that answers", async () => {
  const bench = new TerminalBench();
  await bench.online();
  bench.spans.length = 0;
  bench.press("call");
  expect(stages(bench.spans)).toEqual(["edge", "gesture", "journal.commit", "publish"]);
  bench.acknowledge();
  const answer = desired(2, "called");
  bench.link.hear({ type: "desired", desired: { ...answer, basis: { ...answer.basis, position: 99 } } });
  expect(stages(bench.spans)).toEqual(["edge", "gesture", "journal.commit", "publish", "face.shown"]);
  expect(lengths(bench.spans).edge).toBe(100);
  for (const { input, startMs, fields } of bench.spans) {
    expect(input.seq).toBe(bench.card.head);
    expect(Math.abs(startMs - HALL_NOW)).toBeLessThan(10_000);
    expect(fields?.["clock"]).toBe("hall");
  }
});

test("a fact that is not acknowledged yet has one answer, however many faces come", async () => {
  const bench = new TerminalBench();
  await bench.online(desired(1, "serving"));
  bench.press("call");
  for (const rev of [2, 3]) {
    const face = desired(rev, "serving");
    bench.link.hear({ type: "desired", desired: { ...face, basis: { ...face.basis, position: 90 + rev } } });
  }
  expect(bench.spans[0]?.fields?.["input"]).toBe("service-finished");
  expect(stages(bench.spans).filter((stage) => stage === "face.shown")).toHaveLength(1);
});

test("a press refused on the spot is no input and no trace; the next one begins at its own edge", async () => {
  const bench = new TerminalBench();
  await bench.online(desired(1, "closed"));
  bench.spans.length = 0;
  bench.press("call");
  expect(bench.spans).toEqual([]);
  bench.clock.real.advance(milliseconds(5_000));
  bench.link.hear({ type: "desired", desired: desired(2, "idle") });
  bench.clock.real.advance(milliseconds(2_000));
  bench.press("call");
  expect(lengths(bench.spans).edge).toBe(100);
});
