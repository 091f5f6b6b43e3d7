import { createRequire } from "node:module";
import { join } from "node:path";
import type { IFlattenedRuleSet } from "dependency-cruiser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cruise, cruiseRepository, faultsOf } from "./cruise.ts";
import { lawfulImports, type PlantedImport, unlawfulImports } from "./cruise-plants.ts";
import { type MiniRepository, plantRepository, type Plants } from "./mini-repository.ts";
import { REPOSITORY } from "./repository.ts";

// The walls between the layers stand in this repository, every file of the layers was looked at, and every single rule
// reports the import that breaks it, in a repository planted for that.

const CRUISE_TIMEOUT_MS = 60_000;

test("every import of this repository keeps to the walls", { timeout: CRUISE_TIMEOUT_MS }, async () => {
  expect(faultsOf(await cruiseRepository(REPOSITORY))).toEqual([]);
});

test("a cruise that saw fewer modules than there are files is a fault, whatever else it says", () => {
  expect(faultsOf({ modulesSeen: 0, modulesThere: 0, violations: [] })).toHaveLength(1);
  expect(faultsOf({ modulesSeen: 2, modulesThere: 3, violations: [] })).toHaveLength(1);
  expect(faultsOf({ modulesSeen: 3, modulesThere: 3, violations: [] })).toEqual([]);
});

describe("in a planted repository", () => {
  let planted: MiniRepository;
  let cruise: Cruise;

  beforeAll(async () => {
    planted = plantRepository(filesOf([...lawfulImports, ...unlawfulImports]), "planted");
    cruise = await cruiseRepository(planted.root);
  }, CRUISE_TIMEOUT_MS);
  afterAll(() => planted.remove());

  test.each(unlawfulImports)("$rule: $from must not import $specifier", ({ rule, from, to }) => {
    expect(cruise.violations.map(({ what }) => what)).toContain(`${rule}: ${from} -> ${to}`);
  });

  test("lawful imports are let be: nothing is reported but what was planted", () => {
    const expected = unlawfulImports.map(({ rule, from, to }) => `${rule}: ${from} -> ${to}`);
    expect(cruise.violations.map(({ what }) => what).toSorted()).toEqual(expected.toSorted());
    expect(cruise.modulesSeen).toBe(cruise.modulesThere);
  });

  test("every rule of .dependency-cruiser.cjs is among those broken", () => {
    const rules = createRequire(import.meta.url)(join(REPOSITORY, ".dependency-cruiser.cjs")) as IFlattenedRuleSet;
    const broken = new Set(unlawfulImports.map(({ rule }) => rule));
    expect(rules.forbidden?.map(({ name }) => name).filter((name) => !broken.has(name ?? ""))).toEqual([]);
  });
});

/** One file for each `from`, holding all its imports; and a package for every name that is not a path. */
function filesOf(imports: readonly PlantedImport[]): Plants {
  const files: Record<string, string> = {};
  for (const { from, specifier, type } of imports) {
    const line = type === true ? `import type {} from "${specifier}";` : `import "${specifier}";`;
    files[from] = `${files[from] ?? ""}${specifier === "" ? "" : `${line}\n`}`;
    if (!/^[@a-z]/u.test(specifier) || specifier.startsWith("node:")) continue;
    files[`node_modules/${specifier}/package.json`] = JSON.stringify({
      name: specifier,
      version: "1.0.0",
      main: "a.js",
    });
    files[`node_modules/${specifier}/a.js`] = "";
  }
  return files;
}
