import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ControllerConfiguration } from "../../../controller/config.ts";
import { EXIT_CODES, exitCodeOf, lineOf } from "../../../controller/exit-codes.ts";
import { VERSION } from "../../../controller/version.ts";
import { HallError } from "../../../protocol/index.ts";
import { testConfiguration } from "../../support/test-hall.ts";

// What a controller is told, and how it says that it will not go on.

const least = { directory: "data", hall: testConfiguration(1) };

test("a controller listens on the loopback unless it is told otherwise", () => {
  const { http, mqtt, names } = ControllerConfiguration.parse(least);
  expect([http, mqtt, names]).toEqual([
    { host: "127.0.0.1", port: 8080, trustedProxies: [] },
    { host: "127.0.0.1", port: 8883 },
    [],
  ]);
});

test.each([
  ["an unknown key", { ...least, https: {} }],
  ["an unknown key further in", { ...least, http: { tls: true } }],
  ["a port that is none", { ...least, mqtt: { port: 65_536 } }],
  ["a name with a blank", { ...least, names: ["my hall"] }],
  ["a name with capitals, which no browser sends", { ...least, names: ["Hall"] }],
  ["no hall", { directory: "data" }],
])("%s is refused", (_what, text) => {
  expect(ControllerConfiguration.safeParse(text).success).toBe(false);
});

test.each([
  ["ends before it starts", [{ from: "12:00", to: "08:00" }], [0, "to"]],
  [
    "overlaps",
    [
      { from: "08:00", to: "12:00" },
      { from: "11:59", to: "17:30" },
    ],
    [1, "from"],
  ],
])("a hall's session that %s is refused with its place", (_what, sessions, place) => {
  const parsed = ControllerConfiguration.safeParse({ ...least, hall: { ...least.hall, sessions } });
  expect(parsed.error?.issues.map(({ path }) => path)).toEqual([["hall", "sessions", ...place]]);
});

test.each(["hall.example", "h1", "192.0.2.7", "2001:db8::1"])("%s is a name", (name) => {
  expect(ControllerConfiguration.safeParse({ ...least, names: [name] }).success).toBe(true);
});

test("every exit code says that a supervisor need not try the same again at once", () => {
  expect(Object.values(EXIT_CODES).filter((code) => code < 64 || code > 78)).toEqual([]);
  expect(exitCodeOf({ code: "CONFIG_REFUSED" })).toBe(78);
  expect(exitCodeOf({ code: "NEVER_HEARD_OF" })).toBe(70);
});

test("the line names its code once", () => {
  expect(lineOf(new HallError("PORT_IN_USE", "127.0.0.1:1 is in use."))).toBe("PORT_IN_USE: 127.0.0.1:1 is in use.");
  expect(lineOf(new HallError("LOG_BROKEN", "LOG_BROKEN seq 7: gone"))).toBe("LOG_BROKEN seq 7: gone");
});

test("the version is the package's", () => {
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  expect((JSON.parse(text) as { version: string }).version).toBe(VERSION);
});
