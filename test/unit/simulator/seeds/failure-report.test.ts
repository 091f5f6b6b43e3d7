import { InvalidArgumentError } from "commander";
import { describe, expect, test } from "vitest";
import { TerminalId } from "../../../../protocol/index.ts";
import type { Entry } from "../../../../simulator/history.ts";
import { failureReport, replayLine } from "../../../../simulator/seeds/failure-report.ts";
import type { SeedOutcome } from "../../../../simulator/seeds/seed-play.ts";
import { parseFaults, parseSeeds } from "../../../../simulator/seeds/sim-options.ts";

const press = (terminal: string, atMs: number): Entry => ({
  atMs,
  type: "key-pressed",
  button: "call",
  heldMs: 120,
  terminalId: TerminalId.parse(terminal),
});

const FAILED: SeedOutcome = {
  seed: 42,
  verdict: "correctness",
  logHash: "abc",
  steps: 1,
  events: 1,
  counters: {},
  faults: "duplicates=0.2",
  violations: [{ invariant: "I3", detail: "t02 acted twice" }],
  trace: [press("t01", 1000), press("t02", 2000), { atMs: 3000, type: "healed" }],
};

// Everything that is needed to look into it stands in one place, and only the windows involved.
test("a failure says what broke, where, with which options and tree, and how to see it again", () => {
  const play = { faults: "swarm", canary: false, minutes: 20 } as const;
  const shrunk = { play: { ...play, faults: ["duplicates"], counters: 2 }, outcome: FAILED, tries: 9 };
  const text = failureReport(FAILED, play, shrunk, "0123abcd+").join("\n");
  expect(text).toContain("seed 42 FAILED: correctness\n  I3: t02 acted twice\n  commit  0123abcd+");
  expect(text).toContain("last happenings at t02:\n    00:00:02.000 key-pressed button=call heldMs=120 terminalId=t02");
  expect(text).toContain("00:00:03.000 healed");
  expect(text).not.toContain("terminalId=t01");
  expect(text).toContain(
    "again   node hallward.ts sim --seeds 42 --counters 2 --minutes 20 --faults=duplicates --attendance none --trace",
  );
});

test("the replay line leaves out what is the default", () => {
  expect(replayLine(3, { faults: "swarm", canary: false })).toBe("node hallward.ts sim --seeds 3 --attendance none");
  expect(replayLine(3, { faults: ["-duplicates"], canary: true })).toBe(
    "node hallward.ts sim --seeds 3 --faults=-duplicates --attendance none --canary",
  );
});

describe("options", () => {
  test("seeds are a range or one", () => {
    expect(parseSeeds("1..2000")).toEqual({ from: 1, to: 2000 });
    expect(parseSeeds("7")).toEqual({ from: 7, to: 7 });
  });

  test.each(["", "1..", "5..1", "-1", "1..99999999999", "a..b", "1.5"])("not seeds: %j", (text) => {
    expect(() => parseSeeds(text)).toThrow(InvalidArgumentError);
  });

  test("faults are all, none, or known families", () => {
    expect(parseFaults("none")).toBe("none");
    expect(parseFaults("duplicates,-bounce")).toEqual(["duplicates", "-bounce"]);
    expect(() => parseFaults("duplicate")).toThrow(/No such family: duplicate\. Known: controllerFuse/u);
  });
});
