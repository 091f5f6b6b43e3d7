// Proves that docs/policies.md is what the profiles and the tests say: no rule of hours or attendance is missing from
// it, and every test it names exists.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readCarriedOut, readProfiles, readRules } from "../../../../../controller/adapters/policies/policy-files.ts";
import { policyTable } from "../../../../../controller/policy-command/policy-table.ts";
import { present } from "../../../../../protocol/index.ts";

const carriedOut = readCarriedOut();
const root = new URL("../../../../../", import.meta.url);

test("every rule of hours and attendance is accounted for, and no other", () => {
  const rules = [...readRules().keys()].filter((id) => /^(?:HRS|ATT)-/u.test(id));
  expect([...carriedOut.keys()].toSorted()).toEqual(rules.toSorted());
});

test("what is carried out or decided names a test that is there", () => {
  for (const [id, { state, test: file, title }] of carriedOut) {
    if (state !== "carried-out" && state !== "decided") continue;
    const text = readFileSync(new URL(present(file, id), root), "utf8");
    expect([id, text.includes(present(title, id))]).toEqual([id, true]);
  }
});

test("what is not carried out says why", () => {
  const silent = [...carriedOut].filter(([, { state, why }]) => state !== "carried-out" && why === undefined);
  expect(silent).toEqual([]);
});

test("docs/policies.md is not stale: npm run docs writes it", () => {
  expect(readFileSync(new URL("docs/policies.md", root), "utf8")).toBe(policyTable(readProfiles(), carriedOut));
});
