import { expect, test } from "vitest";
import { z } from "zod";
import { drawMix, FAULT_FAMILIES } from "../../../../simulator/faults.ts";
import { Chance } from "../../../../simulator/time/chance.ts";

test("equal seeds and names give equal draws, whatever other streams have drawn", () => {
  const one = new Chance(7);
  const other = new Chance(7);
  other.next();
  other.stream("faults").next();
  expect(one.stream("people").next()).toBe(other.stream("people").next());
  expect(one.stream("people").next()).not.toBe(one.stream("network").next());
  expect(new Chance(8).stream("people").next()).not.toBe(one.stream("people").next());
});

test("ids are version 4 UUIDs and do not repeat", () => {
  const chance = new Chance(1);
  const ids = Array.from({ length: 2000 }, () => z.uuidv4().parse(chance.uuid()));
  expect(new Set(ids).size).toBe(ids.length);
});

test("numbers stay inside their bounds and reach all of them", () => {
  const chance = new Chance(3);
  const seen = new Set(Array.from({ length: 500 }, () => chance.below(5)));
  expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
});

test("switching a family off leaves the rates of all others as they were", () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const all = drawMix(new Chance(seed), "swarm");
    const without = drawMix(new Chance(seed), ["-lineReset"]);
    expect(without).toEqual({ ...all, lineReset: null });
  }
});

test("mixes differ: over a hundred seeds every family of the swarm is on in some and off in others", () => {
  const mixes = Array.from({ length: 100 }, (_, seed) => drawMix(new Chance(seed), "swarm"));
  const everOn = FAULT_FAMILIES.filter((family) => mixes.some((mix) => mix[family] !== null));
  expect(FAULT_FAMILIES.filter((family) => !everOn.includes(family))).toEqual([]);
  expect(FAULT_FAMILIES.filter((family) => mixes.every((mix) => mix[family] !== null))).toEqual([]);
});
