// Proves that a hall restored from an older copy settles no session while a tap of it still lies in a terminal: that
// the terminal was told "committed", it was by the hall as it was before.
import { expect, test } from "vitest";
import { assembleHallEngine } from "../../../../controller/assembled-engine.ts";
import type { HallEvent } from "../../../../controller/core/events.ts";
import { MemoryDisk, openMemoryEventStore } from "../../../../controller/engine/memory-event-store.ts";
import { HallProgram } from "../../../../controller/hall-program.ts";
import { AttendanceKeeper } from "../../../../controller/office/attendance-keeper.ts";
import { epochMs, Health, seconds, silentLog, TerminalState } from "../../../../protocol/index.ts";
import { SeededRandom } from "../../../support/seeded-random.ts";
import { badge, terminalId } from "../../../support/test-hall.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";
import { instant, officeConfiguration } from "../core/office/office-rig.ts";
import { envelope, input, STREAM } from "../engine/engine-rig.ts";

const T1 = terminalId(1);
const counters = Object.fromEntries(Object.keys(Health.shape.counters.shape).map((name) => [name, 0]));
const WHERE = { v: 1, stream: STREAM, session: 1, head: 1, done: 1 } as const;
const HEALTH = Health.parse({ ...WHERE, uptimeMs: 1, memoryBytes: 1, clockOffsetMs: null, counters });
const WHO = { status: "online", boot: 1, firmware: "0.1.0", role: "counter", devices: [], tail: 1 } as const;
const BIRTH = TerminalState.parse({ ...WHERE, ...WHO, epochSeen: 1 });

function restoredHall(at: string) {
  const clock = new VirtualClock(epochMs(instant(at)));
  const store = openMemoryEventStore(new MemoryDisk());
  const onFatal = (error: Error): never => {
    throw error;
  };
  const ports = { clock, log: silentLog, random: new SeededRandom(1) };
  const seal = { sign: () => "", verify: () => true };
  const engine = assembleHallEngine({ ...ports, store, seal, onFatal });
  const bus = { publish: () => {}, disconnect: () => {} };
  const program = new HallProgram({ ...ports, configuration: officeConfiguration(), engine, bus, onChange: () => {} });
  const emptyAt = program.watch.emptyAt.bind(program.watch);
  const keeper = new AttendanceKeeper({ ...ports, engine: program.engine, store, emptyAt });
  const types: HallEvent["type"][] = [];
  program.engine.onCommitted((events) => void types.push(...events.map(({ type }) => type)));
  program.begin(() => {
    program.startTicks();
    keeper.start();
  });
  clock.advance(seconds(1));
  const healths = (count: number): void => {
    for (let said = 0; said < count; said += 1) {
      program.receive(T1, "health", JSON.stringify(HEALTH));
      clock.advance(seconds(10));
    }
  };
  const hear = (branch: "state" | "up", message: object): void => {
    program.receive(T1, branch, JSON.stringify(message));
    clock.advance(seconds(1));
  };
  return { types, healths, hear };
}

test("a terminal's word that everything was acknowledged settles nothing while the log lacks some of it", () => {
  const { types, healths, hear } = restoredHall("2026-03-02T12:40");
  hear("state", BIRTH);
  healths(6);
  expect(types).not.toContain("attendance.reported");
  const body = { badge: badge(1) };
  const tap = input(1, { type: "badge-presented", hallMs: instant("2026-03-02T12:00") - 1_000, body });
  hear("up", envelope([tap]));
  expect(types.some((type) => type === "badge.recorded" || type === "badge.noted")).toBe(true);
  healths(3);
  expect(types).toContain("attendance.reported");
});
