import { expect, test } from "vitest";
import { MemoryDisk, readEvent } from "../../../../controller/index.ts";
import { History } from "../../../../simulator/history.ts";
import { recordRestore } from "../../../../simulator/nodes/record-restore.ts";
import { Chance } from "../../../../simulator/time/chance.ts";
import { Scheduler } from "../../../../simulator/time/scheduler.ts";
import { drawPlan } from "../../../../simulator/world-plan.ts";

// The simulated restore is the product's: without its first event a restored hall gives numbers on paper again.
test("a restored disk says so in its first event after the copy", () => {
  const { startMs } = drawPlan(new Chance(1), { counters: 1 });
  const disk = new MemoryDisk();
  const history = new History(() => startMs);
  const world = {
    scheduler: new Scheduler(),
    history,
    nowMs: () => startMs,
    onBug: () => {},
    birthOf: () => ({
      slowFuse: Number.POSITIVE_INFINITY,
      fuse: Number.POSITIVE_INFINITY,
      driftPpm: 0,
      wallMs: startMs,
      soonUs: 20,
      syncAfterMs: null,
    }),
    absenceOf: () => 1000,
  };
  recordRestore({ disk, madeAtMs: startMs - 60_000, world, random: new Chance(2) });
  expect(disk.records.map(readEvent)).toMatchObject([
    { seq: 1, type: "hall.restored", recordedAtMs: startMs, data: { backupPosition: 0, madeAtMs: startMs - 60_000 } },
  ]);
  expect(disk.inUse).toBe(false); // The controller that starts next finds it free.
});
