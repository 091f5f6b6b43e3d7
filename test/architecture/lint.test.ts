import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { lintPlants } from "./lint-plants.ts";
import { type MiniRepository, plantRepository } from "./mini-repository.ts";
import { REPOSITORY } from "./repository.ts";

// Each rule that .oxlintrc.json names finds what breaks it, and the linter knows the types in every layer: a promise
// that nobody awaits is found wherever it is planted. One run over one planted repository.

const LINT_TIMEOUT_MS = 60_000;
const LAYER_FOLDERS = [
  "protocol",
  "hardware",
  "terminal/core",
  "terminal",
  "controller/core",
  "controller",
  "simulator",
  "test",
];
const FLOATING = lintPlants["typescript/no-floating-promises"] ?? "";
const LAWFUL = "terminal/lawful.ts";

const Configuration = z.object({ rules: z.record(z.string(), z.unknown()) });
const Report = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

const pathOf = (rule: string): string => `terminal/${rule.replace("/", "-")}.ts`;
/** As the linter writes it: `typescript(no-floating-promises)`. */
const codeOf = (rule: string): string => `${rule.replace("/", "(")})`;

function plants(): Record<string, string> {
  const files: Record<string, string> = {
    "hallward.ts": "export const place = 1;\n",
    "terminal/the-other-end.ts": 'import { a } from "./import-no-cycle.ts";\nexport const b = (): number => a();\n',
    [LAWFUL]: "export const a = async (b: () => Promise<number>): Promise<number> => (await b()) + 1;\n",
  };
  for (const [rule, text] of Object.entries(lintPlants)) files[pathOf(rule)] = `${text}\n`;
  for (const folder of LAYER_FOLDERS) files[`${folder}/floating.ts`] = `${FLOATING}\n`;
  return files;
}

let planted: MiniRepository;
/** The codes reported, by file. */
const reported = new Map<string, readonly string[]>();

beforeAll(() => {
  planted = plantRepository(plants());
  const run = planted.run("oxlint", "--type-aware", "--deny-warnings", "--format=json");
  expect(run.exitCode).not.toBe(0);
  for (const { code, filename } of Report.parse(JSON.parse(run.output)).diagnostics)
    reported.set(filename, [...(reported.get(filename) ?? []), code]);
}, LINT_TIMEOUT_MS);
afterAll(() => planted.remove());

test.each(Object.keys(lintPlants))("%s is reported", (rule) => {
  expect(reported.get(pathOf(rule)) ?? []).toContain(codeOf(rule));
});

test.each(LAYER_FOLDERS)("%s: a promise that nobody awaits is found", (folder) => {
  expect(reported.get(`${folder}/floating.ts`) ?? []).toContain("typescript(no-floating-promises)");
});

test("what is lawful is let be", () => {
  expect(reported.get(LAWFUL)).toBeUndefined();
});

test("every rule that .oxlintrc.json names is among those broken", () => {
  const { rules } = Configuration.parse(JSON.parse(readFileSync(join(REPOSITORY, ".oxlintrc.json"), "utf8")));
  const named = Object.keys(rules).filter((rule) => rules[rule] !== "off");
  expect(named.filter((rule) => !(rule in lintPlants))).toEqual([]);
});
