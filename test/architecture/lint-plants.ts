import type { Plants } from "./mini-repository.ts";

/** What breaks each rule that .oxlintrc.json names, by the rule's name. The text is all of one file. */
export const lintPlants: Plants = {
  "eslint/eqeqeq": "export const same = (a: unknown, b: unknown): boolean => a == b;",
  "eslint/no-param-reassign": "export function next(a: number): number {\n  a = a + 1;\n  return a;\n}",
  "eslint/no-self-compare": "export const odd = (a: number): boolean => a !== a;",
  "eslint/no-shadow": "const a = 1;\nexport const next = (): number[] => [a].map((b) => { const a = b; return a; });",
  "eslint/no-unused-vars": "const idle = 1;\nexport const a = 1;",
  "eslint/no-var": "export var a = 1;",
  "eslint/prefer-const": "let a = 1;\nexport const b = a;",
  "eslint/preserve-caught-error":
    'export function f(g: () => void): void {\n  try {\n    g();\n  } catch (e) {\n    throw new Error("f");\n  }\n}',
  "import/no-cycle": 'import { b } from "./the-other-end.ts";\nexport const a = (): number => b();',
  "import/no-duplicates":
    'import { join } from "node:path";\nimport { sep } from "node:path";\nexport const a = join(sep);',
  "import/no-mutable-exports": "export let a = 1;\nexport const next = (): void => {\n  a += 1;\n};",
  "import/no-self-import": 'import { a as b } from "./import-no-self-import.ts";\nexport const a = (): unknown => b;',
  "promise/no-multiple-resolved": "export const a = new Promise<number>((done) => {\n  done(1);\n  done(2);\n});",
  "typescript/await-thenable": "export const f = async (): Promise<number> => await 1;",
  "typescript/consistent-type-imports": 'import { Stats } from "node:fs";\nexport type A = Stats;',
  "typescript/no-deprecated": "/** @deprecated */\nconst old = (): number => 1;\nexport const a = old();",
  "typescript/no-explicit-any": "export type A = any;",
  "typescript/no-floating-promises":
    "const f = async (): Promise<void> => {};\nexport const a = (): void => {\n  f();\n};",
  "typescript/no-import-type-side-effects": 'import { type Stats } from "node:fs";\nexport type A = Stats;',
  "typescript/no-misused-promises": "export const a = (b: number[]): void => b.forEach(async () => {});",
  "typescript/no-non-null-assertion": "export const a = (b: number | null): number => b!;",
  "typescript/no-unnecessary-type-assertion": "export const a = (b: number): number => b as number;",
  "typescript/no-unsafe-argument": "const f = (a: number): number => a;\nexport const a = f(JSON.parse('1'));",
  "typescript/no-unsafe-assignment": "export const a: number = JSON.parse('1');",
  "typescript/no-unsafe-call": "export const a = (): unknown => JSON.parse('1')();",
  "typescript/no-unsafe-member-access": "export const a = (): unknown => JSON.parse('1').b;",
  "typescript/no-unsafe-return": "export const a = (): number => JSON.parse('1');",
  "typescript/only-throw-error": 'export const a = (): never => {\n  throw "b";\n};',
  "typescript/prefer-promise-reject-errors": 'export const a = (): Promise<never> => Promise.reject("b");',
  "typescript/return-await":
    "export async function a(b: Promise<1>): Promise<1> {\n  try {\n    return b;\n  } catch {\n    return 1;\n  }\n}",
  "typescript/switch-exhaustiveness-check":
    'export function a(b: "c" | "d"): void {\n  switch (b) {\n    case "c":\n      a("d");\n  }\n}',
  "typescript/use-unknown-in-catch-callback-variable":
    "export const a = (b: Promise<void>): Promise<void> => b.catch((error: Error) => a(Promise.reject(error)));",
  "unicorn/prefer-node-protocol": 'import { join } from "path";\nexport const a = join("b");',
  "vitest/valid-expect": 'import { expect, test } from "vitest";\ntest("a", () => {\n  expect(1);\n});',
};
