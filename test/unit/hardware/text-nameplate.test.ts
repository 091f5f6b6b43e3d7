// The bench's plate writes each new face as plain lines; a writer that fails is a fault, never an exception.
import { expect, test } from "vitest";
import { createTextNameplate } from "../../../hardware/drivers/text-nameplate.ts";
import type { DeviceHealth } from "../../../hardware/ports/device-health.ts";
import type { PlateFace, PlateLine } from "../../../hardware/ports/nameplate.ts";

const line = (zh: string, en = "", emphasis: PlateLine["emphasis"] = "normal"): PlateLine => ({ zh, en, emphasis });
const face = (...lines: PlateLine[]): PlateFace => ({ lines });

async function openPlate() {
  const written: string[] = [];
  const health: DeviceHealth[] = [];
  const paper = { isOut: false };
  const plate = createTextNameplate({
    write: (text) => {
      if (paper.isOut) throw new RangeError("no paper");
      written.push(text);
    },
  });
  await plate.open({ onHealth: (said) => void health.push(said) });
  return { plate, written, health, paper };
}

test("a face is its lines, Chinese first, marked by emphasis, and an empty line", async () => {
  const { plate, written } = await openPlate();
  plate.show(face(line("3号窗口", "Window 3"), line("A007", "A007", "strong"), line("暂停", "", "warning"), line("")));
  expect(written).toEqual(["  3号窗口  Window 3\n* A007  A007\n! 暂停\n\n\n"]);
});

test("the same face again is not written again", async () => {
  const { plate, written } = await openPlate();
  plate.show(face(line("3号窗口")));
  plate.show(face(line("3号窗口")));
  plate.show(face(line("暂停")));
  plate.show(face(line("3号窗口")));
  expect(written).toEqual(["  3号窗口\n\n", "  暂停\n\n", "  3号窗口\n\n"]);
});

test("control characters do not reach the technician's screen", async () => {
  const { plate, written } = await openPlate();
  plate.show(face(line("\u001b[2J甲\u0007\n乙", "a\u009bb")));
  expect(written).toEqual(["  [2J甲 乙  a b\n\n"]);
});

test("a writer that fails is a fault until it works again", async () => {
  const { plate, written, health, paper } = await openPlate();
  paper.isOut = true;
  plate.show(face(line("甲")));
  plate.show(face(line("乙")));
  paper.isOut = false;
  plate.show(face(line("乙")));
  expect(health).toEqual([{ state: "ok" }, { state: "fault", fault: "write-failed" }, { state: "ok" }]);
  expect(written).toEqual(["  乙\n\n"]);
});

test("nothing is written before open and after close", async () => {
  const written: string[] = [];
  const plate = createTextNameplate({ write: (text) => void written.push(text) });
  plate.show(face(line("甲")));
  await plate.open({ onHealth: () => {} });
  await plate.close();
  plate.show(face(line("乙")));
  expect(written).toEqual([]);
});
