import { expect, test } from "vitest";
import { milliseconds } from "../../../protocol/index.ts";
import { WrittenLater } from "../../../terminal/shell/written-later.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

// What nobody waits for is written after the turn, in its order, and before anything else that asks the journal.

test("entries wait for the end of the turn, and are written once, in order", () => {
  const clock = new VirtualClock();
  const later = new WrittenLater(clock);
  const written: string[] = [];
  later.add(() => written.push("done"));
  later.add(() => written.push("face"));
  expect(written).toEqual([]);
  clock.advance(milliseconds(0));
  later.add(() => written.push("next turn"));
  expect(written).toEqual(["done", "face"]);
  clock.advance(milliseconds(0));
  expect(written).toEqual(["done", "face", "next turn"]);
});

test("whoever needs the journal settles them first; the turn's end then finds nothing", () => {
  const clock = new VirtualClock();
  const later = new WrittenLater(clock);
  const written: string[] = [];
  later.add(() => written.push("done"));
  later.settle();
  written.push("appended");
  clock.advance(milliseconds(0));
  expect(written).toEqual(["done", "appended"]);
});
