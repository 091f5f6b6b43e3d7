// Proves the county's half days to the second: what is late, early, absent, and what is not (acceptance C.1).
import { describe, expect, test } from "vitest";
import { derive, monday, onTime, session, taps } from "./attendance-rig.ts";

/** The morning of Monday 3 March under the county's rules; the afternoon is as it should be. */
const morning = (...texts: readonly string[]) =>
  session(derive({ taps: monday(...texts, "in 14:28:00", "out 17:31:00") }), "am");

test("AC-01: four taps in time are one day", () => {
  const sheet = derive({ taps: monday("in 07:55:10", "out 12:00:05", "in 14:28:00", "out 17:31:00") });
  expect(sheet.sessions).toMatchObject([
    { session: "am", state: "attended", in: "07:55:10", out: "12:00:05", flags: [] },
    { session: "pm", state: "attended", in: "14:28:00", out: "17:31:00", flags: [] },
  ]);
  expect(sheet.totals[0]).toMatchObject({ sessionsDue: 2, sessionsAttended: 2, late: 0, early: 0, absence: 0 });
  expect(session(sheet, "am").rules).toEqual(expect.arrayContaining(["ATT-01", "ATT-02", "HRS-04"]));
});

describe("lateness counts from twenty minutes, twenty included", () => {
  test("AC-02: 08:20:00 is late once", () => {
    const am = morning("in 08:20:00", "out 12:00:00");
    expect(am).toMatchObject({ state: "attended", late: 1, early: 0, lateS: 1200 });
    expect(am.rules).toEqual(expect.arrayContaining(["ATT-03", "AMB-01"]));
  });

  test("one second less is on record and not counted (AMB-04)", () => {
    expect(morning("in 08:19:59", "out 12:00:00")).toMatchObject({ late: 0, lateS: 1199, flags: ["slight-late"] });
  });
});

describe("leaving counts when it is over twenty minutes, twenty not included", () => {
  test("AC-04: 11:40:00 is not early", () => {
    expect(morning("in 08:00:00", "out 11:40:00")).toMatchObject({ early: 0, earlyS: 1200 });
  });

  test("11:39:59 is", () => {
    const am = morning("in 08:00:00", "out 11:39:59");
    expect(am).toMatchObject({ state: "attended", early: 1, earlyS: 1201 });
    expect(am.rules).toEqual(expect.arrayContaining(["ATT-04", "AMB-02"]));
  });
});

describe("a missing tap is missing (AMB-17)", () => {
  test("AC-06: no sign-in is late once, the half day attended", () => {
    expect(morning("out 12:01:00")).toMatchObject({
      state: "attended",
      late: 1,
      early: 0,
      absence: 0,
      in: null,
      lateS: 0,
    });
  });

  test("AC-07: no sign-out is early once", () => {
    expect(morning("in 07:58:00")).toMatchObject({ state: "attended", late: 0, early: 1, absence: 0, out: null });
  });

  test("neither is absence, once, and nothing else", () => {
    const am = morning();
    expect(am).toMatchObject({ state: "absent", absence: 1, late: 0, early: 0 });
    expect(am.rules).toEqual(expect.arrayContaining(["ATT-05", "AMB-05"]));
  });
});

test("AC-09: late and early in one half day are two events", () => {
  const am = morning("in 08:25:00", "out 11:30:00");
  expect(am).toMatchObject({ state: "attended", late: 1, lateS: 1500, early: 1, earlyS: 1800 });
});

describe("an outing", () => {
  const outing = (back: string) => morning("in 07:58:00", "leave-post 09:10:00", `return ${back}`, "out 12:01:00");

  test("AC-11: over an hour without leave is absence", () => {
    const am = outing("10:10:01");
    expect(am).toMatchObject({ state: "absent", absence: 1, flags: ["outing-unpermitted"] });
    expect(am.rules).toEqual(expect.arrayContaining(["ATT-06", "AMB-25"]));
  });

  test("an hour to the second is not", () => {
    expect(outing("10:10:00")).toMatchObject({ state: "attended", absence: 0, flags: ["outing-unpermitted"] });
  });

  test("AC-12: permission covers its hour; 45 minutes beyond it are on record", () => {
    const sheet = derive({
      taps: monday("in 07:58:00", "leave-post 09:00:00", "return 10:45:00", "out 12:01:00"),
      leave: [
        { person: "li", from: "2025-03-03T09:00:00", to: "2025-03-03T10:00:00", kind: "oral", state: "approved" },
      ],
    });
    expect(session(sheet, "am")).toMatchObject({ state: "attended", absence: 0, flags: ["overstayed-leave"] });
  });

  // ATT-09 on `derive` as in the hall, where such a permit cannot be filed: an hour is told, more is asked for.
  test.each([
    ["one second over the oral hour", "2025-03-03T10:00:01", 1],
    ["over a night", "2025-03-04T09:00:00", 1],
    ["an hour to the second", "2025-03-03T10:00:00", 0],
  ])("oral leave, %s", (_, to, absence) => {
    const sheet = derive({
      taps: monday("in 07:58:00", "leave-post 09:00:00", "return 10:00:01", "out 12:01:00"),
      leave: [{ person: "li", from: "2025-03-03T09:00:00", to, kind: "oral", state: "approved" }],
    });
    const am = session(sheet, "am");
    expect(am).toMatchObject({ absence, flags: [absence === 1 ? "outing-unpermitted" : "overstayed-leave"] });
    expect(am.rules.includes("ATT-09")).toBe(absence === 1);
  });

  test.each([
    ["15:00:00", 0],
    ["15:00:01", 1],
  ])("over the break it counts working time only: back at %s", (back, absence) => {
    const sheet = derive({ taps: monday("in 07:58:00", "leave-post 11:30:00", `return ${back}`, "out 17:31:00") });
    expect(sheet.totals[0]).toMatchObject({ absence, late: 0, early: 0 });
  });

  test("over the break counts once, where it grew too long", () => {
    const sheet = derive({ taps: monday("in 07:58:00", "leave-post 10:00:00", "return 15:00:00", "out 17:31:00") });
    expect(sheet.sessions.map(({ absence, state }) => [absence, state])).toEqual([
      [1, "absent"],
      [0, "attended"],
    ]);
  });

  test("from which nobody comes back, going out is the sign-out", () => {
    const am = morning("in 07:58:00", "leave-post 11:39:59");
    expect(am).toMatchObject({ state: "attended", out: "11:39:59", early: 1, absence: 0 });
  });
});

test.each([
  ["11:00:00", 0],
  ["10:59:59", 1],
])("an outing at %s from which nobody comes back lasts until the session's end", (time, absence) => {
  expect(morning("in 07:58:00", `leave-post ${time}`)).toMatchObject({ absence, early: absence === 1 ? 0 : 1 });
});

describe("seasons", () => {
  test("AC-14: summer afternoons start at 15:00 and end at 18:00", () => {
    const [from, to] = ["2025-07-07", "2025-07-07"];
    const sheet = derive({ range: { from, to }, taps: taps("li", from, "in 15:19:59", "out 17:40:00") });
    const pm = session(sheet, "pm", from);
    expect(pm).toMatchObject({ state: "attended", late: 0, lateS: 1199, early: 0, earlyS: 1200 });
    expect(pm.rules).toEqual(expect.arrayContaining(["HRS-05", "AMB-02"]));
  });

  test("HRS-05: the first and the last day of summer are summer, the days beside them are not", () => {
    const lateOn = (date: string) =>
      session(derive({ range: { from: date, to: date }, taps: taps("li", date, "in 15:00:00") }), "pm", date).late;
    const year = { summer: { from: "06-03", to: "09-29" } };
    const set = (date: string) =>
      session(
        derive({ settings: year, range: { from: date, to: date }, taps: taps("li", date, "in 15:00:00") }),
        "pm",
        date,
      ).late;
    expect(["2025-05-30", "2025-06-02", "2025-09-30", "2025-10-09"].map(lateOn)).toEqual([1, 0, 0, 1]);
    expect(["2025-06-02", "2025-06-03", "2025-09-29", "2025-09-30"].map(set)).toEqual([1, 0, 0, 1]);
  });

  test("AC-16: winter afternoons start at 14:30", () => {
    expect(session(derive({ taps: monday("in 15:00:00", "out 17:31:00") }), "pm")).toMatchObject({
      late: 1,
      lateS: 1800,
    });
  });
});

test("AC-17: a weekend worked for a holiday is a working day", () => {
  const sheet = derive({ range: { from: "2025-09-28", to: "2025-09-28" } });
  expect(sheet.totals[0]).toMatchObject({ sessionsDue: 2, absence: 2, absenceDays: 1 });
  expect(sheet.sessions[0]?.rules).toEqual(expect.arrayContaining(["HRS-10", "ATT-05"]));
});

test("a rest day is due to nobody; a tap on it stays visible", () => {
  const sheet = derive({
    range: { from: "2025-03-08", to: "2025-03-08" },
    taps: taps("li", "2025-03-08", "in 09:00:00"),
  });
  expect(sheet.sessions).toMatchObject([{ state: "rest", flags: ["out-of-hours"] }, { state: "rest" }]);
  expect(sheet.totals[0]).toMatchObject({ sessionsDue: 0, absence: 0 });
});

test("lunch duty waives the taps around noon (AMB-27)", () => {
  const lunchDuty = [{ person: "li", date: "2025-03-03" }];
  const sheet = derive({ taps: monday("in 07:58:00", "out 17:31:00"), lunchDuty });
  expect(sheet.totals[0]).toMatchObject({ sessionsAttended: 2, late: 0, early: 0, absence: 0 });
  expect(derive({ lunchDuty }).totals[0]).toMatchObject({ absence: 2 });
});

describe("readers that ask no direction", () => {
  test("AC-19: a lone tap belongs to the nearer end, and is marked", () => {
    expect(morning("- 11:58:00")).toMatchObject({
      state: "attended",
      in: null,
      out: "11:58:00",
      inferred: ["out"],
      late: 1,
      early: 0,
      absence: 0,
    });
  });

  test.each([
    ["13:14:59", "am"],
    ["13:15:00", "pm"],
  ])("AMB-40: the break is split in its middle: %s is for the %s", (time, name) => {
    const sheet = derive({ taps: monday("- 08:00:00", `- ${time}`, "- 17:31:00") });
    const noon = session(sheet, name);
    expect([noon.in, noon.out]).toContain(time);
  });

  test("first is in, last is out", () => {
    expect(morning("- 07:59:00", "- 10:00:00", "- 12:01:00")).toMatchObject({
      in: "07:59:00",
      out: "12:01:00",
      late: 0,
      early: 0,
    });
  });
});

describe("proxies", () => {
  const people = [{ id: "a" }, { id: "b" }];
  const here = [
    ...taps("a", "2025-03-03", "in 07:59:30", "out 12:01:00"),
    ...taps("b", "2025-03-03", "in 07:59:33", "out 12:02:00"),
  ];

  test("AC-21: a finding makes both absent and voids the tap", () => {
    const finding = {
      kind: "proxy",
      date: "2025-03-03",
      session: "am",
      persons: ["a", "b"],
      void: [{ person: "a", at: "2025-03-03T07:59:30" }],
    };
    const sheet = derive({ people, taps: here, findings: [finding] });
    expect(session(sheet, "am", "2025-03-03", "a")).toMatchObject({
      state: "absent",
      absence: 1,
      in: null,
      flags: ["void"],
    });
    expect(session(sheet, "am", "2025-03-03", "b")).toMatchObject({ state: "absent", absence: 1, late: 0, early: 0 });
    expect(session(sheet, "am", "2025-03-03", "b").rules).toEqual(expect.arrayContaining(["ATT-07", "AMB-15"]));
  });

  test("AC-22: one badge at two terminals faster than a walk opens a case and changes nothing", () => {
    const quick = [
      { person: "li", at: "2025-03-03T08:01:00", direction: "in", terminal: "T2" },
      { person: "li", at: "2025-03-03T08:01:08", direction: "in", terminal: "T9" },
    ];
    const sheet = derive({ taps: [...quick, ...monday("out 12:00:00", "in 14:20:00", "out 17:31:00")] });
    expect(sheet.cases).toMatchObject([{ kind: "suspected-proxy", persons: ["li"] }]);
    expect(sheet.totals[0]).toMatchObject({ late: 0, early: 0, absence: 0 });
    const slow = [{ ...quick[0] }, { ...quick[1], at: "2025-03-03T08:01:30" }];
    expect(derive({ taps: slow }).cases).toEqual([]);
  });

  test("colleagues may arrive together; the same two again and again are a case", () => {
    const days = ["2025-03-03", "2025-03-04", "2025-03-05"];
    const together = (date: string) => [...taps("a", date, "in 07:59:30"), ...taps("b", date, "in 07:59:33")];
    const casesOf = (some: readonly string[]) => derive({ people, taps: some.flatMap(together) }).cases;
    expect(casesOf(days.slice(0, 2))).toEqual([]);
    expect(casesOf(days)).toMatchObject([{ kind: "suspected-proxy", persons: ["a", "b"] }]);
    const apart = (second: string) =>
      days.flatMap((date) => [...taps("a", date, "in 07:59:30"), ...taps("b", date, `in 07:59:${second}`)]);
    expect(["35", "36"].map((second) => derive({ people, taps: apart(second) }).cases.length)).toEqual([1, 0]);
  });
});

describe("five make a day (ATT-16)", () => {
  const week = { from: "2025-03-03", to: "2025-03-31" };
  const days = (...dates: readonly string[]) => dates.flatMap((date) => onTime("li", date));
  const lateOn = (date: string) => taps("li", date, "in 08:20:00", "out 12:10:00", "in 14:20:00", "out 17:40:00");
  const earlyOn = (date: string) => taps("li", date, "in 07:50:00", "out 11:30:00", "in 14:20:00", "out 17:40:00");
  const weekdays = Array.from({ length: 31 }, (_, at) => `2025-03-${String(at + 1).padStart(2, "0")}`);

  test("AC-24: the fifth of a month adds a day to the real absences", () => {
    const special = ["2025-03-03", "2025-03-04", "2025-03-05", "2025-03-06", "2025-03-07", "2025-03-10"];
    const sheet = derive({
      range: week,
      taps: [
        ...days(...weekdays.filter((date) => !special.includes(date))),
        ...lateOn("2025-03-03"),
        ...lateOn("2025-03-04"),
        ...earlyOn("2025-03-05"),
        ...earlyOn("2025-03-06"),
        ...lateOn("2025-03-10"),
      ],
    });
    expect(sheet.totals[0]).toMatchObject({
      late: 3,
      early: 2,
      absence: 2,
      conversions: [{ period: "2025-03", events: 5, days: 1 }],
      absenceDays: 2,
    });
  });

  test("AC-26: the count starts anew with its period", () => {
    const late = ["2025-03-03", "2025-03-04", "2025-03-05", "2025-03-06", "2025-04-01"].flatMap(lateOn);
    const range = { from: "2025-03-03", to: "2025-04-01" };
    const conversionsOf = (policy: unknown) => derive({ policy, range, taps: late }).totals[0]?.conversions;
    expect(conversionsOf("county")).toEqual([
      { period: "2025-03", events: 4, days: 0 },
      { period: "2025-04", events: 1, days: 0 },
    ]);
    expect(conversionsOf({ extends: "county", conversion: { period: "year" } })).toEqual([
      { period: "2025", events: 5, days: 1 },
    ]);
  });
});
