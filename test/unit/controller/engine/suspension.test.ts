import { expect, test } from "vitest";
import { HallError, milliseconds, seconds } from "../../../../protocol/index.ts";
import type { Outcome } from "../../../../controller/engine/engine.ts";
import { MemoryDisk } from "../../../../controller/engine/memory-event-store.ts";
import type { WriteFault } from "../../../../controller/engine/write-fault.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";
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
