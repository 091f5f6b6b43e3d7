import { expect, test } from "vitest";
import { Stream } from "../../../../simulator/network/stream.ts";
import { Chance } from "../../../../simulator/time/chance.ts";
import { Scheduler } from "../../../../simulator/time/scheduler.ts";

// TCP keeps order, whatever happens to the line: nothing overtakes what was sent before it.

function openStream(delayMs: number) {
  const scheduler = new Scheduler();
  const quality = { delayMs, jitterMs: 0, duplicates: 0, dropsQos0: 0 };
  const stream = new Stream(scheduler, new Chance(1), quality);
  const arrived: string[] = [];
  const send = (name: string): void => stream.send(() => void arrived.push(name), 1);
  const pass = (ms: number) => void scheduler.runUntil(scheduler.nowUs + ms * 1000, 1_000);
  return { stream, arrived, send, pass };
}

test("what was under way when the line was blocked comes before what was sent into the blocked line", () => {
  const { stream, arrived, send, pass } = openStream(100);
  send("under way");
  pass(10);
  stream.block();
  send("into the blocked line");
  pass(500);
  expect(arrived).toEqual([]);
  stream.free();
  send("after it");
  pass(500);
  expect(arrived).toEqual(["under way", "into the blocked line", "after it"]);
});

test("what is still under way when the line is free again comes after what was held up", () => {
  const { stream, arrived, send, pass } = openStream(100);
  send("first");
  stream.block();
  pass(150);
  send("second");
  pass(50);
  stream.free();
  pass(500);
  expect(arrived).toEqual(["first", "second"]);
});
