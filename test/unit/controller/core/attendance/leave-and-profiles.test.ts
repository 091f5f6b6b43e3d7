// Proves what leave, substitutes and the other regulations make of the same taps (acceptance C.2).
import { describe, expect, test } from "vitest";
import { derive, EIGHT_TO_FIVE, HALF_PAST_EIGHT, monday, session, SUMMER, taps } from "./attendance-rig.ts";

const TUESDAY = "2025-03-04";

describe("AC-31: leave of half a day takes effect with the substitute's first tap (ATT-15, AMB-37)", () => {
  const leave = [
    {
      person: "li",
      from: `${TUESDAY}T08:00:00`,
      to: `${TUESDAY}T12:00:00`,
      kind: "personal",
      state: "approved",
      substitute: "wang",
    },
  ];
  const range = { from: TUESDAY, to: TUESDAY };

  test("nobody came: absent, the approval notwithstanding", () => {
    const am = session(derive({ range, leave }), "am", TUESDAY);
    expect(am).toMatchObject({ state: "absent", absence: 1 });
    expect(am.rules).toEqual(expect.arrayContaining(["ATT-15", "AMB-37"]));
  });

  test("somebody came: leave", () => {
    const sheet = derive({ range, leave, taps: taps("wang", TUESDAY, "in 07:58:00") });
    expect(session(sheet, "am", TUESDAY)).toMatchObject({ state: "leave", absence: 0 });
    expect(sheet.totals[0]?.leave).toMatchObject({ personal: 1 });
  });
});

test("AMB-38: leave within a half day moves the start, and lateness runs from there", () => {
  const leave = [
    { person: "li", from: "2025-03-03T08:00:00", to: "2025-03-03T09:30:00", kind: "personal", state: "approved" },
  ];
  const at = (time: string) => session(derive({ leave, taps: monday(`in ${time}`, "out 12:01:00") }), "am");
  expect(at("09:49:59")).toMatchObject({ late: 0, lateS: 1199 });
  expect(at("09:50:00")).toMatchObject({ late: 1, lateS: 1200 });
});

test("business counts as attended and apart", () => {
  const leave = [
    { person: "li", from: "2025-03-03T14:30:00", to: "2025-03-03T17:30:00", kind: "business", state: "approved" },
  ];
  const sheet = derive({ leave, taps: monday("in 07:58:00", "out 12:01:00") });
  expect(session(sheet, "pm")).toMatchObject({ state: "business", absence: 0 });
  expect(sheet.totals[0]).toMatchObject({ sessionsAttended: 2, leave: { personal: 0, business: 1 } });
});

test("a tap during a whole session's leave opens a case and changes nothing", () => {
  const leave = [
    { person: "li", from: "2025-03-03T08:00:00", to: "2025-03-03T12:00:00", kind: "annual", substitute: "wang" },
  ];
  const sheet = derive({ leave, taps: [...taps("wang", "2025-03-03", "in 07:59:00"), ...monday("in 09:00:00")] });
  expect(session(sheet, "am")).toMatchObject({ state: "leave", absence: 0 });
  expect(sheet.cases).toMatchObject([{ kind: "tap-during-leave", persons: ["li"] }]);
});

test("so does one during a leave that did not take effect; after a reported return it is work again", () => {
  const leave = {
    person: "li",
    from: "2025-03-03T08:00:00",
    to: "2025-03-03T17:30:00",
    kind: "annual",
    substitute: "wang",
  };
  const taps_ = [
    ...taps("wang", "2025-03-03", "in 07:59:00", "out 17:31:00"),
    ...monday("in 14:20:00", "out 17:40:00"),
  ];
  expect(derive({ leave: [leave], taps: monday("in 14:20:00", "out 17:31:00") }).cases).toHaveLength(1);
  const back = derive({ leave: [{ ...leave, returnedAt: "2025-03-03T14:00:00" }], taps: taps_ });
  expect(back.cases).toEqual([]);
  expect(back.sessions.map(({ state }) => state)).toEqual(["leave", "attended"]);
});

describe("嘉峪关", () => {
  const jiayuguan = { policy: "jiayuguan", settings: HALF_PAST_EIGHT };

  test.each([
    ["09:29:59", { state: "attended", late: 1, absence: 0 }],
    ["09:30:00", { state: "absent", late: 0, absence: 1 }],
  ])("AC-36: signing in at %s", (time, expected) => {
    const am = session(derive({ ...jiayuguan, taps: monday(`in ${time}`, "out 12:01:00") }), "am");
    expect(am).toMatchObject(expected);
    expect(am.rules).toContain("ATT-49");
  });

  test("AC-37: each rung of the ladder is reached once", () => {
    const late = (date: string) => taps("li", date, "in 08:31:00", "out 12:01:00", "in 13:50:00", "out 17:31:00");
    const early = (date: string) => taps("li", date, "in 08:20:00", "out 11:50:00", "in 13:50:00", "out 17:31:00");
    const sheet = derive({
      ...jiayuguan,
      range: { from: "2025-03-03", to: "2025-03-31" },
      taps: [...late("2025-03-04"), ...late("2025-03-06"), ...early("2025-03-13"), ...late("2025-03-20")],
    });
    expect(sheet.steps).toEqual([
      { person: "li", on: "2025-03-06", action: "interview", rule: "ATT-50" },
      { person: "li", on: "2025-03-13", action: "circular", rule: "ATT-50" },
      { person: "li", on: "2025-03-13", action: "self-criticism", rule: "ATT-50" },
      { person: "li", on: "2025-03-13", action: "notify-unit", rule: "ATT-50" },
    ]);
  });

  describe("AC-39: who does not report back is absent until they do (ATT-54, AMB-16)", () => {
    const leave = [
      {
        person: "li",
        from: "2025-03-06T08:30:00",
        to: "2025-03-07T17:30:00",
        kind: "personal",
        state: "approved",
        returnedAt: "2025-03-11T08:20:00",
      },
    ];
    const range = { from: "2025-03-10", to: "2025-03-11" };
    const tuesday = taps("li", "2025-03-11", "in 08:25:00", "out 12:01:00", "in 13:55:00", "out 17:31:00");

    test("Monday absent twice, Tuesday as always", () => {
      const sheet = derive({ ...jiayuguan, range, leave, taps: tuesday });
      expect(sheet.sessions.map(({ state }) => state)).toEqual(["absent", "absent", "attended", "attended"]);
      expect(sheet.sessions[0]).toMatchObject({ flags: ["unreturned-leave"] });
      expect(sheet.sessions[0]?.rules).toEqual(expect.arrayContaining(["ATT-54", "AMB-16"]));
      expect(sheet.sessions[2]?.flags).not.toContain("unreturned-leave");
    });

    test("a return on record by a session's last second is in time for it, one at its end is not", () => {
      const returned = (returnedAt: string) =>
        session(derive({ ...jiayuguan, range, leave: [{ ...leave[0], returnedAt }] }), "am", "2025-03-10").flags;
      expect(returned("2025-03-10T11:59:59")).toEqual([]);
      expect(returned("2025-03-10T12:00:00")).toEqual(["unreturned-leave"]);
    });

    test("whose badge is there is asked to report, and is not absent", () => {
      const open = leave.map((entry) => ({ ...entry, returnedAt: null }));
      const sheet = derive({ ...jiayuguan, range, leave: open, taps: tuesday });
      expect(session(sheet, "am", "2025-03-11")).toMatchObject({ state: "attended" });
      expect(session(sheet, "am", "2025-03-11").flags).toContain("unreturned-leave");
    });
  });

  test("ATT-52: leave asked for afterwards is none, unless it was allowed specially", () => {
    const asked = {
      person: "li",
      from: "2025-03-03T08:30:00",
      to: "2025-03-03T17:30:00",
      kind: "personal",
      state: "approved",
      requestedAt: "2025-03-03T08:30:00",
    };
    const stateOf = (more: object) => session(derive({ ...jiayuguan, leave: [{ ...asked, ...more }] }), "am").state;
    expect([stateOf({}), stateOf({ special: true }), stateOf({ requestedAt: "2025-03-02T10:00:00" })]).toEqual([
      "absent",
      "leave",
      "leave",
    ]);
  });

  test("HRS-15: less than ten minutes before the start is not ready, and not late (AMB-08)", () => {
    const at = (time: string) => session(derive({ ...jiayuguan, taps: monday(`in ${time}`, "out 12:01:00") }), "am");
    expect(at("08:20:00").flags).toEqual([]);
    expect(at("08:20:01")).toMatchObject({ flags: ["not-ready"], late: 0 });
  });
});

describe("宝坻", () => {
  const baodi = { policy: "baodi", settings: EIGHT_TO_FIVE };

  test("any second counts, and only the enquiry desk signs in (ATT-20, AMB-41)", () => {
    const tap = { person: "li", at: "2025-03-03T08:00:01", direction: "in", terminal: "T1" };
    const at = (role: string) => session(derive({ ...baodi, taps: [{ ...tap, role }] }), "am");
    expect(at("desk")).toMatchObject({ state: "attended", late: 1, lateS: 1 });
    expect(at("counter")).toMatchObject({ state: "absent" });
  });

  test("leave that was refused and taken is absence (ATT-29)", () => {
    const leave = [
      { person: "li", from: "2025-03-03T08:00:00", to: "2025-03-03T12:00:00", kind: "personal", state: "rejected" },
    ];
    const am = session(derive({ ...baodi, leave }), "am");
    expect(am).toMatchObject({ state: "absent", absence: 1 });
    expect(am.rules).toContain("ATT-29");
  });

  const leftPost = (date: string) => ({ kind: "left-post", date, session: "am", persons: ["li"] });
  const findings = ["2025-04-01", "2025-04-08", "2025-04-15"].map(leftPost);
  const range = { from: "2025-04-01", to: "2025-04-15" };
  const present = ["01", "02", "03", "07", "08", "09", "10", "11", "14", "15"].flatMap((date) =>
    taps("li", `2025-04-${date}`, "in 07:55:00", "out 12:01:00", "in 13:55:00", "out 17:31:00"),
  );

  test("AC-34: the third leaving after a warning proposes to send the person back", () => {
    const sheet = derive({
      ...baodi,
      range,
      taps: present,
      findings,
      warnings: [{ person: "li", date: "2025-04-09" }],
    });
    expect(sheet.steps).toEqual([{ person: "li", on: "2025-04-15", action: "return-to-unit", rule: "ATT-31" }]);
    expect(sheet.alerts).toEqual([]);
  });

  test("a warning on the day itself, or after it, is none before", () => {
    const warnings = [{ person: "li", date: "2025-04-15" }];
    expect(derive({ ...baodi, range, taps: present, findings, warnings }).steps).toEqual([]);
  });

  test("AC-34: without a warning it is an alert and no proposal", () => {
    const sheet = derive({ ...baodi, range, taps: present, findings });
    expect(sheet.steps).toEqual([]);
    expect(sheet.alerts).toEqual([{ person: "li", on: "2025-04-15", action: "alert", rule: "ATT-31" }]);
  });
});

describe("AC-44: one sign-in at 09:05:00 for 08:00", () => {
  test.each([
    ["county", SUMMER, { state: "attended", late: 1, absence: 0 }, "ATT-03"],
    ["jiayuguan", EIGHT_TO_FIVE, { state: "absent", late: 0, absence: 1 }, "ATT-49"],
    ["town-points", EIGHT_TO_FIVE, { state: "attended", late: 1, points: -3 }, "PER-19"],
    ["xiang-150", EIGHT_TO_FIVE, { state: "attended", late: 1, points: -2 }, "PER-52"],
  ])("%s", (policy, settings, expected, rule) => {
    const am = session(derive({ policy, settings, taps: monday("in 09:05:00", "out 12:01:00") }), "am");
    expect(am).toMatchObject(expected);
    expect(am.rules).toContain(rule);
  });
});

test.each([
  ["08:10:00", -1],
  ["08:10:01", -2],
  ["08:29:59", -2],
  ["08:30:00", -3],
])("AMB-11: in three bands, signing in at %s costs %i", (time, points) => {
  const sheet = derive({ policy: "town-points", settings: EIGHT_TO_FIVE, taps: monday(`in ${time}`, "out 12:01:00") });
  expect(session(sheet, "am").points).toBe(points);
});

test("AC-46: two sign-ins and no sign-out are a full day (ATT-37, AMB-14)", () => {
  const settings = { hours: { am: ["08:00", "12:00"], pm: ["14:30", "17:30"] } };
  const sheet = derive({ policy: "xiangzhen-a", settings, taps: monday("in 07:57:00", "in 14:26:00") });
  expect(sheet.totals[0]).toMatchObject({ sessionsAttended: 2, late: 0, early: 0, absence: 0 });
});

test("AC-47: the second leaving of a year is talked about, the tenth replaces", () => {
  const dates = ["03-03", "05-06", "06-03", "06-10", "07-01", "08-05", "09-02", "10-14", "11-04", "11-20"];
  const sheet = derive({
    policy: "xiangzhen-c",
    settings: EIGHT_TO_FIVE,
    range: { from: "2025-03-03", to: "2025-11-20" },
    findings: dates.map((date) => ({ kind: "left-post", date: `2025-${date}`, session: "am", persons: ["li"] })),
  });
  expect(sheet.steps).toEqual([
    { person: "li", on: "2025-05-06", action: "talk", rule: "ATT-47" },
    { person: "li", on: "2025-11-20", action: "replace", rule: "ATT-47" },
  ]);
});

test("a day in one session is two half days", () => {
  const sheet = derive({ policy: "chengdu", settings: {} });
  expect(sheet.sessions).toMatchObject([{ session: "day", state: "absent", absence: 2 }]);
  expect(sheet.totals[0]).toMatchObject({ absenceDays: 1 });
});

test("what the hall changed is explained as the hall's word, never as a rule", () => {
  const policy = { extends: "county", late: { countFrom: { atLeast: "10:00" } } };
  const am = session(derive({ policy, taps: monday("in 08:10:00", "out 12:01:00") }), "am");
  expect(am).toMatchObject({ late: 1 });
  expect(am.rules).toContain("hall:late.countFrom");
  expect(am.rules).not.toContain("ATT-03");
});

test("ATT-38: leave that names no substitute waits where one must be named first", () => {
  const leave = { person: "li", from: "2025-03-03T08:00:00", to: "2025-03-03T12:00:00", kind: "personal" };
  const stateOf = (more: object) =>
    session(derive({ policy: "xiangzhen-a", settings: EIGHT_TO_FIVE, leave: [{ ...leave, ...more }] }), "am").state;
  expect([stateOf({}), stateOf({ substitute: "wang" })]).toEqual(["pending", "leave"]);
});

test("ATT-41: where both are signed, a missing sign-out counts; where no text asks for one, it does not", () => {
  const earlyUnder = (policy: string) =>
    session(derive({ policy, settings: EIGHT_TO_FIVE, taps: monday("in 07:58:00") }), "am").early;
  expect([earlyUnder("xiangzhen-c"), earlyUnder("baodi"), earlyUnder("jiayuguan")]).toEqual([1, 0, 0]);
});

test("ATT-53: the kinds of leave stand apart in the totals", () => {
  const half = (date: string, kind: string) => ({
    person: "li",
    from: `${date}T08:30:00`,
    to: `${date}T12:00:00`,
    kind,
    requestedAt: "2025-03-01T09:00:00",
    returnedAt: `${date}T12:30:00`,
  });
  const kinds = ["personal", "annual", "work-injury", "business", "sick"];
  const leave = kinds.map((kind, at) => half(`2025-03-0${at + 3}`, kind));
  const range = { from: "2025-03-03", to: "2025-03-07" };
  const [totals] = derive({ policy: "jiayuguan", settings: HALF_PAST_EIGHT, range, leave }).totals;
  expect(totals?.leave).toEqual({ personal: 1, annual: 1, "work-injury": 1, business: 1, sick: 1 });
});

test("ATT-55: two breaches of the rules of leave in a year are named, three cost the awards", () => {
  const leave = ["2025-03-03", "2025-03-05", "2025-03-10"].map((date) => ({
    person: "li",
    from: `${date}T08:30:00`,
    to: `${date}T12:00:00`,
    kind: "personal",
    requestedAt: `${date}T09:00:00`,
    returnedAt: `${date}T12:30:00`,
  }));
  const range = { from: "2025-03-03", to: "2025-03-14" };
  const { steps } = derive({ policy: "jiayuguan", settings: HALF_PAST_EIGHT, range, leave });
  expect(steps.map(({ on, action, rule }) => [on, action, rule])).toEqual([
    ["2025-03-05", "circular", "ATT-55"],
    ["2025-03-10", "no-award", "ATT-55"],
    ["2025-03-10", "notify-unit", "ATT-55"],
  ]);
});

test("ATT-58: training and meetings count as attendance", () => {
  const leave = [{ person: "li", from: "2025-03-03T08:30:00", to: "2025-03-03T12:00:00", kind: "training" }];
  const sheet = derive({ policy: "jiayuguan", settings: HALF_PAST_EIGHT, leave });
  expect(session(sheet, "am")).toMatchObject({
    state: "training",
    rules: expect.arrayContaining(["ATT-58"]) as unknown,
  });
  expect(sheet.totals[0]).toMatchObject({ sessionsAttended: 1 });
});

test("ATT-63: where no minutes are given every second counts (AMB-03)", () => {
  const at = (time: string) =>
    session(derive({ policy: "std", settings: {}, taps: monday(`in ${time}`, "out 12:00:00") }), "am");
  expect([at("08:00:00").late, at("08:00:01").late]).toEqual([0, 1]);
  expect(at("08:00:01").rules).toEqual(expect.arrayContaining(["ATT-63", "AMB-03"]));
});
