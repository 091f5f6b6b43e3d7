// The doctor's look at a machine: what it makes of files and tools that are there, and that nothing missing,
// unreadable or broken makes it fail.
import fc from "fast-check";
import { expect, test } from "vitest";
import { FINDING_CODES } from "../../../../terminal/doctor/finding.ts";
import { TerminalConfig } from "../../../../terminal/config.ts";
import { diagnose } from "../../../../terminal/doctor/diagnose.ts";
import { gatherFacts } from "../../../../terminal/doctor/gather.ts";
import type { Access, Machine } from "../../../../terminal/doctor/machine.ts";
import { reportText } from "../../../../terminal/doctor/report-text.ts";
import { FakeMachine } from "./fake-machine.ts";
import { NOW_MS } from "./healthy-facts.ts";

const CONFIG = TerminalConfig.parse({
  hall: "haitang",
  terminal: "t01",
  controller: { host: "hall.local" },
  directory: "/data",
  devices: {
    badgeReader: { driver: "keyboard-wedge", vendorId: 0xffff, productId: 0x35 },
    buttons: { driver: "gpiomon", chip: "pinctrl-bcm2711", buttons: { call: "17", pause: "27" } },
    ratingKeypad: { driver: "serial", path: "/dev/ttyUSB0" },
    nameplate: { driver: "onbon", card: "6E", sign: "64x32", line: { host: "10.0.0.9" } },
  },
});
const asked = { file: "terminal.yaml", read: () => CONFIG };

const codes = async (machine: Machine): Promise<string[]> =>
  diagnose(await gatherFacts(machine, asked))
    .filter(({ state }) => state === "bad")
    .map(({ code }) => code);

test("a box with its devices is told as it stands", async () => {
  const machine = FakeMachine.furnished();
  const facts = await gatherFacts(machine, asked);
  expect(facts).toMatchObject({
    user: "hallward",
    serial: [{ path: "/dev/ttyUSB0", stable: "/dev/serial/by-id/usb-1a86", usb: { vendorId: 0x1a86 }, access: "ok" }],
    hid: [{ vendorId: 0xffff, productId: 0x35, types: true, access: "ok" }],
    chips: [{ path: "/dev/gpiochip0", label: "pinctrl-bcm2711", access: "ok" }],
    i2c: ["/dev/i2c-1"],
    tools: { gpiomon: "2.1.3", setpriv: true },
    udev: "running",
    clock: { nowMs: NOW_MS, synchronised: true },
  });
  // The one thing wrong with it: its keypad's path is not a stable one.
  expect(await codes(machine)).toEqual(["DEVICE_PATH_UNSTABLE"]);
});

test("each thing that is taken away is missed, with its own code", async () => {
  const without = async (change: (machine: FakeMachine) => void): Promise<string[]> => {
    const machine = FakeMachine.furnished();
    change(machine);
    return (await codes(machine)).filter((code) => code !== "DEVICE_PATH_UNSTABLE");
  };
  expect(await without((machine) => machine.tools.delete("gpiomon"))).toEqual(["TOOL_GPIOMON_MISSING"]);
  expect(await without((machine) => machine.deny("/dev/bus/usb/001/004"))).toEqual(["HID_DENIED", "DEVICE_DENIED"]);
  expect(await without((machine) => machine.deny("/dev/gpiochip0"))).toEqual(["GPIO_DENIED", "DEVICE_DENIED"]);
  expect(await without((machine) => machine.remove("/usr/share/unifont/unifont.hex"))).toEqual(["FONT_MISSING"]);
  expect(await without((machine) => machine.remove("/dev/ttyUSB0"))).toEqual(["USB_NO_DRIVER", "DEVICE_MISSING"]);
});

test.each([
  ["running", () => {}],
  ["stopped", (machine: FakeMachine) => machine.remove("/run/udev/control")],
  ["stopped", (machine: FakeMachine) => machine.remove("/proc/199/comm")], // Killed: its socket is still there.
  [
    "missing",
    (machine: FakeMachine) => {
      for (const path of ["/run/udev/control", "/usr/lib/systemd/systemd-udevd"]) machine.remove(path);
    },
  ],
  [
    "running",
    (machine: FakeMachine) => {
      for (const id of [1, 199]) machine.remove(`/proc/${id}/comm`); // A system that hides others' processes.
    },
  ],
] as const)("udevd is %s", async (state, change) => {
  const machine = FakeMachine.furnished();
  change(machine);
  const facts = await gatherFacts(machine, asked);
  expect(facts.udev).toBe(state);
  const found = diagnose(facts).filter(({ code }) => code === "UDEV_NOT_RUNNING");
  expect(found.map((finding) => finding.state)).toEqual(state === "running" ? [] : ["bad"]);
});

test("buttons through sysfs are looked for where onoff finds them", async () => {
  const { devices } = CONFIG;
  const buttons = { driver: "onoff", chip: "pinctrl-bcm2711", buttons: { call: "17", pause: "27" } };
  const config = TerminalConfig.parse({ ...CONFIG, devices: { ...devices, buttons } });
  const found = async (change: (machine: FakeMachine) => void) => {
    const machine = FakeMachine.furnished();
    machine.write("/sys/class/gpio/export", "");
    machine.write("/sys/class/gpio/gpiochip512/label", "pinctrl-bcm2711\n");
    for (const tool of ["gpiomon", "gpiodetect", "setpriv"]) machine.tools.delete(tool); // It needs none of them.
    change(machine);
    const facts = await gatherFacts(machine, { file: "terminal.yaml", read: () => config });
    return diagnose(facts)
      .filter(({ state, code }) => state === "bad" && code !== "DEVICE_PATH_UNSTABLE")
      .map(({ code, fix }) => `${code}: ${fix?.en}`);
  };
  expect(await found(() => {})).toEqual([]);
  expect(await found((machine) => (machine.onoff = false))).toEqual([
    expect.stringMatching(/^ONOFF_NOT_BUILT: npm run/u),
  ]);
  expect(await found((machine) => machine.deny("/sys/class/gpio/export"))).toEqual([
    expect.stringMatching(/^DEVICE_DENIED: .*usermod -aG gpio.*--sysfs-gpio/u),
  ]);
  expect(await found((machine) => machine.write("/sys/class/gpio/gpiochip512/label", "pinctrl-rp1"))).toEqual([
    "DEVICE_MISSING: set chip to one of this board: pinctrl-rp1",
  ]);
  const gone = (machine: FakeMachine): void => {
    for (const path of ["export", "gpiochip512/label"]) machine.remove(`/sys/class/gpio/${path}`);
  };
  expect(await found(gone)).toEqual(["GPIO_NO_SYSFS: set driver to gpiomon"]);
});

test("a configuration that is refused is told line by line", async () => {
  const read = (): never => {
    throw new RangeError("t.yaml:1: one\nt.yaml:2: two");
  };
  const facts = await gatherFacts(FakeMachine.furnished(), { file: "t.yaml", read });
  expect(facts.configuration).toEqual({
    state: "refused",
    file: "t.yaml",
    reasons: ["t.yaml:1: one", "t.yaml:2: two"],
  });
});

/** What a look can come to, whatever it was for. */
const outcome = fc.constantFrom("as-it-is", "nothing", "garbage", "throws");
const METHODS = [
  "readText",
  "list",
  "target",
  "access",
  "space",
  "userName",
  "run",
  "loadsOnoff",
  "reach",
  "certificateDates",
  "now",
];

test("any combination of missing files and tools, garbage and exceptions gives a report", async () => {
  const garbled = fc.record(Object.fromEntries(METHODS.map((method) => [method, outcome])));
  const removed = fc.subarray(FakeMachine.furnished().paths());
  const tools = fc.subarray(["gpiomon", "gpiodetect", "setpriv", "timedatectl"]);
  await fc.assert(
    fc.asyncProperty(garbled, removed, tools, async (garble, paths, missing) => {
      const machine = FakeMachine.furnished();
      for (const path of paths) machine.remove(path);
      for (const tool of missing) machine.tools.delete(tool);
      const found = diagnose(await gatherFacts(sick(machine, garble), asked));
      expect(found.length).toBeGreaterThan(5);
      for (const { code, state, fix } of found) {
        expect(FINDING_CODES).toContain(code);
        expect(state === "bad" ? fix?.en.length : 1).toBeGreaterThan(0);
      }
      expect(reportText(found, true)).not.toMatch(/undefined|\[object/u);
      expect(reportText(found, false)).not.toMatch(/[^\P{Cc}\n]/u); // A device's name moves nobody's cursor.
    }),
    { numRuns: 300 },
  );
});

/** The machine with some of its senses gone. */
function sick(machine: FakeMachine, garble: Readonly<Record<string, string | undefined>>): Machine {
  const through = <T>(method: string, look: () => T, nothing: T, garbage: T): T => {
    const how = garble[method];
    if (how === "throws") throw new RangeError(`${method} fails`);
    return how === "nothing" ? nothing : how === "garbage" ? garbage : look();
  };
  const noise = "\u0000\u001b[2Jÿ漢 [x] (y lines)\n9.9";
  return {
    readText: (path) => through<string | null>("readText", () => machine.readText(path), null, noise),
    list: (path) =>
      through<readonly string[]>("list", () => machine.list(path), [], ["ttyUSB7", "gpiochip9", "a:b", ":"]),
    target: (path) => through<string | null>("target", () => machine.target(path), null, "x"),
    access: (path) => through<Access>("access", () => machine.access(path), "absent", "denied"),
    space: (path) => through("space", () => machine.space(path), null, { free: Number.NaN, all: -1 }),
    userName: () => through("userName", () => machine.userName(), "", "$(reboot)"),
    run: async (tool) =>
      through("run", () => machine.answer(tool), { missing: true, text: "" }, { missing: false, text: noise }),
    loadsOnoff: async () => through("loadsOnoff", () => true, false, false),
    reach: async () => through("reach", () => "ok", "no-answer", "unknown-name"),
    certificateDates: () =>
      through("certificateDates", () => machine.certificateDates(), null, { from: Number.NaN, to: 1e99 }),
    now: () => through("now", () => machine.now(), 0, Number.POSITIVE_INFINITY),
  };
}
