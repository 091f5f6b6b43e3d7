import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { CanonicalBadge } from "../../../hardware/index.ts";
import { besideFile, createBadgeDigest, FIRMWARE, TerminalConfig } from "../../../terminal/index.ts";

const LEAST = { hall: "north", terminal: "t-01", controller: { host: "10.0.0.1" }, directory: "state" };

test("the least configuration is a counter with no device", () => {
  expect(TerminalConfig.parse(LEAST)).toEqual({
    ...LEAST,
    role: "counter",
    controller: { host: "10.0.0.1", mqttPort: 8883 },
    logLevel: "info",
    devices: {
      badgeReader: { driver: "absent" },
      buttons: { driver: "absent" },
      ratingKeypad: { driver: "absent" },
      nameplate: { driver: "absent" },
    },
  });
});

test.each(["counter", "desk", "meeting-room"])("a terminal may be a %s", (role) => {
  expect(TerminalConfig.parse({ ...LEAST, role }).role).toBe(role);
});

test.each<[string, object]>([
  ["a role there is not", { ...LEAST, role: "kiosk" }],
  ["an unknown key", { ...LEAST, colour: "red" }],
  ["an unknown key in a device", { ...LEAST, devices: { nameplate: { driver: "text", size: 2 } } }],
  ["a reader without its path", { ...LEAST, devices: { badgeReader: { driver: "rdm6300" } } }],
  ["a terminal that could not stand in a topic", { ...LEAST, terminal: "t/+" }],
  ["a port there is not", { ...LEAST, controller: { host: "x", mqttPort: 65_536 } }],
])("%s is refused", (_, config) => {
  expect(TerminalConfig.safeParse(config).success).toBe(false);
});

test("the directory is relative to the file, wherever the process was started", () => {
  const config = TerminalConfig.parse(LEAST);
  expect(besideFile(config, "/etc/hallward/t.yaml").directory).toBe("/etc/hallward/state");
  expect(besideFile({ ...config, directory: "/data" }, "/etc/hallward/t.yaml").directory).toBe("/data");
});

test("the firmware says the package's version", () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  expect(manifest).toMatchObject({ version: FIRMWARE });
});

// Expected value computed with openssl.
test("a badge's digest is HMAC-SHA256 of its upper-case hex, whatever case it came in", () => {
  const digest = createBadgeDigest(new Uint8Array(32).fill(0xab));
  expect(digest("0A1B2C3D4E" as CanonicalBadge)).toBe(
    "db5ae778818ddc31d7c162e201cf0bc218c200d77e1959e5b8ae4867ca29ce05",
  );
  expect(digest("0a1b2c3d4e" as CanonicalBadge)).toBe(
    "db5ae778818ddc31d7c162e201cf0bc218c200d77e1959e5b8ae4867ca29ce05",
  );
  expect(digest("0A1B2C3D4F" as CanonicalBadge)).not.toBe(
    "db5ae778818ddc31d7c162e201cf0bc218c200d77e1959e5b8ae4867ca29ce05",
  );
});
