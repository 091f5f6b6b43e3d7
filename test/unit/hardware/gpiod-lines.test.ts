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

async function setUp(prepare: (chip: FakeGpiod) => void = () => {}, debounceMs = 5) {
  const clock = new VirtualClock();
  const chip = new FakeGpiod(["call", "pause"]);
  prepare(chip);
  const wiring = { chip: "test-chip", inputs: ["call", "pause"], bias: "pull-up", debounceMs } as const;
  const lines = createGpiodLines({ wiring, pressedLevel: "low", clock, tools: chip });
  const told: string[] = [];
  const instants: number[] = [];
  await lines.open({
    onUp: () => void told.push("up"),
    onDown: (fault) => void told.push(fault),
    onEdge: (line, { edge, at }) => {
      told.push(`${line} ${edge}`);
      instants.push(at);
    },
  });
  await clock.settle();
  return { clock, chip, lines, told, instants };
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

describe("a contact that moves after its level was read and before it is watched", () => {
  test("is told as pressed from the moment the lines are up, once its release shows it", async () => {
    const { clock, chip, told, instants, lines } = await setUp((fake) => (fake.slow = true));
    chip.level("call", false); // Nobody is told.
    chip.decide();
    await clock.settle();
    const up = clock.mono();
    await clock.advanceSettled(milliseconds(700));
    chip.level("pause", false);
    chip.level("call", true);
    expect(told).toEqual(["up", "pause pressed", "call pressed", "call released"]);
    expect(instants.map((at) => at - up)).toEqual([700, 0, 700]);
    chip.level("call", false);
    chip.level("call", true);
    expect(told.slice(4)).toEqual(["call pressed", "call released"]);
    await lines.close();
  });

  test("was let go: with its next press all is read anew, and no press was ever as long as that", async () => {
    const { clock, chip, told, lines } = await setUp((fake) => {
      fake.slow = true;
      fake.level("call", false);
    });
    chip.level("call", true);
    chip.decide();
    await clock.settle();
    chip.slow = false;
    await clock.advanceSettled(milliseconds(700));
    chip.level("call", false);
    await clock.advanceSettled(seconds(1));
    chip.level("call", true);
    expect(told).toEqual(["up", "call pressed", "failed", "up", "call pressed", "call released"]);
    await lines.close();
    expect(chip.running.size).toBe(0);
  });

  test("is no matter any more once a contact has moved before everybody's eyes", async () => {
    const { chip, told, lines } = await setUp((fake) => fake.level("call", false));
    for (const isHigh of [true, false, true]) chip.level("call", isHigh);
    expect(told).toEqual(["up", "call pressed", "call released", "call pressed", "call released"]);
    await lines.close();
  });

  test("is not guessed at where the kernel does not settle contacts: a spark would look the same", async () => {
    const { clock, chip, told, lines } = await setUp((fake) => (fake.slow = true), 0);
    chip.level("call", false);
    chip.decide();
    await clock.settle();
    chip.level("call", true);
    expect(told).toEqual(["up"]);
    await lines.close();
  });
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
