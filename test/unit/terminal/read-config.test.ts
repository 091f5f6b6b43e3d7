// A terminal picks its board by name; a wiring file and its own configuration stand in place of the board's wiring,
// device by device. What cannot be wired so is refused with file, line, path and a stable word.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { BOARD_NAMES, boardFile, type BoardName } from "../../../hardware/index.ts";
import { loadConfig } from "../../../hardware/system/config-file.ts";
import { messageOf } from "../../../protocol/index.ts";
import { readTerminalConfig } from "../../../terminal/read-config.ts";

const folder = mkdtempSync(join(tmpdir(), "wiring-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HEAD = "hall: north\nterminal: t-01\ncontroller: { host: 10.0.0.1 }\ndirectory: state\n";

function read(config: string, wiring = "devices: {}\n") {
  const file = join(folder, "terminal.yaml");
  writeFileSync(file, `${HEAD}${config}\n`);
  writeFileSync(join(folder, "wiring.yaml"), wiring);
  return readTerminalConfig(loadConfig, file);
}

/** The refusal, with this test's folder left out. */
function refusalOf(config: string, wiring?: string): string {
  try {
    read(config, wiring);
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: "CONFIG_REFUSED" });
    return messageOf(thrown).replaceAll(`${folder}/`, "");
  }
  return "taken";
}

describe("boards", () => {
  test("each board that can be named has its file, and each file can be named", () => {
    const files = readdirSync(dirname(fileURLToPath(boardFile("bench")))).filter((name) => name.endsWith(".yaml"));
    expect(files.toSorted()).toEqual(BOARD_NAMES.map((name) => `${name}.yaml`));
  });

  test.each<[BoardName, string, object]>([
    ["raspberry-pi-4", "buttons", { chip: "pinctrl-bcm2711", buttons: { call: "17", pause: "27" }, beeper: "24" }],
    ["raspberry-pi-5", "buttons", { chip: "pinctrl-rp1", lamps: { call: "22", pause: "23" }, debounceMs: 5 }],
    ["orange-pi-zero-2w", "buttons", { chip: "300b000.pinctrl", buttons: { call: "226", pause: "227" } }],
    ["x86-arduino", "buttons", { driver: "firmata", buttons: { call: "D2", pause: "D3" } }],
    ["bench", "nameplate", { driver: "text" }],
  ])("%s: %s as its file says, lines of chips by offset", (board, device, expected) => {
    const { devices } = read(`board: ${board}`);
    expect(Object.entries(devices).find(([name]) => name === device)?.[1]).toMatchObject(expected);
    expect(devices.badgeReader).toEqual({ driver: "absent" });
  });

  test("an unknown board is refused", () => {
    expect(refusalOf("board: raspberry-pi-9")).toMatch(/^terminal\.yaml:5: board: /u);
  });
});

describe("what stands in place of what", () => {
  const wiring = `devices:
  buttons: { driver: onoff, chip: pinctrl-rp1, buttons: { call: GPIO5, pause: GPIO6 } }
  ratingKeypad:
    { driver: gpiomon, chip: pinctrl-rp1, keys: [GPIO10, GPIO11, GPIO12, GPIO13, "16"], lamps: { asking: GPIO20 } }
`;

  test("the wiring file of the board's, the configuration of both, each device for itself", () => {
    const { devices } = read(
      "board: raspberry-pi-5\nwiring: wiring.yaml\ndevices: { buttons: { driver: absent } }",
      wiring,
    );
    expect(devices.buttons).toEqual({ driver: "absent" });
    expect(devices.ratingKeypad).toMatchObject({ keys: ["10", "11", "12", "13", "16"], lamps: { asking: "20" } });
    expect(read("board: raspberry-pi-5\nwiring: wiring.yaml", wiring).devices.buttons).toMatchObject({
      driver: "onoff",
      buttons: { call: "5", pause: "6" },
    });
  });

  test("without a board, lines stay as they are written", () => {
    expect(read("wiring: wiring.yaml", wiring).devices.buttons).toMatchObject({ buttons: { call: "GPIO5" } });
  });
});

const BUTTONS = "driver: gpiomon, chip: pinctrl-rp1, buttons: { call: GPIO17, pause: GPIO27 }";
const KEYS = "[GPIO5, GPIO6, GPIO12, GPIO13, GPIO16]";

describe("refused", () => {
  test.each<[string, string, string]>([
    [
      "a line taken twice by one device",
      `buttons: { ${BUTTONS}, beeper: GPIO17 }`,
      "wiring.yaml:2: devices.buttons.beeper: line-taken: line GPIO17 is buttons.buttons.call already",
    ],
    ["a line taken by two names", `buttons: { ${BUTTONS}, beeper: "17" }`, "devices.buttons.beeper: line-taken"],
    [
      "a line taken by another device",
      `ratingKeypad: { driver: onoff, chip: pinctrl-rp1, keys: [GPIO5, GPIO6, GPIO12, GPIO13, GPIO27] }`,
      "devices.ratingKeypad.keys.4: line-taken: line GPIO27 is buttons.buttons.pause already",
    ],
    [
      "a chip the board does not have",
      `buttons: { ${BUTTONS.replace("rp1", "bcm2711")} }`,
      "devices.buttons.chip: chip-unknown: the board has pinctrl-rp1",
    ],
    [
      "a line the board does not lead out",
      `buttons: { ${BUTTONS}, beeper: GPIO40 }`,
      "devices.buttons.beeper: line-unknown",
    ],
    [
      "an offset it does not lead out",
      `buttons: { ${BUTTONS}, lamps: { call: "53" } }`,
      "devices.buttons.lamps.call: line-unknown",
    ],
    [
      "a button without a line",
      `buttons: { driver: gpiomon, chip: pinctrl-rp1, buttons: { call: GPIO17 } }`,
      "devices.buttons.buttons.pause: missing",
    ],
    [
      "a key without a line",
      `ratingKeypad: { driver: gpiomon, chip: pinctrl-rp1, keys: [GPIO5, GPIO6, GPIO12, GPIO13] }`,
      "devices.ratingKeypad.keys",
    ],
    ["an unknown key", `buttons: { ${BUTTONS}, lamp: {} }`, 'did you mean "lamps"'],
    [
      "a device that is none",
      `badgeReadr: { driver: absent }`,
      'devices.badgeReadr: unknown key, did you mean "badgeReader"?',
    ],
    ["a driver that is none", `badgeReader: { driver: rmd6300 }`, 'did you mean "rdm6300"?'],
    [
      "a card that is none",
      `nameplate: { driver: onbon, card: 6L, sign: 64x32, line: { path: /dev/x } }`,
      'did you mean "6K"?',
    ],
    [
      "a size that is none",
      `nameplate: { driver: onbon, card: 6K, sign: 65x32, line: { path: /dev/x } }`,
      'did you mean "64x32"?',
    ],
    [
      "a pull that is none",
      `buttons: { ${BUTTONS}, bias: pullup }`,
      'devices.buttons.bias: Invalid option: expected one of "pull-up"|"pull-down"|"disabled", did you mean "pull-up"?',
    ],
    [
      "a chip misspelt",
      `buttons: { ${BUTTONS.replace("rp1", "rpl")} }`,
      'chip-unknown: the board has pinctrl-rp1, did you mean "pinctrl-rp1"?',
    ],
    ["a line misspelt", `buttons: { ${BUTTONS}, beeper: gpio24 }`, 'did you mean "GPIO24"?'],
    [
      "text for a number",
      `badgeReader: { driver: keyboard-wedge, vendorId: "FFFF", productId: 1 }`,
      "devices.badgeReader.vendorId",
    ],
    [
      "an address beyond the last",
      `badgeReader: { driver: osdp, line: { path: /dev/x }, address: 127, security: none }`,
      "devices.badgeReader.address",
    ],
    ["a path that is missing", `badgeReader: { driver: rdm6300 }`, "devices.badgeReader.path: missing"],
  ])("%s", (_, device, reason) => {
    const said = refusalOf("board: raspberry-pi-5\nwiring: wiring.yaml", `devices:\n  ${device}\n`);
    expect(said).toMatch(/^wiring\.yaml:2: /u);
    expect(said).toContain(reason);
  });

  test("a board misspelt, with the one that was meant", () => {
    expect(refusalOf("board: rasberry-pi-5")).toMatch(
      /^terminal\.yaml:\d+: board: .*, did you mean "raspberry-pi-5"\?$/u,
    );
  });

  test("what is wrong in two uses of one thing is told once", () => {
    const buttons = BUTTONS.replace("rp1", "bcm2711");
    const said = refusalOf(`board: raspberry-pi-5\ndevices:\n  buttons: { ${buttons} }`);
    expect(said.split("\n")).toHaveLength(1);
  });

  // The keypad is right by itself; only with the board's own buttons is it wrong. The file that may be mended is named.
  test("in the configuration itself, with its own line", () => {
    const keys = KEYS.replace("GPIO5", "GPIO22");
    const keypad = `devices:\n  ratingKeypad:\n    driver: gpiomon\n    chip: pinctrl-rp1\n    keys: ${keys}`;
    expect(refusalOf(`board: raspberry-pi-5\n${keypad}`)).toBe(
      "terminal.yaml:10: devices.ratingKeypad.keys.0: line-taken: line GPIO22 is buttons.lamps.call already",
    );
  });

  test.each<[string, string, string]>([
    [
      "a port with two readers",
      "badgeReader: { driver: rdm6300, path: /dev/a }\n  nameplate: { driver: alpha, path: /dev/a }",
      "terminal.yaml:7: devices.nameplate.path: port-taken: /dev/a is badgeReader.path already",
    ],
    [
      "a pin of one Arduino for two things",
      "buttons: { driver: firmata, line: { path: /dev/a }, buttons: { call: D2, pause: D10 } }\n" +
        "  nameplate: { driver: matrix, line: { path: /dev/a }, " +
        "dots: { chip: max7219, pins: { data: D11, clock: D13, select: '10' } } }",
      "terminal.yaml:7: devices.nameplate.dots.pins.select: line-taken: line 10 is buttons.buttons.pause already",
    ],
    [
      "an Arduino at two rates",
      "buttons: { driver: firmata, line: { path: /dev/a }, buttons: { call: D2, pause: D10 } }\n" +
        "  nameplate: { driver: matrix, line: { path: /dev/a, baudRate: 115200 }, dots: { chip: ht16k33 } }",
      "terminal.yaml:7: devices.nameplate.line: port-taken: /dev/a is buttons.line already",
    ],
    [
      "USB in two ways",
      "badgeReader: { driver: keyboard-wedge, vendorId: 1, productId: 2 }\n" +
        "  ratingKeypad: { driver: usb-keyboard, vendorId: 1, productId: 3, through: hidraw }",
      "terminal.yaml:7: devices.ratingKeypad.through: usb-mixed: one process reaches USB input devices in one way, " +
        "and badgeReader.through says libusb",
    ],
  ])("without a board: %s", (_, devices, reason) => {
    expect(refusalOf(`devices:\n  ${devices}`)).toBe(reason);
  });

  test("one Arduino for buttons, keypad and dots is no fault", () => {
    const line = "line: { path: /dev/a }";
    const devices = `buttons: { driver: firmata, ${line}, buttons: { call: D2, pause: D3 } }
  ratingKeypad: { driver: firmata, ${line}, keys: [D4, D5, D6, D7, D8] }
  nameplate: { driver: matrix, ${line}, dots: { chip: ht16k33 } }`;
    expect(refusalOf(`devices:\n  ${devices}`)).toBe("taken");
  });

  test("a wiring file that is not there", () => {
    expect(refusalOf("wiring: nowhere.yaml")).toMatch(/^nowhere\.yaml: cannot be read/u);
  });
});
