import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { loadConfig, parseConfig } from "../../../hardware/system/config-file.ts";
import { HallError } from "../../../protocol/index.ts";

const Schema = z.strictObject({
  hall: z.string().regex(/^[a-z]+$/u, "lower-case letters"),
  controller: z.strictObject({ host: z.string(), mqttPort: z.int().min(1).max(65_535).default(8883) }),
  counters: z.array(z.strictObject({ counterId: z.string(), services: z.array(z.string()).optional() })).default([]),
  services: z.record(z.string(), z.strictObject({ title: z.string() })).optional(),
  reader: z
    .discriminatedUnion("driver", [
      z.strictObject({ driver: z.literal("rdm6300"), path: z.string(), baudRate: z.int().optional() }),
      z.strictObject({ driver: z.literal("absent") }),
    ])
    .default({ driver: "absent" }),
  closing: z.union([z.strictObject({ atTime: z.string() }), z.strictObject({ never: z.literal(true) })]).optional(),
});
const NAME = "t.yaml";

/** The fault lines of `text`. */
function faultsIn(text: string): string[] {
  try {
    parseConfig(Schema, text, NAME);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof HallError)) throw thrown;
    expect(thrown.code).toBe("CONFIG_REFUSED");
    return thrown.message.split("\n");
  }
}

const GOOD = "hall: north\ncontroller:\n  host: 127.0.0.1\n";

test("a right file is taken, with its defaults", () => {
  expect(parseConfig(Schema, GOOD, NAME)).toEqual({
    hall: "north",
    controller: { host: "127.0.0.1", mqttPort: 8883 },
    counters: [],
    reader: { driver: "absent" },
  });
});

// Each fault: file and line, path, reason, and the nearest right key where a key is wrong.
test.each<[string, string, string[]]>([
  [
    "a key spelt in another case",
    `${GOOD}  mqttport: 1\n`,
    ['t.yaml:4: controller.mqttport: unknown key, did you mean "mqttPort"?'],
  ],
  ["a key that is misspelt", `hal: north\n${GOOD}`, ['t.yaml:1: hal: unknown key, did you mean "hall"?']],
  [
    "a key like none",
    `${GOOD}zzzzzzz: 1\n`,
    ["t.yaml:4: zzzzzzz: unknown key, known here: hall, controller, counters, services, reader, closing"],
  ],
  [
    "in a list",
    `${GOOD}counters:\n  - counterId: a\n  - counterID: b\n`,
    [
      "t.yaml:6: counters.1.counterId: missing, expected string",
      't.yaml:6: counters.1.counterID: unknown key, did you mean "counterId"?',
    ],
  ],
  [
    "in a record",
    `${GOOD}services:\n  tax:\n    title: Tax\n    titel: Tax\n`,
    ['t.yaml:7: services.tax.titel: unknown key, did you mean "title"?'],
  ],
  [
    "in one of several shapes",
    `${GOOD}reader:\n  driver: rdm6300\n  path: /dev/x\n  baudrate: 9600\n`,
    ['t.yaml:7: reader.baudrate: unknown key, did you mean "baudRate"?'],
  ],
  [
    "in a shape without a name",
    `${GOOD}closing:\n  atTim: "17:00"\n`,
    [
      "t.yaml:4: closing.atTime: missing, expected string",
      't.yaml:5: closing.atTim: unknown key, did you mean "atTime"?',
    ],
  ],
  [
    "a wrong type",
    "hall: north\ncontroller:\n  host: 127.0.0.1\n  mqttPort: soon\n",
    ["t.yaml:4: controller.mqttPort: Invalid input: expected number, received string"],
  ],
  [
    "a number that is too large",
    `${GOOD}  mqttPort: 70000\n`,
    ["t.yaml:4: controller.mqttPort: Too big: expected number to be <=65535"],
  ],
  ["a text that does not fit", "hall: North 1\ncontroller:\n  host: x\n", ["t.yaml:1: hall: lower-case letters"]],
  ["a missing key", "hall: north\n", ["t.yaml:1: controller: missing, expected object"]],
  ["a missing key inside", "hall: north\ncontroller: {}\n", ["t.yaml:2: controller.host: missing, expected string"]],
  [
    "several faults at once",
    "hall: 7\ncontroller:\n  hst: x\n",
    [
      "t.yaml:1: hall: Invalid input: expected string, received number",
      "t.yaml:2: controller.host: missing, expected string",
      't.yaml:3: controller.hst: unknown key, did you mean "host"?',
    ],
  ],
  ["nothing at all", "", ["t.yaml: Invalid input: expected object, received null"]],
])("%s is refused", (_, text, faults) => {
  expect(faultsIn(text)).toEqual(faults);
});

test("a driver that nobody knows is refused where it stands", () => {
  const [fault] = faultsIn(`${GOOD}reader:\n  driver: rfid\n`);
  expect(fault).toMatch(/^t\.yaml:5: reader\.driver: /u);
});

test.each([
  ["an unclosed bracket", "hall: [north\n"],
  ["the same key twice", "hall: a\nhall: b\n"],
  ["a tab as indentation", "controller:\n\thost: x\n"],
])("%s is not YAML", (_, text) => {
  const [fault] = faultsIn(text);
  expect(fault).toMatch(/^t\.yaml:\d: not valid YAML: /u);
});

test("a file is read, and one that is not there is refused by its name", () => {
  const directory = mkdtempSync(join(tmpdir(), "hallward-config-"));
  const file = join(directory, "hall.yaml");
  expect(() => loadConfig(Schema, file)).toThrow(expect.objectContaining({ code: "CONFIG_REFUSED" }));
  expect(() => loadConfig(Schema, file)).toThrow(file);
  writeFileSync(file, GOOD);
  expect(loadConfig(Schema, file).hall).toBe("north");
  rmSync(directory, { recursive: true });
});
