import { expect, test } from "vitest";
import { FairLine } from "../../../../../controller/adapters/broker/fair-line.ts";

// Whoever sends a thousand waits behind itself.

const drained = <T>(line: FairLine<T>): T[] => {
  const taken: T[] = [];
  for (let entry = line.take(); entry !== undefined; entry = line.take()) taken.push(entry);
  return taken;
};

test("keys have their turns, and each keeps its own order", () => {
  const line = new FairLine<string>(() => true);
  for (const entry of ["a1", "a2", "a3", "b1", "c1", "b2"]) line.add(entry.charAt(0), entry);
  expect(drained(line)).toEqual(["a1", "b1", "c1", "a2", "b2", "a3"]);
});

test("somebody who comes late waits for one of each, not for all", () => {
  const line = new FairLine<string>(() => true);
  for (let at = 0; at < 1_000; at += 1) line.add("enemy", `e${at}`);
  line.take();
  line.add("terminal", "t");
  expect([line.take(), line.take()]).toEqual(["e1", "t"]);
});

test("what no longer stands is passed over, and takes nobody's turn", () => {
  const gone = new Set(["a1", "b1"]);
  const line = new FairLine<string>((entry) => !gone.has(entry));
  for (const entry of ["a1", "a2", "b1", "c1"]) line.add(entry.charAt(0), entry);
  expect(drained(line)).toEqual(["a2", "c1"]);
  expect(line.waits).toBe(false);
});
