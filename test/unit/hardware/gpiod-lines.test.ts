// Lines of a GPIO chip through libgpiod's tools: what their output means, and what keeps them down.
import { describe, expect, test } from "vitest";
import { faultOfTool, GPIOMON_WATCHES_WITHIN } from "../../../hardware/links/gpiod-channel.ts";
import { createGpiodLines, edgeIn } from "../../../hardware/links/gpiod-lines.ts";
import { LINK_OPEN_WITHIN } from "../../../hardware/links/healing-link.ts";
import { milliseconds, seconds } from "../../../protocol/base/time.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { FakeGpiod } from "./fake-gpiod.ts";

describe("a line of output", () => {
  test.each([
    ["3 call-button 2", { line: "call-button", isHigh: false }],
    ["3 call-button 1", { line: "call-button", isHigh: true }],
    ["7 unnamed 2", { line: "7", isHigh: false }],
    ["9 a name with blanks 1", { line: "a name with blanks", isHigh: true }],
    ["8 other 1", null],
    ["3 call-button 3", null],
    ["Monitoring line call-button...", null],
    ["", null],
  ])("%j", (text, expected) => {
    expect(edgeIn(text, ["call-button", "7", "a name with blanks"])).toEqual(expected);
  });
});

test.each([
  ["gpiomon: unable to open chip '/dev/gpiochip0': Permission denied", "denied"],
  ["gpiomon: unable to request lines: Device or resource busy", "busy"],
  ["gpioget: cannot find line 'call-button'", "absent"],
  ["something else", "failed"],
])("%j is %s", (stderr, fault) => {
  expect(faultOfTool({ code: 1, missing: false, stderr })).toBe(fault);
});

async function setUp(prepare: (chip: FakeGpiod) => void = () => {}) {
  const clock = new VirtualClock();
  const chip = new FakeGpiod(["call", "pause"]);
  prepare(chip);
  const wiring = { chip: "test-chip", inputs: ["call", "pause"], bias: "pull-up", debounceMs: 5 } as const;
  const lines = createGpiodLines({ wiring, pressedLevel: "low", clock, tools: chip });
  const told: string[] = [];
  await lines.open({
    onUp: () => void told.push("up"),
    onDown: (fault) => void told.push(fault),
    onEdge: (line, { edge }) => void told.push(`${line} ${edge}`),
  });
  await clock.settle();
  return { clock, chip, lines, told };
}

test("tools that are not installed, and a chip of another label, are named", async () => {
  expect((await setUp((chip) => (chip.fault = ""))).told).toEqual(["no-driver"]);
  expect((await setUp((chip) => (chip.plugged = false))).told).toEqual(["absent"]);
});

test("a monitor that ends is started again, and what it held is free by then", async () => {
  const { clock, chip, told, lines } = await setUp();
  chip.unplug();
  chip.plugged = true;
  chip.level("call", false);
  await clock.advanceSettled(seconds(3));
  expect(told).toEqual(["up", "unplugged", "up", "call pressed"]);
  await lines.close();
  expect(chip.running.size).toBe(0);
});

test("lines are up once gpiomon says that it watches them, and not before", async () => {
  const { clock, chip, told, lines } = await setUp((fake) => (fake.slow = true));
  await clock.advanceSettled(milliseconds(GPIOMON_WATCHES_WITHIN - 1));
  expect(told).toEqual([]);
  chip.decide();
  chip.level("call", false); // It comes after the banner, in the same breath.
  await clock.settle();
  expect(told).toEqual(["up", "call pressed"]);
  await lines.close();
});

test("a gpiomon that never begins to watch is ended in time, and another one started", async () => {
  const { clock, chip, told, lines } = await setUp((fake) => (fake.slow = true));
  expect(GPIOMON_WATCHES_WITHIN).toBeLessThan(LINK_OPEN_WITHIN);
  await clock.advanceSettled(GPIOMON_WATCHES_WITHIN);
  expect(told).toEqual(["failed"]);
  expect(chip.running.size).toBe(0);
  chip.slow = false;
  await clock.advanceSettled(seconds(3));
  expect(told).toEqual(["failed", "up"]);
  await lines.close();
  expect(chip.running.size).toBe(0);
});

test("a gpiomon that ends before it watches says why, and was never up", async () => {
  const { clock, chip, told, lines } = await setUp((fake) => (fake.slow = true));
  chip.decide("unable to request lines on chip: Device or resource busy");
  await clock.settle();
  expect(told).toEqual(["busy"]);
  await lines.close();
});

test("lines closed before they are watched leave no tool behind", async () => {
  const { clock, chip, told, lines } = await setUp((fake) => (fake.slow = true));
  const closed = lines.close();
  await clock.advanceSettled(GPIOMON_WATCHES_WITHIN);
  await closed;
  expect(told).toEqual([]);
  expect([chip.running.size, clock.pending]).toEqual([0, 0]);
});

test.each([0, 5])("a chip that goes without gpiomon's noticing is missed within 2 s, back after %i s", async (away) => {
  const { clock, chip, told } = await setUp((fake) => (fake.deaf = true));
  chip.unplug();
  await clock.advanceSettled(seconds(away));
  chip.plugged = true;
  await clock.advanceSettled(seconds(2));
  expect(told.slice(0, 2)).toEqual(["up", "unplugged"]);
  await clock.advanceSettled(seconds(2));
  chip.level("call", false);
  expect(told).toEqual(["up", "unplugged", "up", "call pressed"]);
});

test("of many changes of a lamp while its holder is being replaced the last one counts", async () => {
  const { clock, chip, lines } = await setUp();
  for (const lit of [true, false, true, false, true]) lines.write("lamp", lit);
  await clock.settle();
  expect(chip.outputs.get("lamp")).toBe(true);
  lines.write("lamp", false);
  lines.write("lamp", true);
  lines.write("lamp", false);
  await clock.settle();
  expect(chip.outputs.get("lamp")).toBe(false);
  expect(chip.running.size).toBe(2);
  await lines.close();
  expect(chip.running.size).toBe(0);
});
