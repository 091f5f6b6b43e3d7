import { expect, test } from "vitest";
import { Life, PowerCut } from "../../../../simulator/time/life.ts";
import { Scheduler } from "../../../../simulator/time/scheduler.ts";

// The world's queue: one order for everything, and nothing of a dead generation ever runs.

test("wakes run by instant, and those of one instant in the order of asking", () => {
  const scheduler = new Scheduler();
  const ran: string[] = [];
  for (const [name, at] of [
    ["c", 30],
    ["a", 10],
    ["b1", 20],
    ["b2", 20],
    ["d", 40],
  ] as const) {
    scheduler.at(at, () => ran.push(name));
  }
  expect(scheduler.runUntil(35, 100)).toBe(true);
  expect(ran).toEqual(["a", "b1", "b2", "c"]);
  expect(scheduler.nowUs).toBe(35);
});

test("a thousand wakes in a scrambled order come out sorted", () => {
  const scheduler = new Scheduler();
  const ran: number[] = [];
  for (let n = 0; n < 1000; n += 1) {
    const at = (n * 7919) % 1009;
    scheduler.at(at, () => ran.push(at));
  }
  scheduler.runUntil(2000, 2000);
  expect(ran).toEqual([...ran].sort((a, b) => a - b));
  expect(ran).toHaveLength(1000);
});

test("a cancelled wake and the wakes of a dead life do not run", () => {
  const scheduler = new Scheduler();
  const life = new Life("t01", 1);
  const ran: string[] = [];
  scheduler.at(10, () => ran.push("cancelled")).cancel();
  scheduler.at(10, () => ran.push("dead"), life);
  life.isDead = true;
  scheduler.runUntil(20, 100);
  expect(ran).toEqual([]);
});

test("what comes due while a node stands still runs when it moves again, in its order", () => {
  const scheduler = new Scheduler();
  const life = new Life("t01", 1);
  const ran: string[] = [];
  scheduler.at(10, () => ran.push("first"), life);
  scheduler.at(20, () => ran.push("second"), life);
  life.isFrozen = true;
  scheduler.runUntil(50, 100);
  expect(ran).toEqual([]);
  life.isFrozen = false;
  scheduler.resume(life);
  scheduler.runUntil(50, 100);
  expect(ran).toEqual(["first", "second"]);
});

test("somebody who wakes himself for ever is found out", () => {
  const scheduler = new Scheduler();
  const again = (): void => void scheduler.at(scheduler.nowUs, again);
  again();
  expect(scheduler.runUntil(10, 500)).toBe(false);
});

test("a fuse kills at exactly its port call, and every later call of that generation dies too", () => {
  const life = new Life("t01", 1);
  life.lightFuse(3);
  life.touch("one");
  life.touch("two");
  expect(() => life.touch("three")).toThrow(PowerCut);
  expect(life.isDead).toBe(true);
  life.quenchFuse();
  expect(() => life.touch("four")).toThrow(PowerCut);
});
