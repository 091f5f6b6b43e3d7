// Proves that rest days which a hall sets against its regulation are told as the hall's word, and never as a rule's.
import { expect, test } from "vitest";
import { readProfile } from "../../../../../controller/adapters/policies/policy-files.ts";
import { ignoredSettings } from "../../../../../controller/core/policy/ignored-settings.ts";
import { resolvePolicy } from "../../../../../controller/core/policy/resolve-policy.ts";
import { derive, session, SUMMER } from "./attendance-rig.ts";

const SATURDAY = "2025-03-08";
const MONDAY = "2025-03-10";
const restingOn = (restWeekdays: readonly number[]) => ({ ...SUMMER, restWeekdays: [...restWeekdays] });

test("a worked Saturday and a Monday at rest name the setting; a Tuesday as ever names the text alone", () => {
  const range = { from: SATURDAY, to: "2025-03-11" };
  const sheet = derive({ settings: restingOn([1]), range });
  expect(session(sheet, "am", SATURDAY)).toMatchObject({ state: "absent" });
  expect(session(sheet, "am", SATURDAY).rules).toContain("hall:settings.restWeekdays");
  expect(session(sheet, "am", MONDAY)).toMatchObject({ state: "rest" });
  expect(session(sheet, "am", MONDAY).rules).toContain("hall:settings.restWeekdays");
  expect(session(sheet, "am", "2025-03-11").rules).not.toContain("hall:settings.restWeekdays");
});

test("a line says so when the policy is looked at, where the text names the rest days and they differ", () => {
  const notes = (id: string, settings: ReturnType<typeof restingOn>): string[] => {
    const resolved = resolvePolicy({ builtIn: readProfile, policy: id, settings });
    return resolved.ok ? ignoredSettings(resolved.value) : ["refused"];
  };
  expect(notes("county", restingOn([1]))).toEqual([
    expect.stringMatching(/^SETTING_OVERRIDES settings\.restWeekdays: .*HRS-04, HRS-10/u),
  ]);
  expect(notes("county", restingOn([7, 6]))).toEqual([]);
  expect(notes("std", restingOn([1]))).toEqual([]);
});
