import { describe, expect, test } from "vitest";
import { setFull, type SetOperation } from "../../../../../simulator/checkers/jepsen/set-full.ts";
import { totalQueue } from "../../../../../simulator/checkers/jepsen/total-queue.ts";
import { uniqueIds } from "../../../../../simulator/checkers/jepsen/unique-ids.ts";

// Jepsen's checkers by the cases that its documentation describes.

describe("total-queue", () => {
  const cases = [
    ["an empty history", [], [], [], { valid: true }],
    ["what was acknowledged came out", ["a"], ["a"], ["a"], { valid: true, ok: ["a"] }],
    ["what was acknowledged never came out", ["a"], ["a"], [], { valid: false, lost: ["a"] }],
    ["what nobody put in came out", [], [], ["a"], { valid: false, unexpected: ["a"] }],
    ["what came out had no answer", ["a"], [], ["a"], { valid: true, ok: ["a"], recovered: ["a"] }],
    ["what came out twice was put in once", ["a"], ["a"], ["a", "a"], { valid: true, ok: ["a"], duplicated: ["a"] }],
    ["of two alike one came out", ["a", "a"], ["a", "a"], ["a"], { valid: false, ok: ["a"], lost: ["a"] }],
    ["what had no answer and never came out is nothing", ["a"], [], [], { valid: true }],
  ] as const;
  test.each(cases)("%s", (_title, attempts, enqueues, dequeues, expected) => {
    const nothing = { ok: [], lost: [], unexpected: [], duplicated: [], recovered: [] };
    expect(totalQueue<string>({ attempts, enqueues, dequeues })).toEqual({ ...nothing, ...expected });
  });
});

test("unique-ids names every id that was given twice, and how often", () => {
  expect(uniqueIds([1, 2, 3], 5)).toMatchObject({ valid: true, attemptedCount: 5, acknowledgedCount: 3 });
  expect(uniqueIds([1, 2, 1, 1])).toMatchObject({ valid: false, duplicated: new Map([[1, 3]]) });
});

describe("set-full", () => {
  const add = (invokedAt: number, okAt: number | null): SetOperation<string> => ({
    f: "add",
    element: "x",
    invokedAt,
    okAt,
  });
  const read = (invokedAt: number, ...elements: string[]): SetOperation<string> => ({
    f: "read",
    elements,
    invokedAt,
    okAt: invokedAt + 1,
  });
  const cases = [
    ["never read", [add(0, 1)], { valid: "unknown", neverRead: ["x"] }],
    ["never confirmed, and read once", [add(0, null), read(2, "x")], { valid: true, stable: ["x"] }],
    ["never confirmed, and never seen", [add(0, null), read(2)], { valid: "unknown", neverRead: ["x"] }],
    ["confirmed and read", [add(0, 1), read(2, "x")], { valid: true, stable: ["x"] }],
    ["confirmed and missing", [add(0, 1), read(2)], { valid: false, lost: ["x"] }],
    ["missing only while it was being added", [add(0, 5), read(2)], { valid: "unknown", neverRead: ["x"] }],
    ["seen and then gone", [add(0, null), read(2, "x"), read(4)], { valid: false, lost: ["x"] }],
    ["missing and then back", [add(0, 1), read(2), read(4, "x")], { valid: true, stable: ["x"], stale: ["x"] }],
    ["read twice over", [add(0, 1), read(2, "x", "x")], { valid: false, stable: ["x"], duplicated: ["x"] }],
  ] as const;
  test.each(cases)("%s", (_title, operations, expected) => {
    const nothing = { stable: [], lost: [], neverRead: [], stale: [], duplicated: [] };
    expect(setFull(operations)).toEqual({ ...nothing, ...expected });
  });
  test("a linearizable set is never stale", () => {
    expect(setFull([add(0, 1), read(2), read(4, "x")], { linearizable: true }).valid).toBe(false);
  });
});
