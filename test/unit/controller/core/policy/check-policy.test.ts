// Proves that a policy that cannot hold together is refused, with a stable code, its place and the rules, and that a
// hall's changes are its own word and not the regulation's.
import { describe, expect, test } from "vitest";
import { readProfile } from "../../../../../controller/adapters/policies/policy-files.ts";
import { ignoredSettings } from "../../../../../controller/core/policy/ignored-settings.ts";
import type { PolicyFault } from "../../../../../controller/core/policy/policy.ts";
import { resolvePolicy } from "../../../../../controller/core/policy/resolve-policy.ts";
import type { Json } from "../../../../../protocol/index.ts";

const SUMMER = { summer: { from: "06-01", to: "09-30" } };
const HOURS = { hours: { am: ["08:30", "12:00"], pm: ["14:00", "17:30"] } };

type Asked = string | { readonly [key: string]: Json };

const resolve = (policy: Asked, settings: Json = {}) => resolvePolicy({ builtIn: readProfile, policy, settings });

function faultsOf(policy: Asked, settings: Json = {}): readonly PolicyFault[] {
  const resolved = resolve(policy, settings);
  return resolved.ok ? [] : resolved.error;
}

const county = (changes: { readonly [key: string]: Json }): Asked => ({ extends: "county", ...changes });

describe("refused", () => {
  test.each<[string, Asked, Json, string, string, readonly string[]]>([
    ["summer hours without dates", "county", {}, "POLICY_SUMMER_MISSING", "settings.summer", ["HRS-05", "AMB-09"]],
    [
      "a summer that ends before it starts",
      "county",
      { summer: { from: "09-30", to: "06-01" } },
      "POLICY_SUMMER_CONTRADICTS",
      "settings.summer",
      ["AMB-09"],
    ],
    [
      "no working day in the week",
      "baodi",
      { ...HOURS, restWeekdays: [1, 2, 3, 4, 5, 6, 7] },
      "POLICY_REST_CONTRADICTS",
      "settings.restWeekdays",
      ["hall:settings.restWeekdays"],
    ],
    [
      "lateness that begins when the session is over",
      county({ late: { countFrom: { atLeast: "300:00" } } }),
      SUMMER,
      "POLICY_LATE_CONTRADICTS",
      "late.countFrom",
      ["hall:late.countFrom"],
    ],
    [
      "a summer from a day that no year has",
      "county",
      { summer: { from: "02-30", to: "06-30" } },
      "POLICY_MALFORMED",
      "settings.summer.from",
      [],
    ],
    [
      "a branch that is open shorter than the administration works",
      { extends: "chengdu", schedule: { main: { day: ["09:00", "17:00"] } } },
      { adminHours: { day: ["08:30", "17:00"] } },
      "POLICY_BRANCH_BELOW",
      "schedule.main",
      ["HRS-03"],
    ],
    [
      "a branch that opens as long and closes its doors over noon (HRS-03)",
      { extends: "chengdu", schedule: { main: { day: ["08:30", "16:30"] } } },
      { adminHours: { am: ["08:00", "12:00"], pm: ["14:00", "18:00"] } },
      "POLICY_BRANCH_BELOW",
      "schedule.main",
      ["HRS-03"],
    ],
    ["no working hours", "jiayuguan", {}, "POLICY_HOURS_MISSING", "settings.hours", ["GAP-17"]],
    [
      "sessions that overlap",
      "baodi",
      { hours: { am: ["08:30", "12:00"], pm: ["11:00", "17:30"] } },
      "POLICY_HOURS_CONTRADICT",
      "settings.hours.pm",
      [],
    ],
    [
      "overlapping sessions also where the text fixes the hours",
      "county",
      { ...SUMMER, hours: { am: ["08:30", "12:30"], pm: ["12:00", "17:30"] } },
      "POLICY_HOURS_CONTRADICT",
      "settings.hours.pm",
      [],
    ],
    [
      "sessions that a change makes overlap",
      county({ schedule: { main: { pm: ["11:30", "17:30"] } } }),
      SUMMER,
      "POLICY_HOURS_CONTRADICT",
      "schedule.main.pm",
      ["HRS-04", "hall:schedule.main.pm"],
    ],
    [
      "a session that ends before it starts",
      "baodi",
      { hours: { day: ["17:30", "08:30"] } },
      "POLICY_HOURS_CONTRADICT",
      "settings.hours.day",
      [],
    ],
    [
      "a noon rest that nobody placed",
      "hall-0900",
      { confirmed: ["HRS-09"] },
      "POLICY_NOON_MISSING",
      "settings.noon",
      ["HRS-09"],
    ],
    [
      "a noon rest of the wrong length",
      "hall-0900",
      { noon: ["12:00", "12:30"], confirmed: ["HRS-09"] },
      "POLICY_NOON_CONTRADICTS",
      "settings.noon",
      ["HRS-09"],
    ],
    [
      "AC-117: six days a week and two rest days a month",
      "hall-0900",
      { noon: ["12:00", "13:00"] },
      "POLICY_REST_CONTRADICTS",
      "calendar.restDaysPerMonth",
      ["HRS-09", "AMB-10"],
    ],
    [
      "absence before lateness",
      county({ late: { absentFrom: { atLeast: "10:00" } } }),
      SUMMER,
      "POLICY_LATE_CONTRADICTS",
      "late.absentFrom",
      ["ATT-03", "AMB-01"],
    ],
    [
      "bands out of order",
      county({
        late: {
          bands: [
            { over: "10:00", points: 1 },
            { over: 0, points: 2 },
          ],
        },
      }),
      SUMMER,
      "POLICY_BANDS_CONTRADICT",
      "late.bands[1]",
      [],
    ],
    [
      "a sign-out that is not asked for and yet missed",
      county({ signout: { required: false } }),
      SUMMER,
      "POLICY_SIGNOUT_CONTRADICTS",
      "missingOut",
      ["ATT-04", "AMB-17"],
    ],
    [
      "leave that nobody may approve",
      county({ leave: { tiers: [{ upTo: { days: 1 }, approvers: [{ id: "office", zh: "办公室" }] }] } }),
      SUMMER,
      "POLICY_TIERS_CONTRADICT",
      "leave.tiers[0]",
      [],
    ],
    [
      "one stretch longer than the year's sum",
      { extends: "jiayuguan", bpost: { maxYear: 10 } },
      HOURS,
      "POLICY_COVER_CONTRADICTS",
      "bpost.maxRun",
      ["ATT-56", "AMB-33"],
    ],
    [
      "objections to what is never published",
      county({ publish: { every: null } }),
      SUMMER,
      "POLICY_OBJECTION_CONTRADICTS",
      "objection.days",
      ["ATT-18"],
    ],
    [
      "a rung without a count",
      county({ ladder: [{ on: ["late"], actions: ["talk"] }] }),
      SUMMER,
      "POLICY_LADDER_CONTRADICTS",
      "ladder[0]",
      [],
    ],
    [
      "absence counted with lateness",
      county({ ladder: [{ on: ["late", "absence"], count: 2, actions: ["talk"] }] }),
      SUMMER,
      "POLICY_LADDER_CONTRADICTS",
      "ladder[0]",
      [],
    ],
    ["an unknown profile", "atlantis", {}, "POLICY_UNKNOWN", "policy", []],
    ["an unknown key", county({ lateness: {} }), SUMMER, "POLICY_MALFORMED", "lateness", []],
    ["an unknown setting", "county", { winter: {} }, "POLICY_MALFORMED", "settings.winter", []],
    [
      "a bound that is none",
      county({ late: { countFrom: { from: 20 } } }),
      SUMMER,
      "POLICY_MALFORMED",
      "late.countFrom.atLeast",
      [],
    ],
  ])("%s", (_, policy, settings, code, path, rules) => {
    const [fault] = faultsOf(policy, settings);
    expect(fault).toMatchObject({ code, path });
    expect(fault?.rules).toEqual(expect.arrayContaining([...rules]));
    expect(fault?.message).not.toMatch(/\n/u);
  });
});

test("HRS-03: as long as the administration works is long enough, and a hall that is no branch is not asked", () => {
  expect(faultsOf("chengdu", { adminHours: { day: ["08:30", "17:00"] } })).toEqual([]);
  expect(faultsOf("std", { adminHours: { day: ["07:00", "20:00"] } })).toEqual([]);
  const overNoon = { extends: "std", schedule: { branchesNotBelow: true } };
  expect(faultsOf(overNoon, { adminHours: { day: ["08:00", "17:00"] } })).toMatchObject([
    { code: "POLICY_BRANCH_BELOW", path: "schedule.main" },
  ]);
});

test("a manager's confirmation lets the roster decide (AMB-10)", () => {
  expect(faultsOf("hall-0900", { noon: ["12:00", "13:00"], confirmed: ["HRS-09"] })).toEqual([]);
});

test("a change is the hall's own word; what is not changed stays the regulation's", () => {
  const resolved = resolve(
    county({ late: { countFrom: { atLeast: "10:00" } }, conversion: { period: "year" } }),
    SUMMER,
  );
  expect(resolved).toMatchObject({
    ok: true,
    value: { profile: { late: { countFrom: { atLeast: 600 } }, conversion: { n: 5, period: "year" } } },
  });
  if (!resolved.ok) return;
  const { carried } = resolved.value;
  expect(carried.get("late.countFrom")).toEqual({ origin: "hall", rules: [] });
  expect(carried.get("conversion.period")).toEqual({ origin: "hall", rules: [] });
  expect(carried.get("conversion.n")).toEqual({ origin: "regulation", rules: ["ATT-16"] });
});

test("settings fill gaps and change nothing that the text fixes", () => {
  const resolved = resolve("county", { ...SUMMER, ...HOURS });
  expect(resolved).toMatchObject({ ok: true, value: { hours: [{ fromS: 8 * 3600 }, { fromS: 14.5 * 3600 }] } });
  if (!resolved.ok) return;
  expect(ignoredSettings(resolved.value)).toEqual([
    expect.stringMatching(/^SETTING_IGNORED settings\.hours: .*HRS-04/u),
  ]);
});

test("a profile that extends itself is refused", () => {
  const builtIn = () => ({ extends: "circle" });
  const resolved = resolvePolicy({ builtIn, policy: "circle", settings: {} });
  expect(resolved).toMatchObject({ ok: false, error: [{ code: "POLICY_ENDLESS" }] });
});
