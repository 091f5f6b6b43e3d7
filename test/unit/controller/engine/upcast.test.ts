import { describe, expect, test } from "vitest";
import { HallError } from "../../../../protocol/index.ts";
import type { EventType } from "../../../../controller/core/events.ts";
import {
  eventReader,
  readEvent,
  SCHEMA_VERSIONS,
  type Upcaster,
  UPCASTERS,
} from "../../../../controller/engine/upcast.ts";

const stored = (event: object, seq = 7) => ({ seq, record: JSON.stringify({ seq, ...event }), hash: "" });

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof HallError) return thrown.code;
    throw thrown;
  }
  return "none";
}

// As two releases would have it: version 1 had `place`, 2 renamed it to `where`, 3 added `floor`.
const steps = new Map<string, Upcaster>([
  ["tap@1", ({ place, ...old }) => ({ ...old, where: place })],
  ["tap@2", (old) => ({ ...old, floor: 1 })],
]);
const reader = eventReader({ tap: 3 }, steps);

describe("reading stored events", () => {
  test.each([1, 2, 3])("version %i is lifted step by step to the newest shape", (schemaVersion) => {
    const shapes = { 1: { place: "x" }, 2: { where: "x" }, 3: { where: "x", floor: 1 } } as const;
    const shape = shapes[schemaVersion as 1 | 2 | 3];
    expect(reader(stored({ type: "tap", schemaVersion, ...shape }))).toEqual({
      seq: 7,
      type: "tap",
      schemaVersion: 3,
      where: "x",
      floor: 1,
    });
  });

  test.each([
    ["a newer shape of a known type", { type: "tap", schemaVersion: 4 }, "DATA_NEWER"],
    ["a type nobody knows", { type: "dance", schemaVersion: 1 }, "DATA_NEWER"],
    ["a name every object has", { type: "constructor", schemaVersion: 1 }, "DATA_NEWER"],
    ["no type", { schemaVersion: 1 }, "LOG_BROKEN"],
    ["another seq than its place", { type: "tap", schemaVersion: 3, seq: 8 }, "LOG_BROKEN"],
  ])("%s is refused", (_what, event, code) => {
    expect(codeOf(() => reader(stored(event)))).toBe(code);
  });

  test("what is not JSON is a broken log", () => {
    expect(codeOf(() => readEvent({ seq: 1, record: "{", hash: "" }))).toBe("LOG_BROKEN");
    expect(codeOf(() => readEvent({ seq: 1, record: "null", hash: "" }))).toBe("LOG_BROKEN");
  });

  test("every shape that was ever current can be lifted to today's", () => {
    for (const type of Object.keys(SCHEMA_VERSIONS) as EventType[]) {
      for (let from = 1; from < SCHEMA_VERSIONS[type]; from += 1) expect(UPCASTERS.has(`${type}@${from}`)).toBe(true);
    }
  });
});
