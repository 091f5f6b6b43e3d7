// Signs and keypads by configuration: what is written picks the driver, and what cannot be is refused with its reason.
import { expect, test } from "vitest";
import { parseConfig } from "../../../hardware/system/config-file.ts";
import { HallError, messageOf } from "../../../protocol/index.ts";
import { TerminalConfig } from "../../../terminal/index.ts";
import { pickNameplate } from "../../../terminal/wiring/pick-nameplate.ts";
import { pickRatingKeypad } from "../../../terminal/wiring/pick-rating-keypad.ts";
import { silentLog } from "../../../protocol/base/log.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const HEAD = "hall: north\nterminal: t-01\ncontroller: { host: 10.0.0.1 }\ndirectory: state\ndevices:\n";
const devices = (text: string): TerminalConfig["devices"] =>
  parseConfig(TerminalConfig, `${HEAD}  ${text}\n`, "t.yaml").devices;
const world = { clock: new VirtualClock(), log: silentLog, write: () => {} };

test.each([
  ["onbon-font", "{ driver: onbon, card: 5K, sign: 128x32, line: { path: /dev/serial/by-id/card } }"],
  ["onbon-font", "{ driver: onbon, card: 6K, sign: 192x64, colours: 3, line: { host: 10.0.0.9 } }"],
  ["onbon-picture", "{ driver: onbon, card: 6E, sign: 128x32, line: { host: sign-3, port: 5006 } }"],
  ["alpha", "{ driver: alpha, path: /dev/serial/by-id/sign }"],
  ["text", "{ driver: text }"],
  ["absent", "{ driver: absent }"],
])("a nameplate %s: %s", (driver, text) => {
  expect(pickNameplate(devices(`nameplate: ${text}`).nameplate, world).driver).toBe(driver);
});

test.each([
  ["hid-keypad", "{ driver: usb-keyboard, vendorId: 0x1a86, productId: 0xe026 }"],
  ["hid-keypad", "{ driver: usb-reports, vendorId: 1, productId: 2, offset: 1, keys: [1, 2, 4, 8, 16], form: bits }"],
  ["serial-keypad", "{ driver: serial, path: /dev/serial/by-id/keys }"],
  [
    "serial-keypad",
    "{ driver: serial, path: /dev/x, frame: { header: [0xaa, 0x55], length: { kind: field, at: 2 }, keyAt: 3, " +
      "checksum: { kind: crc16 } }, lamps: { dark: [0], asking: [1], thanks: [2] } }",
  ],
  ["absent", "{ driver: absent }"],
])("a rating keypad %s: %s", (driver, text) => {
  expect(pickRatingKeypad(devices(`ratingKeypad: ${text}`).ratingKeypad, world).driver).toBe(driver);
});

test("defaults are the usual rate and the vendor's port", () => {
  const serial = devices("nameplate: { driver: onbon, card: 5K, sign: 64x16, line: { path: /dev/x } }").nameplate;
  const network = devices("nameplate: { driver: onbon, card: 5K, sign: 64x16, line: { host: sign } }").nameplate;
  expect(serial).toMatchObject({ colours: 1, line: { baudRate: 57_600 } });
  expect(network).toMatchObject({ line: { port: 5005 } });
});

test.each([
  ["nameplate: { driver: onbonn }", "devices.nameplate.driver"],
  ["nameplate: { driver: onbon, card: 5K, sign: 100x16, line: { path: /dev/x } }", "devices.nameplate.sign"],
  ["nameplate: { driver: onbon, card: 5K, sign: 64x16, line: { path: /dev/x, baud: 9600 } }", "baud: unknown key"],
  ["nameplate: { driver: alpha, path: /dev/x, columns: 3 }", "devices.nameplate.columns"],
  ["ratingKeypad: { driver: serial, path: /dev/x, keys: [1, 2, 3, 4, 4] }", "each key has a code of its own"],
  [
    "ratingKeypad: { driver: serial, path: /x, frame: { header: [1], length: { kind: fixed, bytes: 1 }, keyAt: 1 } }",
    "devices.ratingKeypad.frame: key and checksum need 2 bytes",
  ],
  ["ratingKeypad: { driver: usb-keyboard, vendorId: 0x10000, productId: 1 }", "devices.ratingKeypad.vendorId"],
  ["ratingKeypad: { driver: usb-keyboard, vendorid: 1, productId: 1 }", 'did you mean "vendorId"'],
])("%s is refused, and the reason has: %s", (text, reason) => {
  let said = "";
  try {
    devices(text);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(HallError);
    said = messageOf(thrown);
  }
  expect(said).toMatch(/^t\.yaml:6: /u);
  expect(said).toContain(reason);
});
