import { describe, expect, test } from "vitest";
import { Bug, HallError, milliseconds, seconds } from "../../../../protocol/index.ts";
import { verifyChain } from "../../../../controller/engine/chain.ts";
import type { IdempotencyKey, Outcome } from "../../../../controller/engine/engine.ts";
import { BATCH_MAX } from "../../../../controller/engine/single-writer.ts";
import { MemoryDisk } from "../../../../controller/engine/memory-event-store.ts";
import { readEvent } from "../../../../controller/engine/upcast.ts";
import { VIRTUAL_START, VirtualClock } from "../../../support/virtual-clock.ts";
import { openRig, orderFor, submitAll } from "./engine-rig.ts";
import { toyDecide, toyEvolve } from "./toy-hall.ts";

const typesOf = (outcomes: readonly Outcome[]): string[] => outcomes.map((outcome) => outcome.type);
const DIGEST = "d".repeat(64);
const OTHER = "e".repeat(64);

describe("one commit for a turn", () => {
  test("everything submitted in one turn shares one append, answered in order after it", () => {
    const { engine, clock, appends, store } = openRig();
    const outcomes = submitAll(engine, ["tax", "land", "tax"]);
    expect(outcomes).toEqual([]);
    expect(engine.hall.position).toBe(0);
    clock.advance(milliseconds(0));
    expect(appends.count).toBe(1);
    expect(outcomes.map((outcome) => outcome.type === "committed" && outcome.position)).toEqual([1, 2, 3]);
    expect(verifyChain(store.read(1, 10))).toEqual({ ok: true, head: engine.head });
  });

  test("a crowd is committed in batches of BATCH_MAX, and nobody is left", () => {
    const { engine, clock, appends } = openRig();
    const outcomes = submitAll(
      engine,
      Array.from({ length: BATCH_MAX * 2 + 1 }, () => "tax"),
    );
    clock.advance(milliseconds(0));
    expect(appends.count).toBe(3);
    expect(outcomes).toHaveLength(BATCH_MAX * 2 + 1);
    expect(engine.backlog).toBe(0);
  });

  test("an order that makes no event is answered without a commit", () => {
    const { engine, clock, appends } = openRig();
    const outcomes: Outcome[] = [];
    engine.submit({ type: "tick" }, (outcome) => void outcomes.push(outcome));
    clock.advance(milliseconds(0));
    expect(outcomes).toEqual([{ type: "committed", events: [], position: 0 }]);
    expect(appends.count).toBe(0);
  });

  test("listeners run before the answers, in the order they came, and may submit", () => {
    const { engine, clock } = openRig();
    const order: string[] = [];
    engine.onCommitted((events) => {
      order.push(`first:${events.length}`);
      if (engine.head.seq === 2) engine.submit(orderFor(), () => order.push("followed"));
    });
    engine.onCommitted((_events, hall) => order.push(`second:${hall.position}`));
    engine.onFlushed(() => order.push("flushed"));
    for (const name of ["a", "b"]) engine.submit(orderFor(), () => order.push(name));
    clock.advance(milliseconds(0));
    const after = ["first:1", "second:3", "followed", "flushed"];
    expect(order).toEqual(["first:2", "second:2", "a", "b", "flushed", ...after]);
  });

  test("what waits at a stop is committed and answered; later orders are not taken", () => {
    const { engine, clock } = openRig();
    const outcomes = submitAll(engine, ["tax"]);
    engine.stop();
    submitAll(engine, ["tax"]);
    clock.advance(seconds(1));
    expect(typesOf(outcomes)).toEqual(["committed"]);
    expect(engine.head.seq).toBe(1);
  });
});

describe("a key makes an order act once", () => {
  const keyed = (digest: string, answer: string): { key: IdempotencyKey } => ({
    key: { key: "k", digest, answerOf: (events) => `${answer}${events.length}` },
  });

  test.each([
    ["in the same batch", milliseconds(0), false],
    ["after the commit", milliseconds(5), false],
    ["after a restart", milliseconds(5), true],
  ])("%s a repeat gets the first answer and other content is a conflict", (_when, pause, restart) => {
    let rig = openRig();
    const outcomes: Outcome[] = [];
    const push = (outcome: Outcome): void => void outcomes.push(outcome);
    rig.engine.submit(orderFor(), push, keyed(DIGEST, "first "));
    if (pause > 0) rig.clock.advance(pause);
    if (restart) {
      rig.disk.crash();
      rig = openRig(rig.disk);
    }
    rig.engine.submit(orderFor(), push, keyed(DIGEST, "second "));
    rig.engine.submit(orderFor(), push, keyed(OTHER, "third "));
    rig.clock.advance(milliseconds(0));
    expect(typesOf(outcomes)).toEqual(["committed", "repeated", "conflict"]);
    expect(outcomes[1]).toEqual({ type: "repeated", answer: "first 1", firstSeq: 1 });
    expect(rig.engine.head.seq).toBe(1);
  });

  test("a rejected order leaves no key: it may be tried again", () => {
    const { engine, clock, disk } = openRig();
    const outcomes: Outcome[] = [];
    engine.submit(orderFor("none"), (outcome) => void outcomes.push(outcome), keyed(DIGEST, ""));
    clock.advance(milliseconds(0));
    expect(typesOf(outcomes)).toEqual(["rejected"]);
    expect(disk.keys.size).toBe(0);
  });
});

describe("rejections", () => {
  test("a rejection that rests on an uncommitted event is told only after that event's commit", () => {
    const disk = new MemoryDisk();
    const { engine, clock, fatal } = openRig(disk);
    const outcomes = submitAll(engine, ["first-only", "first-only"]);
    disk.appendFault = new HallError("STORE_FAILED", "disk full");
    clock.advance(milliseconds(0));
    expect(outcomes).toEqual([]);
    expect(fatal).toHaveLength(1);
  });

  test("a rejection commits nothing and stands in its place among the answers", () => {
    const { engine, clock } = openRig();
    const outcomes = submitAll(engine, ["first-only", "first-only", "none", "tax"]);
    clock.advance(milliseconds(0));
    expect(typesOf(outcomes)).toEqual(["committed", "rejected", "rejected", "committed"]);
    expect(engine.head.seq).toBe(2);
  });
});

describe("a commit that fails (I18)", () => {
  test("ends the writer: one line, one fatal error, no answer, nothing accepted, nothing tried again", () => {
    const disk = new MemoryDisk();
    const { engine, clock, fatal, lines, appends, intake, acks } = openRig(disk);
    const outcomes = submitAll(engine, ["tax", "none"]);
    const committed: unknown[] = [];
    engine.onCommitted((events) => void committed.push(events));
    disk.appendFault = new HallError("STORE_FAILED", "disk full");
    clock.advance(milliseconds(0));
    disk.appendFault = null;
    outcomes.push(...submitAll(engine, ["tax"]));
    intake.answerHealth("counter-1" as never, { stream: "s", done: 0, head: 0 } as never);
    clock.advance(seconds(10));
    expect({ outcomes, committed, acks }).toEqual({ outcomes: [], committed: [], acks: [] });
    expect(fatal.map((error) => error.message)).toEqual(["disk full"]);
    expect(lines.map((line) => [line.level, line.event])).toEqual([["error", "engine.halted"]]);
    expect(appends.count).toBe(1);
    expect(disk.records).toEqual([]);
    expect(engine.ended).toBe(true);
  });

  test("a broken invariant is a bug: it is thrown, the batch is not committed, and nothing follows", () => {
    const assertInvariants = (): void => {
      throw new Bug("I5");
    };
    const { engine, clock, disk } = openRig(new MemoryDisk(), new VirtualClock(), { assertInvariants });
    const outcomes = submitAll(engine, ["tax"]);
    expect(() => clock.advance(milliseconds(0))).toThrow("I5");
    submitAll(engine, ["tax"]);
    clock.advance(seconds(1));
    expect(outcomes).toEqual([]);
    expect(disk.records).toEqual([]);
  });

  test("a bug in a listener is not swallowed", () => {
    const { engine, clock } = openRig();
    engine.onCommitted(() => {
      throw new Bug("listener");
    });
    submitAll(engine, ["tax"]);
    expect(() => clock.advance(milliseconds(0))).toThrow("listener");
    expect(engine.ended).toBe(true);
  });
});

// The log's time never runs backwards, and an untrusted clock is marked as such on every event it stamped.
test("a clock that steps back before the last record is not trusted, and recorded time goes on", () => {
  const { engine, clock, store } = openRig();
  const steps = [0, -3_600_000, 0, 7_200_000];
  for (const step of steps) {
    clock.stepWall(milliseconds(step));
    submitAll(engine, ["tax"]);
    clock.advance(seconds(2));
  }
  const events = [...store.read(1, 10)].map(readEvent);
  const times = events.map((event) => event.recordedAtMs - VIRTUAL_START);
  expect(times).toEqual([0, 1_900, 3_800, 5_800]); // The jump ahead has not held long enough to be believed.
  expect(events.map((event) => event.clock)).toEqual(["trusted", "untrusted", "untrusted", "untrusted"]);
  expect(events.map((event) => event.occurredAtMs - event.recordedAtMs)).toEqual([0, 0, 0, 0]);
});

test("within one batch a step back of the clock does not reorder recorded time", () => {
  const { engine, clock, store } = openRig();
  submitAll(engine, ["tax"]);
  clock.stepWall(milliseconds(-5));
  submitAll(engine, ["tax"]);
  clock.advance(milliseconds(0));
  const events = [...store.read(1, 10)].map(readEvent);
  expect(events.map((event) => event.recordedAtMs - VIRTUAL_START)).toEqual([0, 0]);
  expect(events.map((event) => event.clock)).toEqual(["trusted", "trusted"]);
});

test("an engine refuses to start on a hall that is not the fold of its whole log", () => {
  const { engine, clock, disk } = openRig();
  submitAll(engine, ["tax"]);
  clock.advance(milliseconds(0));
  disk.crash();
  const stale = { ...openRig().engine.hall } as never;
  expect(() => openRig(disk, clock, { hall: stale, decide: toyDecide, evolve: toyEvolve })).toThrow(Bug);
});
