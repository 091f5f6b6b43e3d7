// Proves that an input whose events crash the fold costs one restart and not the hall: it is remembered before the
// process goes down, rejected when its terminal sends it again, and the stream goes on behind it.
import { expect, test } from "vitest";
import type { HallEvent } from "../../../../controller/core/events.ts";
import type { HallState } from "../../../../controller/core/state.ts";
import { MemoryDisk } from "../../../../controller/engine/memory-event-store.ts";
import { readEvent } from "../../../../controller/engine/upcast.ts";
import { Bug, milliseconds } from "../../../../protocol/index.ts";
import { envelope, input, openRig, TERMINAL } from "./engine-rig.ts";
import { toyEvolve } from "./toy-hall.ts";

/** Folds everything but what input 2 has done. */
function frailEvolve(hall: HallState, event: HallEvent): void {
  const byTwo = event.cause.kind === "input" && event.cause.seq === 2 && event.type !== "input.rejected";
  if (byTwo) throw new Bug("a rule nobody thought of");
  toyEvolve(hall, event);
}

test("one crash, then the input is rejected and its stream goes on", () => {
  const disk = new MemoryDisk();
  const first = openRig(disk, undefined, { evolve: frailEvolve });
  first.intake.receive(TERMINAL, envelope([input(1), input(2), input(3)]));
  expect(() => first.clock.advance(milliseconds(0))).toThrow("a rule nobody thought of");
  expect(first.acks).toEqual([]);
  expect(disk.records).toEqual([]);
  disk.crash();

  const second = openRig(disk, undefined, { evolve: frailEvolve });
  second.intake.receive(TERMINAL, envelope([input(1), input(2), input(3)]));
  second.clock.advance(milliseconds(0));
  expect(second.acks.at(-1)).toMatchObject({ upTo: 3 });
  const types = [...second.store.read(1, 10)].map((stored) => readEvent(stored).type);
  expect(types).toEqual(["assistance.requested", "input.rejected", "assistance.requested"]);
});
