// What the doctor says of each thing that can be found, and the fix beside each red line: facts in, findings out.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DeviceHealth } from "../../../../hardware/index.ts";
import { diagnose, isWell } from "../../../../terminal/doctor/diagnose.ts";
import type { Facts } from "../../../../terminal/doctor/facts.ts";
import { FINDING_CODES, type FindingCode } from "../../../../terminal/doctor/finding.ts";
import { reportJson, reportText } from "../../../../terminal/doctor/report-text.ts";
import {
  CERTIFICATE_WARN_DAYS,
  CLOCK_EARLIEST_MS,
  DISK_FREE_MIN_BYTES,
} from "../../../../terminal/doctor/judge-host.ts";
import { certified, FACTS, NOW_MS, placed, told, TOLD } from "./healthy-facts.ts";

const [LINE] = FACTS.serial;
const [INPUT] = FACTS.hid;
const [CHIP] = FACTS.chips;
const WEDGE = { kind: "usb", vendorId: 0xffff, productId: 0x35, through: "libusb", access: "ok" } as const;
const GPIO = { kind: "chip", label: "pinctrl-bcm2711", access: "ok" } as const;
const SYSFS = {
  kind: "sysfs-chip",
  label: "pinctrl-bcm2711",
  labels: ["pinctrl-bcm2711"],
  access: "ok",
  loads: true,
} as const;
const OK = { state: "ok" } as const;
const SILENT = { state: "fault", fault: "silent" } as const;
const BUSY = { state: "fault", fault: "busy" } as const;
const FONT = { kind: "file", path: "/usr/share/unifont/unifont.hex", access: "absent" } as const;

const serial = (change: Partial<NonNullable<typeof LINE>>): Facts => ({
  ...FACTS,
  serial: LINE === undefined ? [] : [{ ...LINE, ...change }],
});

/** `answer`: of the badge reader, when it was opened. */
type Asked = Facts & { readonly answer?: DeviceHealth | null };

/** A thing found, what is said of it, and, where that is red, what the fix must name. */
const TABLE: readonly (readonly [what: string, facts: Asked, code: FindingCode, fix?: string])[] = [
  ["nothing on serial", { ...FACTS, serial: [], usb: [] }, "SERIAL_NONE"],
  ["a serial line", FACTS, "SERIAL_FOUND"],
  ["a serial line of others", serial({ access: "denied" }), "SERIAL_DENIED", "usermod -aG dialout hallward"],
  ["a serial line that udev has not named", serial({ stable: null }), "SERIAL_NO_STABLE_NAME", "apt install udev"],
  ["a serial chip without its module", { ...FACTS, serial: [] }, "USB_NO_DRIVER", "modprobe ch341"],
  ["no input device", { ...FACTS, hid: [] }, "HID_NONE"],
  ["an input device", FACTS, "HID_FOUND"],
  [
    "an input device of root",
    { ...FACTS, hid: INPUT === undefined ? [] : [{ ...INPUT, access: "denied" }] },
    "HID_DENIED",
    'ATTRS{idVendor}=="ffff", ATTRS{idProduct}=="0035", GROUP="plugdev"',
  ],
  ["no GPIO chip", { ...FACTS, chips: [] }, "GPIO_NONE"],
  ["a GPIO chip", FACTS, "GPIO_FOUND"],
  [
    "a GPIO chip of root",
    { ...FACTS, chips: CHIP === undefined ? [] : [{ ...CHIP, access: "denied" }] },
    "GPIO_DENIED",
    "usermod -aG gpio hallward",
  ],
  ["an I2C bus", FACTS, "I2C_FOUND"],
  ["gpiomon 2", FACTS, "TOOL_GPIOMON_OK"],
  [
    "no gpiomon, and buttons that need it",
    { ...placed(GPIO, "gpiomon"), tools: { gpiomon: null, setpriv: true } },
    "TOOL_GPIOMON_MISSING",
    "bookworm-backports gpiod",
  ],
  [
    "gpiomon 1",
    { ...placed(GPIO, "gpiomon"), tools: { gpiomon: "1.6.3", setpriv: true } },
    "TOOL_GPIOMON_OLD",
    "bookworm-backports gpiod",
  ],
  [
    "no setpriv",
    { ...placed(GPIO, "gpiomon"), tools: { gpiomon: "2.1.3", setpriv: false } },
    "TOOL_SETPRIV_MISSING",
    "apt install util-linux",
  ],
  [
    "a reader on libusb, and udevd stopped",
    { ...placed(WEDGE, "keyboard-wedge"), udev: "stopped" },
    "UDEV_NOT_RUNNING",
    "systemctl start systemd-udevd",
  ],
  [
    "a reader on libusb, and no udev",
    { ...placed(WEDGE, "keyboard-wedge"), udev: "missing" },
    "UDEV_NOT_RUNNING",
    "apt install udev",
  ],
  ["no udev, and nothing that needs it", { ...FACTS, udev: "missing" }, "UDEV_NOT_RUNNING"],
  [
    "no udev, and a reader on hidraw",
    { ...placed({ ...WEDGE, through: "hidraw" }, "keyboard-wedge"), udev: "stopped" },
    "UDEV_NOT_RUNNING",
  ],
  ["a device that is not fitted", placed({ kind: "none" }, "absent"), "DEVICE_ABSENT"],
  ["a device at its place", FACTS, "DEVICE_OK"],
  [
    "a path that leads nowhere",
    placed({ kind: "path", path: "/dev/serial/by-id/other", access: "absent", stable: null }),
    "DEVICE_MISSING",
    "/dev/serial/by-id/reader",
  ],
  [
    "a USB device that is not there",
    placed({ ...WEDGE, access: null }, "keyboard-wedge"),
    "DEVICE_MISSING",
    "vendorId",
  ],
  [
    "a chip of another board",
    placed({ ...GPIO, label: "pinctrl-rp1", access: "absent" }, "gpiomon"),
    "DEVICE_MISSING",
    "pinctrl-bcm2711",
  ],
  [
    "a path of others",
    placed({ kind: "path", path: "/dev/ttyAMA0", access: "denied", stable: null }),
    "DEVICE_DENIED",
    "usermod -aG dialout hallward",
  ],
  [
    "a USB device of root",
    placed({ ...WEDGE, access: "denied" }, "keyboard-wedge"),
    "DEVICE_DENIED",
    "/etc/udev/rules.d/60-hallward.rules",
  ],
  [
    "a path that changes with the next replug",
    placed({ kind: "path", path: "/dev/ttyUSB0", access: "ok", stable: "/dev/serial/by-id/reader" }),
    "DEVICE_PATH_UNSTABLE",
    "/dev/serial/by-id/reader",
  ],
  [
    "a sign that does not answer on the network",
    placed({ kind: "network", host: "10.0.0.9", port: 5005, reach: "no-answer" }, "onbon"),
    "DEVICE_UNREACHABLE",
    "cable",
  ],
  ["buttons through sysfs", placed(SYSFS, "onoff"), "DEVICE_OK"],
  ["no sysfs for GPIO", placed({ ...SYSFS, labels: null, access: "absent" }, "onoff"), "GPIO_NO_SYSFS", "gpiomon"],
  ["onoff not built", placed({ ...SYSFS, loads: false }, "onoff"), "ONOFF_NOT_BUILT", "npm run onoff"],
  ["a reader that answers", { ...FACTS, answer: OK }, "DEVICE_LISTENS"],
  ["an Arduino that answers", { ...placed(SYSFS, "firmata"), answer: OK }, "DEVICE_ANSWERS"],
  ["an Arduino without Firmata", { ...placed(SYSFS, "firmata"), answer: SILENT }, "DEVICE_SILENT", "StandardFirmata"],
  ["an Arduino that says nothing", { ...placed(SYSFS, "firmata"), answer: null }, "DEVICE_SILENT", "StandardFirmata"],
  ["a line that another program holds", { ...FACTS, answer: BUSY }, "DEVICE_FAULT", "systemctl stop hallward-terminal"],
  ["a sign without its font", placed(FONT, "onbon"), "FONT_MISSING", "apt install unifont"],
  ["no configuration", { ...FACTS, configuration: { state: "none" } }, "CONFIG_NONE"],
  ["a configuration", FACTS, "CONFIG_OK"],
  [
    "a configuration that is refused",
    { ...FACTS, configuration: { state: "refused", file: "t.yaml", reasons: ["t.yaml:3: hall: missing"] } },
    "CONFIG_REFUSED",
    "run again",
  ],
  ["a good clock", FACTS, "CLOCK_OK"],
  [
    "a clock that begins anew",
    { ...FACTS, clock: { nowMs: CLOCK_EARLIEST_MS - 1, synchronised: true } },
    "CLOCK_WRONG",
    "timedatectl set-ntp true",
  ],
  ["a clock nobody sets", { ...FACTS, clock: { nowMs: NOW_MS, synchronised: false } }, "CLOCK_UNSYNCHRONISED"],
  ["room on the disk", FACTS, "DISK_OK"],
  [
    "hardly any room",
    told({ directory: { ...TOLD.directory, space: { free: DISK_FREE_MIN_BYTES - 1, all: 1e10 } } }),
    "DISK_LOW",
    "journalctl --vacuum-size=50M",
  ],
  [
    "a directory of others",
    told({ directory: { ...TOLD.directory, access: "denied" } }),
    "DISK_UNWRITABLE",
    "chown -R $USER /var/lib/hallward",
  ],
  ["a controller that answers", FACTS, "CONTROLLER_OK"],
  [
    "no controller",
    told({ controller: { ...TOLD.controller, reach: "refused" } }),
    "CONTROLLER_UNREACHABLE",
    "firewall",
  ],
  [
    "a controller nobody knows",
    told({ controller: { ...TOLD.controller, reach: "unknown-name" } }),
    "CONTROLLER_UNKNOWN_NAME",
    "/etc/hosts",
  ],
  ["a certificate", FACTS, "CERTIFICATE_OK"],
  ["no certificate", told({ certificate: { state: "absent" } }), "CERTIFICATE_NONE"],
  ["a broken one", told({ certificate: { state: "unreadable" } }), "CERTIFICATE_UNREADABLE", "hallward enrol"],
  ["one of tomorrow", certified(1, 2), "CERTIFICATE_NOT_YET", "timedatectl set-ntp true"],
  ["one that ends", certified(-1, CERTIFICATE_WARN_DAYS - 0.1), "CERTIFICATE_ENDS_SOON", "hallward enrol"],
  ["one of yesterday", certified(-9, 0), "CERTIFICATE_EXPIRED", "hallward enrol"],
];

describe("what is found", () => {
  test.each(TABLE.map(([what, ...row]) => ({ what, row })))("$what", ({ row: [facts, code, fix] }) => {
    const answers = facts.answer === undefined ? [] : [{ device: "badgeReader", health: facts.answer } as const];
    const found = diagnose(facts, answers).find((finding) => finding.code === code);
    expect(found).toBeDefined();
    expect(found?.state === "bad").toBe(fix !== undefined);
    if (fix !== undefined) {
      expect(found?.fix?.en).toContain(fix);
      expect(found?.fix?.zh).toMatch(fix.startsWith("apt") ? /apt/u : /[\u4e00-\u9fff]/u);
    }
  });

  test("every code the doctor has is in the table", () => {
    expect([...new Set(TABLE.map(([, , code]) => code))].toSorted()).toEqual([...FINDING_CODES].toSorted());
  });
});

test("a sound box has no red line, and one fault makes the whole unwell", () => {
  expect(isWell(diagnose(FACTS))).toBe(true);
  expect(isWell(diagnose(serial({ access: "denied" })))).toBe(false);
});

test("without buttons on GPIO the tools for them are not missed", () => {
  const found = diagnose({ ...FACTS, tools: { gpiomon: null, setpriv: false } });
  expect(isWell(found)).toBe(true);
  expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(["TOOL_GPIOMON_MISSING"]));
});

test("the report: one line each, the fix below a red one, Chinese first; for programs the same as JSON", () => {
  const findings = diagnose(serial({ access: "denied" }));
  const lines = reportText(findings, false).trimEnd().split("\n");
  const at = lines.findIndex((line) => line.startsWith("✗ 无权使用串口"));
  expect(lines[at]).toMatch(/ · this user may not open .* \[SERIAL_DENIED\]$/u);
  expect(lines[at + 1]).toBe(
    "  → sudo usermod -aG dialout hallward，然后重新登录 · sudo usermod -aG dialout hallward, then log in again",
  );
  expect(lines.at(-1)).toBe("✗ 1 个问题 · 1 to mend");
  expect(lines).toHaveLength(findings.length + 2);
  expect(reportText(findings, true)).toContain("\u001b[31m✗\u001b[0m");
  const json: unknown = JSON.parse(reportJson(findings));
  expect(json).toMatchObject({
    ok: false,
    findings: expect.arrayContaining([expect.objectContaining({ code: "SERIAL_DENIED" })]) as unknown,
  });
});

test("no clock and no certificate, however odd its dates, makes the doctor fail", () => {
  fc.assert(
    fc.property(fc.double(), fc.double(), fc.double(), (nowMs, fromMs, toMs) => {
      const facts = { ...told({ certificate: { state: "read", fromMs, toMs } }), clock: { nowMs, synchronised: null } };
      expect(reportText(diagnose(facts), false)).toContain("CERTIFICATE_");
    }),
  );
});

test("docs/doctor.md names every code", () => {
  const page = readFileSync(new URL("../../../../docs/doctor.md", import.meta.url), "utf8");
  const named = new Set([...page.matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`/gu)].map(([, code]) => code));
  expect(FINDING_CODES.filter((code) => !named.has(code))).toEqual([]);
});
