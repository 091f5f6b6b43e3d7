import { describe, expect, test } from "vitest";
import { epochMs, HallError, milliseconds, present, seconds } from "../../../../protocol/index.ts";
import type { Outcome } from "../../../../controller/engine/engine.ts";
import { MemoryDisk } from "../../../../controller/engine/memory-event-store.ts";
import { readEvent } from "../../../../controller/engine/upcast.ts";
import type { WriteFault } from "../../../../controller/engine/write-fault.ts";
import { VIRTUAL_START, VirtualClock } from "../../../support/virtual-clock.ts";
import { envelope, foldOf, input, openRig, submitAll, TERMINAL } from "./engine-rig.ts";

// A hall whose disk refuses writes is read on as committed, answers everybody that nothing was done, and goes on by
// itself. After a failed fsync it does not: see engine.test.ts, "a commit that fails".

const FULL = new HallError("STORE_FULL", "the disk is full");
const FAILED = new HallError("STORE_FAILED", "fsync failed");
const typesOf = (outcomes: readonly Outcome[]): string[] => outcomes.map((outcome) => outcome.type);

function suspendable(disk = new MemoryDisk()) {
  const faults: (string | null)[] = [];
  const rig: ReturnType<typeof openRig> = openRig(disk, new VirtualClock(), { rebuild: () => foldOf(rig.store) });
  rig.engine.onWritable((fault: WriteFault | null) => void faults.push(fault?.code ?? null));
  return { ...rig, faults };
}

test("the batch that was refused never happened: the hall is as committed, and everybody is told so", () => {
  const { engine, clock, disk, faults, lines, fatal } = suspendable();
  submitAll(engine, ["tax"]);
  clock.advance(milliseconds(0));
  disk.appendFault = FULL;
  const outcomes = submitAll(engine, ["tax", "none", "tax"]);
  clock.advance(milliseconds(0));
  expect(typesOf(outcomes)).toEqual(["unwritten", "unwritten", "unwritten"]);
  expect([engine.hall.position, engine.head.seq, disk.records.length]).toEqual([1, 1, 1]);
  const late = submitAll(engine, ["tax"]);
  clock.advance(milliseconds(0));
  expect(typesOf(late)).toEqual(["unwritten"]);
  expect(engine.unwritable).toMatchObject({ code: "STORE_FULL", message: "the disk is full" });
  expect([faults, fatal]).toEqual([["STORE_FULL"], []]);
  expect(lines.filter(({ level }) => level === "error").map(({ event }) => event)).toEqual(["store.unwritable"]);
});

test("it asks ever less often, says nothing meanwhile, and goes on when the disk takes writes", () => {
  const { engine, clock, disk, faults, lines, store } = suspendable();
  let probes = 0;
  const probe = store.probe.bind(store);
  store.probe = () => {
    probes += 1;
    probe();
  };
  disk.appendFault = FULL;
  submitAll(engine, ["tax"]);
  clock.advance(seconds(60));
  expect(probes).toBe(7); // After 1, 3, 7, 15, 30, 45 and 60 s.
  disk.appendFault = null;
  clock.advance(seconds(15));
  expect(faults).toEqual(["STORE_FULL", null]);
  const outcomes = submitAll(engine, ["tax", "tax"]);
  clock.advance(milliseconds(0));
  expect(typesOf(outcomes)).toEqual(["committed", "committed"]);
  expect(engine.hall.position).toBe(2);
  expect(lines.filter(({ level }) => level === "error")).toHaveLength(1);
});

test("inputs are neither acknowledged nor asked for, and are taken when their terminal sends them again", () => {
  const { engine, clock, disk, intake, acks } = suspendable();
  disk.appendFault = FULL;
  intake.receive(TERMINAL, envelope([input(1), input(2)]));
  clock.advance(seconds(1));
  expect(acks).toEqual([]);
  disk.appendFault = null;
  clock.advance(seconds(2));
  intake.receive(TERMINAL, envelope([input(1), input(2)]));
  clock.advance(milliseconds(0));
  expect(acks.at(-1)).toMatchObject({ upTo: 2 });
  expect(engine.hall.position).toBe(2);
});

test("a process that has written nothing shows what the disk holds though it fails, and ends when it answers", () => {
  const { engine, clock, disk, faults, fatal } = suspendable();
  disk.appendFault = FAILED;
  const outcomes = submitAll(engine, ["tax"]);
  clock.advance(seconds(20));
  expect([typesOf(outcomes), faults, fatal]).toEqual([["unwritten"], ["STORE_FAILED"], []]);
  disk.appendFault = null;
  clock.advance(seconds(15));
  expect(fatal.map(({ code }) => code)).toEqual(["STORE_FAILED"]);
  expect(engine.ended).toBe(true);
});

test("one that has written ends at once when a full disk turns into a failing one", () => {
  const { engine, clock, disk, fatal } = suspendable();
  submitAll(engine, ["tax"]);
  clock.advance(milliseconds(0));
  disk.appendFault = FULL;
  submitAll(engine, ["tax"]);
  clock.advance(milliseconds(0));
  disk.appendFault = FAILED;
  clock.advance(seconds(2));
  expect(fatal.map(({ code }) => code)).toEqual(["STORE_FAILED"]);
  expect(engine.ended).toBe(true);
});

test("a full disk that failed in between is not written to again, though this process had written nothing", () => {
  const { engine, clock, disk, faults, fatal } = suspendable();
  disk.appendFault = FULL;
  submitAll(engine, ["tax"]);
  clock.advance(milliseconds(0));
  disk.appendFault = FAILED;
  clock.advance(seconds(2));
  expect([engine.unwritable?.code, faults, fatal]).toEqual(["STORE_FAILED", ["STORE_FULL", "STORE_FAILED"], []]);
  disk.appendFault = null;
  clock.advance(seconds(15));
  expect(fatal.map(({ code }) => code)).toEqual(["STORE_FAILED"]);
  expect(engine.ended).toBe(true);
});

// The first start of a box without a battery: neither its clock nor its log knows the day.
describe("a hall that has never known the time", () => {
  const firstStart = () => {
    const clock = new VirtualClock(epochMs(20_000));
    const faults: (string | null)[] = [];
    const rig = openRig(new MemoryDisk(), clock);
    rig.engine.onWritable((fault) => void faults.push(fault?.code ?? null));
    return { ...rig, faults };
  };

  test("records nothing, and begins by itself when its clock is set", () => {
    const { engine, clock, disk, faults, lines } = firstStart();
    const outcomes = submitAll(engine, ["tax"]);
    clock.advance(seconds(60));
    expect([typesOf(outcomes), disk.records, engine.unwritable?.code]).toEqual([["unwritten"], [], "CLOCK_UNSET"]);
    clock.setWall(VIRTUAL_START);
    clock.advance(seconds(1));
    expect([engine.unwritable, faults]).toEqual([null, [null]]);
    submitAll(engine, ["tax"]);
    clock.advance(milliseconds(0));
    expect(engine.hall.lastRecordedAtMs).toBe(VIRTUAL_START + 1_000);
    expect(lines.map(({ event }) => event)).toEqual(["clock.unset", "clock.set"]);
  });

  test("what its terminals kept meanwhile is dated by their own clocks, not to 1970", () => {
    const { clock, intake, store, acks } = firstStart();
    const before = envelope([input(1, { monoMs: 400, hallMs: 0, synced: false })]);
    intake.receive(TERMINAL, before);
    clock.advance(seconds(60));
    expect(acks).toEqual([]);
    clock.setWall(VIRTUAL_START);
    clock.advance(seconds(1));
    intake.receive(TERMINAL, { ...before, sentMonoMs: 62_000 });
    clock.advance(milliseconds(0));
    const [stored] = store.read(1, 1);
    const latest = VIRTUAL_START + 1_000 - 61_600;
    const { occurredAtMs, occurredUntilMs } = readEvent(present(stored, "an event"));
    expect([occurredAtMs, occurredUntilMs]).toEqual([latest - 15_000, latest]);
  });

  test("a log that knows the year lets the hall go on from its last record, untrusted", () => {
    const { engine, clock, disk, store } = firstStart();
    clock.setWall(VIRTUAL_START);
    clock.advance(seconds(1));
    submitAll(engine, ["tax"]);
    clock.advance(milliseconds(0));
    store.close();
    const again = openRig(disk, new VirtualClock(epochMs(20_000)));
    expect([again.engine.unwritable, again.engine.time().trusted]).toEqual([null, false]);
  });
});
