import { CORE, functionOf, lineComments, UNIT } from "./plant-texts.ts";

/** A file that breaks `rule` on `line`. */
export interface UntidyFile {
  readonly rule: string;
  readonly path: string;
  readonly text: string;
  readonly line: number;
  /** The text on one short line, for the test's title. */
  readonly shown: string;
}

const untidy = (rule: string, path: string, text: string, line = 1): UntidyFile => ({
  rule,
  path,
  text,
  line,
  shown: JSON.stringify(text).slice(1, 60),
});

const untidyTime: readonly UntidyFile[] = [
  untidy("clock-read", CORE, "export const at = Date.now();"),
  untidy("clock-read", CORE, "\nexport const read = Date.now;", 2),
  untidy("clock-read", CORE, "export const at = globalThis.performance.now();"),
  untidy("clock-read", CORE, "export const at = process.hrtime.bigint();"),
  untidy("clock-read", CORE, "export const at = process.uptime();"),
  untidy("clock-read", CORE, "export const at = Temporal.Now.instant();"),
  untidy("clock-read", CORE, 'import { performance as p } from "node:perf_hooks";'),
  untidy("clock-read", CORE, 'import { hrtime } from "node:process";'),
  untidy("clock-read", "test/integration/broker.test.ts", "const at = Date.now();"),
  untidy("clock-read", "controller/web/pages/board.tsx", "const at = performance.now();"),
  untidy("bare-date", CORE, "export const at = new Date();"),
  untidy("bare-date", CORE, "export const at = new Date;"),
  untidy("bare-date", CORE, "export const at = Date();"),
  untidy("timer", CORE, "setTimeout(wake, 1);"),
  untidy("timer", CORE, "globalThis.setInterval(wake, 1);"),
  untidy("timer", CORE, "const later = { wake: setImmediate };"),
  untidy("timer", CORE, "const signal = AbortSignal.timeout(5);"),
  untidy("timer", CORE, 'import { setTimeout as sleep } from "node:timers/promises";'),
  untidy("timer", CORE, 'const timers = await import("node:timers");'),
  untidy("timer", UNIT, "await new Promise((done) => setTimeout(done, 10));"),
  untidy("timer", "controller/web/pages/board.tsx", "setInterval(paint, 1000);"),
];

const untidyChance: readonly UntidyFile[] = [
  untidy("chance", CORE, "export const chance = Math.random();"),
  untidy("chance", CORE, "export const id = crypto.randomUUID();"),
  untidy("chance", CORE, "export const id = globalThis.crypto.randomUUID();"),
  untidy("chance", CORE, "crypto.getRandomValues(bytes);"),
  untidy("chance", CORE, 'import { randomBytes } from "node:crypto";'),
  untidy("chance", CORE, 'import { randomInt as pick } from "crypto";'),
  untidy("chance", UNIT, "const id = crypto.randomUUID();"),
  untidy("chance", "controller/adapters/authority.ts", "crypto.getRandomValues(bytes);"),
  untidy("key-material", "controller/adapters/http.ts", "await webcrypto.subtle.generateKey(algorithm, true, uses);"),
  untidy("key-material", "terminal/adapters/mqtt.ts", 'import { generateKeyPairSync } from "node:crypto";'),
];

const untidyHatches: readonly UntidyFile[] = [
  untidy("any", CORE, "export const a: any = 1;"),
  untidy("any", CORE, "export const a = b as any;"),
  untidy("any", CORE, "export const a = new Set<any>();"),
  untidy("any", UNIT, "const a = (b: any[]) => b;"),
  untidy("silenced-compiler", CORE, "// @ts-ignore\nexport const a = b;"),
  untidy("silenced-compiler", CORE, "export const a = 1;\n// @ts-expect-error because\nexport const c = b;", 2),
  untidy("silenced-compiler", CORE, "// @ts-nocheck"),
  untidy("silenced-linter", CORE, "/*\n * biome-ignore format: no\n */", 2),
  untidy("silenced-linter", CORE, "// oxlint-disable-next-line eqeqeq\nexport const a = b == c;"),
  untidy("silenced-linter", CORE, "/* eslint-disable */"),
  untidy("put-off", CORE, "export const a = 1; // TODO: two"),
  untidy("put-off", CORE, "/** FIXME */\nexport const a = 1;"),
  untidy("put-off", CORE, "function f(/* XXX */) {}"),
];

const untidySizes: readonly UntidyFile[] = [
  untidy("file-length", CORE, lineComments(401), 401),
  untidy("function-length", CORE, functionOf(71)),
  untidy("function-length", CORE, functionOf(71, "export const long = (): void => {")),
  untidy("function-length", CORE, `class Hall {\n${functionOf(71, "long(): void {")}}`, 2),
  untidy("function-length", UNIT, functionOf(71, "function arrange(): void {")),
  untidy("function-length", UNIT, `rows.map(${functionOf(71, "() => {").trimEnd()});`),
  untidy("function-length", "test/unit/halls.ts", `describe("a", ${functionOf(71, "() => {").trimEnd()});`),
  untidy("line-length", CORE, `export const text =\n  "${"票".repeat(117)}";`, 2),
];

const untidyNames: readonly UntidyFile[] = [
  untidy("file-name", "controller/core/HallState.ts", ""),
  untidy("file-name", "controller/core/hall_state.ts", ""),
  untidy("one-index", "controller/core/index.ts", ""),
  untidy("vague-file", "controller/core/helpers.ts", ""),
  untidy("vague-file", "controller/utils/text.ts", ""),
  untidy("vague-export", CORE, "export const data = 1;"),
  untidy("vague-export", CORE, "\nexport class Manager {}", 2),
  untidy("vague-export", CORE, "export interface Info { a: 1 }"),
  untidy("vague-export", CORE, "const a = 1;\nexport { a as util };", 2),
  untidy("default-export", CORE, "export default 1;"),
  untidy("default-export", CORE, "export default function hall() {}"),
  untidy("default-export", CORE, "const hall = 1;\nexport { hall as default };", 2),
];

const untidyConduct: readonly UntidyFile[] = [
  untidy("console", CORE, 'console.log("a");'),
  untidy("console", UNIT, "const say = console.error;"),
  untidy("module-mock", UNIT, 'vi.mock("../../controller/core/hall.ts");'),
  untidy("module-mock", UNIT, 'vi.doMock("node:fs");'),
  untidy("global-fake", UNIT, "vi.useFakeTimers();"),
  untidy("test-runner", UNIT, 'import { test } from "node:test";'),
  untidy("uneven-test", UNIT, 'test.only("a", () => {});'),
  untidy("uneven-test", UNIT, 'describe.skip("a", () => {});'),
  untidy("uneven-test", UNIT, 'it.todo("a");'),
  untidy("uneven-test", UNIT, 'test.concurrent.only("a", () => {});'),
  untidy("plain-error", CORE, 'throw new Error("a");'),
  untidy("plain-error", "terminal/adapters/mqtt.ts", 'done(new TypeError("a"));'),
];

export const untidyFiles: readonly UntidyFile[] = [
  ...untidyTime,
  ...untidyChance,
  ...untidyHatches,
  ...untidySizes,
  ...untidyNames,
  ...untidyConduct,
];
