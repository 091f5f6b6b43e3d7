// The device a terminal's configuration names is the one it gets; a wrong description is refused with its place.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { BadgeReaderConfig } from "../../../terminal/wiring/badge-reader-config.ts";
import { ButtonPanelConfig } from "../../../terminal/wiring/button-panel-config.ts";
import { TerminalConfig } from "../../../terminal/config.ts";
import { pickBadgeReader } from "../../../terminal/wiring/pick-badge-reader.ts";
import { NameplateConfig } from "../../../terminal/wiring/nameplate-config.ts";
import { pickButtonPanel } from "../../../terminal/wiring/pick-button-panel.ts";
import { SharedBoards } from "../../../terminal/wiring/pick-lines.ts";
import { pickNameplate } from "../../../terminal/wiring/pick-nameplate.ts";
import { pickRatingKeypad } from "../../../terminal/wiring/pick-rating-keypad.ts";
import { RatingKeypadConfig } from "../../../terminal/wiring/rating-keypad-config.ts";
import { silentLog } from "../../../protocol/base/log.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const beside = mkdtempSync(join(tmpdir(), "device-config-"));
afterAll(() => rmSync(beside, { recursive: true }));

const world = { clock: new VirtualClock(), log: silentLog, beside, draw: (count: number) => new Uint8Array(count) };
const line = { path: "/dev/serial/by-id/reader" };
const usb = { vendorId: 0xffff, productId: 0x0035 };
const osdp = { driver: "osdp", line, address: 1 };

describe("badge readers", () => {
  test.each([
    [{ driver: "rdm6300", path: "/dev/serial/by-id/reader" }, "rdm6300"],
    [{ driver: "wiegand-bridge", line, frame: { format: "counted-bits", bits: 26 } }, "wiegand-bridge"],
    [{ driver: "wiegand-bridge", line, frame: { format: "hex-line", content: "wiegand", bits: 34 } }, "wiegand-bridge"],
    [{ ...osdp, security: "none" }, "osdp"],
    [{ driver: "pn532", line: { host: "reader-1", port: 4001 } }, "pn532"],
    [{ driver: "keyboard-wedge", ...usb }, "keyboard-wedge"],
    [{ driver: "usb-reports", ...usb, offset: 4, length: 4, form: { keep: { bytes: 3 } } }, "hid-reader"],
    [{ driver: "absent" }, "absent"],
  ])("%j", (config, driver) => {
    expect(pickBadgeReader(BadgeReaderConfig.parse(config), world).driver).toBe(driver);
  });

  test.each([
    [{ driver: "osdp", line, address: 1 }, ["security"]],
    [{ ...osdp, address: 127, security: "none" }, ["address"]],
    [{ driver: "pn532", line: { path: "/dev/x", speed: 1 } }, ["line"]],
    [{ driver: "keyboard-wedge", ...usb, form: { keep: { bytes: 2 } } }, ["form", "keep", "bytes"]],
    [{ driver: "wiegand-bridge", line, frame: { format: "counted-bits", bits: 27 } }, ["frame"]],
  ])("%j is refused at %j", (config, path) => {
    expect(BadgeReaderConfig.safeParse(config).error?.issues[0]?.path).toEqual(path);
  });

  test.each([
    ["303132333435363738393A3B3C3D3E3F", false, "OSDP_DEFAULT_KEY"],
    ["3031", false, "OSDP_KEY_MALFORMED"],
    [null, false, "OSDP_KEY_UNREADABLE"],
    ["303132333435363738393A3B3C3D3E3F", true, null],
    ["00112233445566778899AABBCCDDEEFF\n", false, null],
  ])("an OSDP key file with %j, commissioning %j: %j", (text, commissioning, code) => {
    if (text !== null) writeFileSync(join(beside, "key"), text);
    const keyFile = text === null ? "nowhere" : "key";
    const config = BadgeReaderConfig.parse({ ...osdp, security: { keyFile, commissioning } });
    const pick = () => pickBadgeReader(config, world);
    if (code === null) expect(pick().driver).toBe("osdp");
    else expect(pick).toThrow(expect.objectContaining({ code }));
  });
});

const gpio = { driver: "gpiomon", chip: "pinctrl-rp1", buttons: { call: "CALL", pause: "17" } };
const sysfs = { ...gpio, driver: "onoff", offsets: { CALL: 4 } };
const arduino = { driver: "firmata", line, buttons: { call: "D2", pause: "A0" } };
const KEYS = ["1", "2", "3", "4", "5"];

describe("what is wired to a board", () => {
  test.each([
    [{ ...gpio, beeper: "BEEP" }, "gpio-buttons"],
    [sysfs, "gpio-buttons"],
    [{ ...arduino, lamps: { call: "D4" } }, "gpio-buttons"],
    [{ driver: "absent" }, "absent"],
  ])("buttons: %j", (config, driver) => {
    expect(pickButtonPanel(ButtonPanelConfig.parse(config), world).driver).toBe(driver);
  });

  test.each([
    [{ driver: "gpiomon", chip: "pinctrl-rp1", keys: KEYS, lamps: { asking: "6" } }],
    [{ driver: "onoff", chip: "pinctrl-rp1", keys: KEYS }],
    [{ driver: "firmata", line: { host: "arduino-3" }, keys: KEYS, bias: "disabled", pressed: "high" }],
  ])("five keys: %j", (config) => {
    expect(pickRatingKeypad(RatingKeypadConfig.parse(config), world).driver).toBe("gpio-keypad");
  });

  test.each([
    [{ chip: "max7219", pins: { data: "D11", clock: "D13", select: "D10" } }],
    [{ chip: "ht16k33", address: 0x71 }],
  ])("dots: %j", (dots) => {
    const config = NameplateConfig.parse({ driver: "matrix", line, dots });
    expect(pickNameplate(config, { ...world, write: () => {} }).driver).toBe("matrix");
  });

  test.each<[object]>([
    [{ ...gpio, buttons: { call: "--help", pause: "17" } }],
    [{ ...gpio, debounceMs: 20 }],
    [{ ...sysfs, bias: "pull-up" }],
    [{ ...sysfs, offsets: { CALL: -1 } }],
    [{ ...arduino, bias: "pull-down" }],
    [{ ...arduino, chip: "pinctrl-rp1" }],
  ])("%j is refused", (config) => {
    expect(ButtonPanelConfig.safeParse(config).success).toBe(false);
  });

  test("four keys, or six, are not five", () => {
    for (const keys of [KEYS.slice(1), [...KEYS, "6"]]) {
      expect(RatingKeypadConfig.safeParse({ driver: "onoff", chip: "x", keys }).success).toBe(false);
    }
  });

  test("what is wired to one Arduino shares one board", () => {
    const boards = new SharedBoards(world);
    const other = { path: "/dev/other", baudRate: 57_600 };
    const path = { ...other, path: "/dev/serial/by-id/reader" };
    expect(boards.at(path)).toBe(boards.at({ ...path }));
    expect(boards.at(path)).not.toBe(boards.at(other));
  });
});

test("reader and keypad reach USB in the same way", () => {
  const devices = (through: string) => ({
    badgeReader: { driver: "keyboard-wedge", ...usb },
    ratingKeypad: { driver: "usb-keyboard", ...usb, through },
  });
  const parse = (through: string) =>
    TerminalConfig.safeParse({
      hall: "hall",
      terminal: "t-1",
      controller: { host: "hall.local" },
      directory: "x",
      devices: devices(through),
    });
  expect(parse("libusb").error?.issues).toBeUndefined();
  expect(parse("hidraw").error?.issues[0]?.path).toEqual(["devices", "ratingKeypad", "through"]);
});
