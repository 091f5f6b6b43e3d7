import { CORE, functionOf, lineComments, UNIT } from "./plant-texts.ts";

/** A file that looks as if it broke a rule, and does not. */
export interface TidyFile {
  readonly path: string;
  readonly text: string;
  readonly because: string;
}

const tidy = (because: string, path: string, text: string): TidyFile => ({ path, text, because });

export const tidyFiles: readonly TidyFile[] = [
  tidy("a string is no call", CORE, 'export const text = "setTimeout(Date.now(), Math.random()) // TODO: any";'),
  tidy(
    "a comment is no call",
    CORE,
    "// never Date.now(), setTimeout or console.log here, nor any other\nexport const a = 1;",
  ),
  tidy("a template is no comment", CORE, "export const text = `// @ts-ignore\n/* TODO */`;"),
  tidy(
    "a member may bear a timer's name",
    CORE,
    "socket.setTimeout(5); export const port = { setTimeout: 1, now: 2 };",
  ),
  tidy("a date made of a number reckons", CORE, "export const text = new Date(0).toISOString();"),
  tidy("the real clock", "hardware/system/system-clock.ts", "setTimeout(wake, Date.now() + performance.now());"),
  tidy(
    "the real chance",
    "hardware/system/system-random.ts",
    'import { randomUUID } from "node:crypto";\nMath.random();',
  ),
  tidy("a page repaints", "controller/web/pages/board.tsx", "setTimeout(paint, new Date(Date.now()).getSeconds());"),
  tidy("real processes", "test/integration/broker.ts", 'import { setTimeout as sleep } from "node:timers/promises";'),
  tidy(
    "the authority makes keys",
    "controller/adapters/authority.ts",
    "await webcrypto.subtle.generateKey(a, true, b);",
  ),
  tidy("words that hold others", CORE, "export const company = { anyone: 1, dataBits: 2 }; // company, XXXL, todos"),
  tidy("the longest file", CORE, lineComments(400)),
  tidy("the longest function", CORE, functionOf(70)),
  tidy("a chapter of tests", UNIT, `describe("a", ${functionOf(90, "() => {").trimEnd()});`),
  tidy("a table of tests", UNIT, `test.each(rows)("a", ${functionOf(90, "() => {").trimEnd()});`),
  tidy("the longest line", CORE, `export const a = "${"票".repeat(100)}";`),
  tidy("a regular expression", CORE, `export const a = /${"a".repeat(120)}/u;`),
  tidy("an import", CORE, `import { a } from "../${"a".repeat(120)}.ts";`),
  tidy("a tool's configuration", "vitest.config.ts", "export default {};"),
  tidy("the index of a top folder", "controller/index.ts", 'export { hall } from "./core/hall.ts";'),
  tidy(
    "a vague word inside a name",
    "controller/core/data-line.ts",
    "export const dataLine = 1; const data = dataLine;",
  ),
  tidy("the command speaks", "hallward.ts", 'console.log("a");'),
  tidy("a main file speaks", "controller/main.ts", 'console.log("a");'),
  tidy("the simulator speaks", "simulator/panel/screen.ts", 'console.log("a");'),
  tidy("a tool of the build speaks", ".ci/generate-docs.ts", 'console.log("a");'),
  tidy("other things are skipped", UNIT, "rows.skip(1); parser.only(2);"),
  tidy("errors outside the product", "simulator/hall.ts", 'throw new Error("a");'),
  tidy("an error with a code", CORE, 'throw new HallError("a", "b");'),
];
