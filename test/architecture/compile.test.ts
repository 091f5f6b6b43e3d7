import { afterAll, beforeAll, expect, test } from "vitest";
import { type MiniRepository, plantRepository, type ToolRun } from "./mini-repository.ts";

// `tsc -b` is a wall of its own. In protocol and in the two cores nothing that touches the world compiles, and a layer
// that imports another without a reference to it does not compile either. One build of one planted repository.

const BUILD_TIMEOUT_MS = 60_000;
const PURE = ["protocol", "terminal/core", "controller/core"] as const;

/** What a pure layer cannot even name, and how the compiler says so. */
const WORLD: readonly { readonly file: string; readonly text: string; readonly says: string }[] = [
  { file: "timer", text: "export const a = setTimeout;", says: "Cannot find name 'setTimeout'" },
  { file: "ticker", text: "export const a = setInterval;", says: "Cannot find name 'setInterval'" },
  { file: "turn", text: "export const a = setImmediate;", says: "Cannot find name 'setImmediate'" },
  { file: "speech", text: "export const a = console;", says: "Cannot find name 'console'" },
  { file: "surroundings", text: "export const a = process.env;", says: "Cannot find name 'process'" },
  { file: "bytes", text: "export const a = Buffer;", says: "Cannot find name 'Buffer'" },
  { file: "network", text: "export const a = fetch;", says: "Cannot find name 'fetch'" },
  { file: "stopwatch", text: "export const a = performance;", says: "Cannot find name 'performance'" },
  { file: "chance", text: "export const a = crypto;", says: "Cannot find name 'crypto'" },
  { file: "page", text: "export const a = document;", says: "Cannot find name 'document'" },
  { file: "files", text: 'import * as fs from "node:fs";\nexport const a = fs;', says: "'node:fs'" },
  { file: "files-later", text: 'export const a = import("node:fs");', says: "'node:fs'" },
  { file: "files-types", text: 'export type A = import("node:fs").Stats;', says: "'node:fs'" },
  { file: "now", text: 'import { Temporal } from "../index.ts";\nexport const a = Temporal.Now;', says: "'Now'" },
];

/** Imports of a layer to which the importing one has no reference. */
const CROSSINGS: readonly { readonly from: string; readonly to: string }[] = [
  { from: "controller/a.ts", to: "../terminal/place.ts" },
  { from: "controller/b.ts", to: "../terminal/core/place.ts" },
  { from: "controller/c.ts", to: "../simulator/place.ts" },
  { from: "controller/core/a.ts", to: "../place.ts" },
  { from: "controller/core/b.ts", to: "../../hardware/place.ts" },
  { from: "terminal/a.ts", to: "../controller/place.ts" },
  { from: "terminal/b.ts", to: "../controller/core/place.ts" },
  { from: "terminal/core/a.ts", to: "../place.ts" },
  { from: "hardware/a.ts", to: "../terminal/place.ts" },
  { from: "hardware/b.ts", to: "../controller/core/place.ts" },
  { from: "protocol/a.ts", to: "../hardware/place.ts" },
  { from: "simulator/a.ts", to: "../test/place.ts" },
];

const LAYER_FOLDERS = [
  "protocol",
  "hardware",
  "terminal",
  "terminal/core",
  "controller",
  "controller/core",
  "simulator",
  "test",
];

/** As in the product: zod and temporal-polyfill are in the program, and must not bring the world's names with them. */
const GROUND = [
  'export { z } from "zod";',
  'import { Temporal as Polyfill } from "temporal-polyfill";',
  'export const Temporal: Omit<typeof Polyfill, "Now"> = Polyfill;',
  "",
].join("\n");

const toIndex = (folder: string): string => (folder === "protocol" ? "./index.ts" : "../../protocol/index.ts");

function plants(): Record<string, string> {
  const files: Record<string, string> = { "hallward.ts": "export const place = 1;\n", "protocol/index.ts": GROUND };
  for (const folder of LAYER_FOLDERS) files[`${folder}/place.ts`] = "export const place = 1;\n";
  for (const folder of PURE) {
    for (const { file, text } of WORLD) files[`${folder}/${file}.ts`] = text.replace("../index.ts", toIndex(folder));
    files[`${folder}/lawful.ts`] =
      `import { Temporal, z } from "${toIndex(folder)}";\nexport const a = { Temporal, z };\n`;
  }
  for (const { from, to } of CROSSINGS)
    files[from] = `import type { place } from "${to}";\nexport type A = typeof place;\n`;
  return files;
}

let planted: MiniRepository;
let build: ToolRun;
const complaintsAbout = (path: string): readonly string[] =>
  build.output.split("\n").filter((line) => line.startsWith(`${path}(`));

beforeAll(() => {
  planted = plantRepository(plants());
  build = planted.run("tsc", "-b", "--pretty", "false");
}, BUILD_TIMEOUT_MS);
afterAll(() => planted.remove());

const inPureLayers = PURE.flatMap((folder) => WORLD.map(({ file, says }) => ({ path: `${folder}/${file}.ts`, says })));

test.each(inPureLayers)("$path does not compile: $says", ({ path, says }) => {
  expect(complaintsAbout(path)).toEqual([expect.stringContaining(says)]);
});

test.each(CROSSINGS)("$from does not compile: it imports $to without a reference", ({ from }) => {
  expect(complaintsAbout(from)).toEqual([expect.stringContaining("is not listed within the file list of project")]);
});

test("what is lawful compiles: nothing else is complained about", () => {
  const broken = new Set([...inPureLayers.map(({ path }) => path), ...CROSSINGS.map(({ from }) => from)]);
  const complaints = build.output.split("\n").filter((line) => /^\S+\.tsx?\(/u.test(line));
  expect(complaints.filter((line) => !broken.has(line.slice(0, line.indexOf("("))))).toEqual([]);
  expect(build.exitCode).not.toBe(0);
});
