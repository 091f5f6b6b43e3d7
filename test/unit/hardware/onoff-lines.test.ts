// Lines in sysfs: found by their chip's label wherever its numbers begin, and every reason they cannot be had is named.
import { afterEach, expect, test } from "vitest";
import { faultOfSysfs } from "../../../hardware/links/onoff-channel.ts";
import { createOnoffLines } from "../../../hardware/links/onoff-lines.ts";
import { sysfsChip } from "../../../hardware/links/sysfs-chip.ts";
import { milliseconds, seconds } from "../../../protocol/base/time.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { FakeSysfs } from "./fake-sysfs.ts";

const made: FakeSysfs[] = [];
afterEach(() => {
  for (const sysfs of made.splice(0)) sysfs.remove();
});

async function setUp(prepare: (sysfs: FakeSysfs) => void = () => {}, outputs: readonly string[] = ["27"]) {
  const clock = new VirtualClock();
  const sysfs = new FakeSysfs({ base: 571, lines: 54 });
  made.push(sysfs);
  prepare(sysfs);
  const wiring = { chip: "pinctrl-test", inputs: ["17"], outputs };
  const lines = createOnoffLines({ wiring, pressedLevel: "low", clock, sysfs });
  const told: string[] = [];
  await lines.open({
    onUp: () => void told.push("up"),
    onDown: (fault) => void told.push(fault),
    onEdge: (line, { edge }) => void told.push(`${line} ${edge}`),
  });
  await clock.settle();
  return { clock, sysfs, lines, told };
}

test("a chip is known by its label alone, and not by what a kernel or a bus calls it", () => {
  const sysfs = new FakeSysfs({ base: 571, lines: 54 });
  made.push(sysfs);
  sysfs.describe("gpiochip512", { label: "gpio-brcmstb@107d508500", base: "512", ngpio: "32" });
  sysfs.describe("gpiochip999", { label: "pinctrl-test", base: "none", ngpio: "54" });
  sysfs.describe("chip0", { label: "pinctrl-test", base: "0", ngpio: "54" }); // The per-chip folders of newer kernels.
  expect(sysfsChip("pinctrl-test", sysfs.root)).toEqual({ base: 571, lines: 54 });
  expect(sysfsChip("pinctrl-rp1", sysfs.root)).toBeNull();
  expect(sysfsChip("pinctrl-test", `${sysfs.root}/nowhere`)).toBeNull();
});

test.each<[string, (sysfs: FakeSysfs) => void, readonly string[]]>([
  ["a kernel without the chip", (sysfs) => sysfs.unplug(), ["absent"]],
  ["a native module of another Node", (sysfs) => void (sysfs.isBuilt = false), ["no-driver"]],
  ["a line that somebody else holds", (sysfs) => void (sysfs.refusal = "EBUSY"), ["busy"]],
  ["a user without the right", (sysfs) => void (sysfs.refusal = "EACCES"), ["denied"]],
])("%s", async (_, prepare, expected) => {
  const { lines, told, sysfs } = await setUp(prepare);
  expect(told).toEqual(expected);
  await lines.close();
  expect(sysfs.taken.size).toBe(0);
});

test("the native module is not loaded where there is no chip for it", async () => {
  const { told } = await setUp((sysfs) => {
    sysfs.isBuilt = false;
    sysfs.unplug();
  });
  expect(told).toEqual(["absent"]);
});

test("a line that the chip does not have takes none of the others", async () => {
  const { told, sysfs, lines } = await setUp(() => {}, ["27", "54"]);
  expect(told).toEqual(["absent"]);
  expect(sysfs.taken.size).toBe(0);
  await lines.close();
});

// onoff reads in a native callback, where an exception would end the process.
test("an interrupt of a chip that is gone is a loss, and no exception", async () => {
  const { clock, sysfs, lines, told } = await setUp();
  sysfs.unplug();
  sysfs.interrupt(17);
  expect(told).toEqual(["up", "unplugged"]);
  sysfs.plug();
  await clock.advanceSettled(seconds(3));
  expect(told).toEqual(["up", "unplugged", "up"]);
  await lines.close();
});

test("a chip that goes without an interrupt is missed within a second", async () => {
  const { clock, sysfs, lines, told } = await setUp();
  sysfs.unplug();
  await clock.advanceSettled(milliseconds(1000));
  expect(told).toEqual(["up", "unplugged"]);
  await lines.close();
});

test("a lamp whose chip is gone is a fault of its board, and no exception", async () => {
  const { sysfs, lines, told } = await setUp();
  sysfs.unplug();
  lines.write("27", true);
  expect(told).toEqual(["up", "unplugged"]);
  await lines.close();
});

test("errors without a code of the system are named too", () => {
  expect([new Error("x"), "x", Object.assign(new Error("x"), { code: "EIO" })].map(faultOfSysfs)).toEqual(
    Array.from({ length: 3 }, () => "failed"),
  );
});
