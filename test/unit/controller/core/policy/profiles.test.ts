// Proves that the built-in profiles say what their regulation says and nothing else: every value names a rule, every
// rule exists and stands in that regulation, and nothing is left out of the list.
import { describe, expect, test } from "vitest";
import {
  builtInProfiles,
  readProfile,
  readReadings,
  readRules,
  sourcesOf,
} from "../../../../../controller/adapters/policies/policy-files.ts";
import { takeApart } from "../../../../../controller/core/policy/provenance.ts";
import { resolvePolicy } from "../../../../../controller/core/policy/resolve-policy.ts";
import { present } from "../../../../../protocol/index.ts";

const rules = readRules();
const readings = readReadings();
const HEADING = ["id", "names", "sources", "document", "open"];
const FULL = {
  summer: { from: "06-01", to: "09-30" },
  hours: { am: ["08:30", "12:00"], pm: ["14:00", "17:30"] },
  noon: ["12:00", "13:00"],
  confirmed: ["HRS-09"],
};

const profileOf = (id: string) => present(readProfile(id), id);

test("there is one for each regulation and place of part (a), and the catalogue is whole", () => {
  expect(builtInProfiles()).toHaveLength(31);
  expect([rules.size, readings.size]).toEqual([400, 49]);
  expect([...rules.values()].filter(({ zh, en, source }) => zh === "" || en === "" || source === "")).toEqual([]);
});

describe.each(builtInProfiles())("%s", (id) => {
  const profile = profileOf(id);

  test("is named after its file and holds once its gaps are filled", () => {
    expect(profile["id"]).toBe(id);
    const resolved = resolvePolicy({ builtIn: readProfile, policy: id, settings: FULL });
    expect(resolved.ok ? [] : resolved.error).toEqual([]);
  });

  test("names a rule of its own regulation for every value", () => {
    const sources = profile["sources"] as string[];
    const { carried } = takeApart(profile, "profile");
    for (const [path, { rules: ids }] of carried) {
      if (HEADING.includes(path.split(".")[0] ?? "")) continue;
      const all =
        path === "leave.tiers" || path === "ladder" || path.endsWith(".bands") ? entryRules(profile, path) : ids;
      expect([path, all.length]).not.toEqual([path, 0]);
      expect([path, all.filter((ruleId) => !isCarried(ruleId, sources))]).toEqual([path, []]);
    }
  });
});

/** A reading, or a rule that stands in one of these documents. */
function isCarried(ruleId: string, sources: readonly string[]): boolean {
  const rule = rules.get(ruleId);
  return readings.has(ruleId) || (rule !== undefined && sourcesOf(rule).some((code) => sources.includes(code)));
}

/** Every entry of a list names its rules itself. */
function entryRules(profile: object, path: string): string[] {
  const list = path.split(".").reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], profile);
  return (list as { rules?: string[] }[]).flatMap((entry) => present(entry.rules, path));
}

test("the county's figures are the text's", () => {
  const resolved = resolvePolicy({ builtIn: readProfile, policy: "P-COUNTY", settings: FULL });
  expect(resolved).toMatchObject({
    ok: true,
    value: {
      profile: {
        late: { countFrom: { atLeast: 1200 } },
        early: { countOver: { over: 1200 } },
        outing: { absentOver: { over: 3600 } },
        conversion: { n: 5, days: 1, period: "month" },
        objection: { days: 2, mode: "calendar" },
      },
      hours: [
        { name: "am", fromS: 8 * 3600, toS: 12 * 3600 },
        { name: "pm", fromS: 14.5 * 3600, toS: 17.5 * 3600 },
      ],
      missingOut: "early",
    },
  });
});

test.each([
  ["std", "08:00-12:00 13:30-17:00"],
  ["county", "08:00-12:00 14:30-17:30"],
  ["chengdu", "08:30-17:00"],
  ["town-money", "08:30-11:30 14:30-17:30"],
  ["hall-0830", "08:30-12:00 13:00-17:30"],
  ["longshuitang", "08:00-11:30 14:30-17:30"],
  ["hall-0900", "09:00-12:00 13:00-17:00"],
])("the hours are the text's: %s is open %s", (id, hours) => {
  const resolved = resolvePolicy({ builtIn: readProfile, policy: id, settings: FULL });
  expect(resolved.ok).toBe(true);
  if (!resolved.ok) return;
  const clock = (second: number): string =>
    [Math.floor(second / 3600), (second / 60) % 60].map((part) => String(part).padStart(2, "0")).join(":");
  expect(resolved.value.hours.map(({ fromS, toS }) => `${clock(fromS)}-${clock(toS)}`).join(" ")).toBe(hours);
});

test("what a text leaves open is marked as the product's or a reading, never as a rule", () => {
  const resolved = resolvePolicy({ builtIn: readProfile, policy: "linze", settings: FULL });
  expect(resolved.ok).toBe(true);
  if (!resolved.ok) return;
  expect(resolved.value.carried.get("late.countFrom")).toEqual({ origin: "reading", rules: ["AMB-03"] });
  expect(resolved.value.carried.get("signals.walkS")).toEqual({ origin: "default", rules: [] });
  expect(resolved.value.carried.get("posting.years")).toEqual({ origin: "regulation", rules: ["ATT-69"] });
});
