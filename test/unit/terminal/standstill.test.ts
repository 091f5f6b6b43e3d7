import { expect, test } from "vitest";
import type { CanonicalBadge } from "../../../hardware/index.ts";
import { milliseconds, seconds } from "../../../protocol/index.ts";
import { desired, HALL_NOW } from "../../support/counter-messages.ts";
import { TerminalBench } from "../../support/terminal-bench.ts";

// Proves what becomes of a press made while the process stood still: it is dated to the start of the standstill, so
// that its time to live refuses it at the controller. A call never fires late (I11).

const BADGE = "0A1B2C3D4E" as CanonicalBadge;
/** `online` ends so long after the start, with hall time HALL_NOW + 1000. */
const FROZEN_AT = 1000;
/** No finger is quicker on a key. */
const TOUCH = 30;

async function frozen(phase: "idle" | "called" | "serving" = "idle", forMs = 9000): Promise<TerminalBench> {
  const bench = new TerminalBench();
  await bench.online(desired(1, phase));
  bench.clock.freeze(milliseconds(forMs));
  return bench;
}

/** What was journalled once the keys have settled and the loop has caught up. */
function datedInputs(bench: TerminalBench) {
  bench.clock.real.advance(milliseconds(300));
  return bench.journalled().map(({ type, monoMs }) => [type, monoMs]);
}

test("a press read before the overdue timers fire is dated to the last sign of life", async () => {
  const bench = await frozen();
  bench.counter.buttons.press("call", seconds(1));
  bench.counter.buttons.lift("call");
  bench.clock.thaw();
  bench.clock.real.advance(milliseconds(300));
  expect(bench.journalled()).toMatchObject([
    { type: "call-next", monoMs: FROZEN_AT + TOUCH, hallMs: HALL_NOW + 1000 + TOUCH },
  ]);
});

test("a press read after the overdue timers is too", async () => {
  const bench = await frozen();
  bench.clock.thaw();
  bench.counter.buttons.press("call", seconds(1));
  bench.counter.buttons.lift("call");
  expect(datedInputs(bench)).toEqual([["call-next", FROZEN_AT + TOUCH]]);
});

test("a press that ends long after keeps its length and its early date", async () => {
  const bench = await frozen("called");
  bench.counter.buttons.press("call", milliseconds(600));
  bench.clock.thaw();
  bench.clock.real.advance(milliseconds(600));
  expect(datedInputs(bench)).toEqual([["recall", FROZEN_AT + 600]]);
});

test("a long press that began in the standstill does not fire as a fresh one either", async () => {
  const bench = await frozen("called");
  bench.counter.buttons.press("call", seconds(3));
  bench.clock.thaw();
  bench.clock.real.advance(seconds(3));
  expect(datedInputs(bench)).toEqual([["no-show", FROZEN_AT + 3000]]);
});

// The timer of the long press is through before the release is read: without care a recall becomes a no-show.
test("a short press cut in two by the standstill stays short", async () => {
  const bench = new TerminalBench();
  await bench.online(desired(1, "called"));
  bench.counter.buttons.press("call", seconds(60));
  bench.clock.freeze(seconds(9));
  bench.clock.thaw();
  bench.counter.buttons.lift("call");
  bench.clock.real.advance(seconds(1));
  expect(datedInputs(bench)).toEqual([["recall", FROZEN_AT + TOUCH]]);
});

test("a key held all through is a stuck key and no press", async () => {
  const bench = new TerminalBench();
  await bench.online(desired(1, "called"));
  bench.counter.buttons.press("call", seconds(60));
  bench.clock.freeze(seconds(9));
  bench.clock.thaw();
  bench.clock.real.advance(seconds(1));
  expect(datedInputs(bench)).toEqual([["device-fault", FROZEN_AT + 10_000]]);
});

test("badges and start keep the early date too", async () => {
  const bench = await frozen("called");
  bench.counter.badgeReader.tap(BADGE);
  bench.counter.buttons.press("pause", seconds(1));
  bench.counter.buttons.lift("pause");
  bench.clock.thaw();
  expect(datedInputs(bench)).toEqual([
    ["badge-presented", FROZEN_AT],
    ["service-started", FROZEN_AT + TOUCH],
  ]);
});

test("once the loop has caught up, a press is a press of now", async () => {
  const bench = await frozen();
  bench.clock.thaw();
  bench.clock.real.advance(milliseconds(300));
  bench.press("call");
  expect(datedInputs(bench)).toEqual([["call-next", FROZEN_AT + 9000 + 300 + 100]]);
});

test("a loop that is only busy changes no date", async () => {
  const bench = await frozen("idle", 1000);
  bench.press("call");
  bench.clock.thaw();
  expect(datedInputs(bench)[0]?.[1]).toBeGreaterThanOrEqual(FROZEN_AT + 1000);
});

test("closing in a standstill leaves no timer", async () => {
  const bench = await frozen();
  bench.clock.thaw();
  await bench.close();
  expect(bench.clock.real.pending).toBe(0);
});
