import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { spanIdOf, traceIdOf } from "../../../hardware/system/otlp-trace.ts";
import { type InputName, StreamId, TerminalId, TRACE_PARENTS, type TraceStage } from "../../../protocol/index.ts";

// Traces: the same ids on both sides of the wire, and no cost where nobody asked for them.

const ROOT = new URL("../../../", import.meta.url).pathname;
const input: InputName = {
  terminalId: TerminalId.parse("t01"),
  stream: StreamId.parse("6f1d2a34-5b6c-4d7e-8f90-a1b2c3d4e5f6"),
  seq: 7,
};
const STAGES = Object.keys(TRACE_PARENTS) as TraceStage[];

test("ids follow from the input's name alone; another input, another trace", () => {
  expect(traceIdOf(input)).toMatch(/^[0-9a-f]{32}$/u);
  expect(traceIdOf({ ...input })).toBe(traceIdOf(input));
  expect(traceIdOf({ ...input, seq: 8 })).not.toBe(traceIdOf(input));
  expect(new Set(STAGES.map((stage) => spanIdOf(input, stage))).size).toBe(STAGES.length);
});

test("every stage but the first has one that leads to it, and all begin at the key", () => {
  for (const stage of STAGES) {
    let at: TraceStage | null = stage;
    for (let steps = 0; at !== null && at !== "edge" && steps < STAGES.length; steps += 1) at = TRACE_PARENTS[at];
    expect([stage, at]).toEqual([stage, "edge"]);
  }
});

test("the packages are loaded on demand only: nothing imports the exporter but by import()", () => {
  const importers = ["terminal", "controller", "hardware", "protocol", "simulator"].flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => readFileSync(`${ROOT}${folder}/${path}`, "utf8"))
      .filter((text) => /from "[^"]*otlp-trace\.ts"/u.test(text)),
  );
  expect(importers).toEqual([]);
});
