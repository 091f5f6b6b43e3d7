// Proves what fines are taken for (ATT-32), what findings of shirking come to (HRS-25), and how leaving the post is
// named where the text forbids it (ATT-21).
import { describe, expect, test } from "vitest";
import { readProfile } from "../../../../../controller/adapters/policies/policy-files.ts";
import { showPolicy } from "../../../../../controller/policy-command/show-policy.ts";
import { derive, HALF_PAST_EIGHT, monday, onTime, session, taps } from "./attendance-rig.ts";

test("HRS-25: three findings of shirking or error are a circular, also on a day off; a fourth is no second one", () => {
  const dates = ["2025-03-03", "2025-03-08", "2025-03-10", "2025-03-11"];
  const range = { from: "2025-03-03", to: "2025-03-14" };
  const steps = (days: readonly string[], persons = ["li"]) => {
    const findings = days.map((date) => ({ kind: "error", date, session: "pm", persons }));
    const people = [{ id: "li" }, { id: "wang" }];
    return derive({ policy: "xiangzhen-c", settings: HALF_PAST_EIGHT, people, range, findings }).steps;
  };
  expect(steps(dates)).toEqual([{ person: "li", on: "2025-03-10", action: "circular", rule: "HRS-25" }]);
  expect(steps(dates.slice(0, 2))).toEqual([]);
  expect(steps(dates, ["wang"]).map(({ person }) => person)).toEqual(["wang"]);
});

test("ATT-21: 宝坻 forbids leaving the post: out without leave is named with its rule, with leave it is not", () => {
  const out = ["in 08:20:00", "leave-post 09:00:00", "return 09:10:00", "out 12:00:00"];
  const morning = (policy: string, leave: readonly object[] = []) =>
    session(
      derive({
        policy,
        settings: HALF_PAST_EIGHT,
        taps: monday(...out).map((tap) => ({ ...tap, role: "desk" })),
        leave,
      }),
      "am",
    );
  expect(morning("baodi")).toMatchObject({
    state: "attended",
    flags: ["outing-unpermitted"],
    rules: expect.arrayContaining(["ATT-21"]) as unknown,
  });
  const [from, to] = ["2025-03-03T09:00:00", "2025-03-03T09:10:00"];
  const allowed = morning("baodi", [{ person: "li", from, to, kind: "personal" }]);
  expect([allowed.flags, allowed.rules.includes("ATT-21")]).toEqual([[], false]);
  expect(morning("xiangzhen-c").rules).not.toContain("ATT-21");
});

describe("ATT-32: what the town's fines are taken for", () => {
  const week = { from: "2025-03-03", to: "2025-03-04" };
  const twice = [...monday("out 11:30:00", "in 14:20:00", "out 17:30:00"), ...taps("li", "2025-03-04", "in 08:20:00")];
  const fines = (policy: unknown, all = twice) =>
    derive({ policy, settings: {}, taps: all, range: week }).totals[0]?.fines;
  const priced = (amounts: object) => ({ extends: "town-money", fines: amounts });

  test("missed sign-ins and days of absence are counted; an amount that is blank in the text stays 未设定", () => {
    expect(fines("town-money")).toEqual({ missedSignIns: 1, absenceDays: 0.5, yuan: null });
    expect(fines(priced({ perMissingSignIn: 20 }))).toMatchObject({ missedSignIns: 1, yuan: null });
    expect(fines(priced({ perMissingSignIn: 20, perAbsenceDay: 100 }))).toMatchObject({ yuan: 70 });
    expect(fines("hall-0830")).toBeUndefined();
  });

  test("what did not happen costs nothing, whatever its amount: a late sign-in is no missing one", () => {
    const late = [
      ...monday("in 08:40:00", "out 11:30:00", "in 14:20:00", "out 17:30:00"),
      ...onTime("li", "2025-03-04"),
    ];
    expect(fines("town-money", late)).toEqual({ missedSignIns: 0, absenceDays: 0, yuan: 0 });
  });

  test("nobody is late before the time for signing in is over, also where a hall opens earlier", () => {
    const schedule = { main: { am: ["08:00", "11:30"], pm: ["14:30", "17:30"] } };
    const late = (policy: unknown, time: string) =>
      session(derive({ policy, settings: {}, taps: monday(`in ${time}`, "out 11:30:00") }), "am").late;
    expect(late({ extends: "town-money", schedule }, "08:30:00")).toBe(0);
    expect(late({ extends: "town-money", schedule }, "08:30:01")).toBe(1);
    expect(late({ extends: "std", schedule }, "08:30:00")).toBe(1);
  });
});

test("ATT-32: the town signs in until half past eight; a missing sign-in counts once, its price is 未设定", () => {
  const am = (...texts: readonly string[]) =>
    session(derive({ policy: "town-money", settings: {}, taps: monday(...texts, "out 11:30:00") }), "am");
  expect([am("in 08:00:00").late, am("in 08:30:00").late, am("in 08:30:01").late]).toEqual([0, 0, 1]);
  expect(am()).toMatchObject({ state: "attended", late: 1, rules: expect.arrayContaining(["ATT-32"]) as unknown });
  const shown = [...showPolicy(readProfile("town-money") ?? {})].join("\n");
  expect(shown).toContain("fines.perMissingSignIn: 未设定 not set  [ATT-32]");
});
