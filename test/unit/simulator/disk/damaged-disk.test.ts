import { expect, test } from "vitest";
import { assembleHallEngine, type MemoryDisk, openMemoryEventStore } from "../../../../controller/index.ts";
import { silentLog } from "../../../../protocol/index.ts";
import { damagedDisk, type StoreDamage } from "../../../../simulator/disk/damaged-disk.ts";
import { plainSeal } from "../../../../simulator/disk/faulty-store.ts";
import { SimHall } from "../../../../simulator/hall.ts";
import { simplePeople } from "../../../../simulator/people/simple-people.ts";
import { play } from "../../../../simulator/run-seed.ts";
import { Chance } from "../../../../simulator/time/chance.ts";
import { Life } from "../../../../simulator/time/life.ts";
import { NodeClock } from "../../../../simulator/time/node-clock.ts";
import { Scheduler } from "../../../../simulator/time/scheduler.ts";

function soundDisk(): MemoryDisk {
  const hall = new SimHall({ seed: 11, counters: 2, minutes: 15, faults: "none", people: simplePeople });
  expect(play(hall)).toBe(true);
  hall.controller.disk.crash();
  return hall.controller.disk;
}

function start(disk: MemoryDisk): string {
  const clock = new NodeClock(new Scheduler(), new Life("controller", 1), { driftPpm: 0, wallMs: 0, soonUs: 5 });
  const store = openMemoryEventStore(disk);
  const onFatal = (): void => {};
  try {
    assembleHallEngine({ store, seal: plainSeal, clock, random: new Chance(1), log: silentLog, onFatal });
    return "started";
  } catch (thrown) {
    return String((thrown as { code?: string }).code);
  }
}

// The simulation says that the product finds it: here it is asked directly, for every record.
test("a damaged log is found at the start, wherever the damage is", () => {
  const sound = soundDisk();
  const found = (how: StoreDamage, where: number): string => {
    const damaged = damagedDisk(sound, how, where);
    return damaged === null ? "nothing to damage" : start(damaged.disk);
  };
  for (const where of [0, 0.2, 0.5, 0.8, 0.999]) expect([where, found("byte", where)]).toEqual([where, "LOG_BROKEN"]);
  expect(found("end", 0)).toBe("LOG_BROKEN");
  expect(found("snapshot", 0.5)).toBe("nothing to damage");
  expect(start(sound)).toBe("started"); // The disk itself is as it was.
});
