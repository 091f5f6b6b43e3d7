// Proves that what does not fit is refused with a stable code and its place, and that late or unconfirmed evidence is
// never held against anybody.
import { describe, expect, test } from "vitest";
import { readAttendanceInput } from "../../../../../controller/core/attendance/read-input.ts";
import { derive, EIGHT_TO_FIVE, inputOf, monday, session, taps } from "./attendance-rig.ts";

const tap = { person: "li", at: "2025-03-03T08:00:00", direction: "in", terminal: "T1" };
const leave = { person: "li", from: "2025-03-03T09:00:00", to: "2025-03-03T10:00:00", kind: "personal" };

describe("refused", () => {
  test.each<[string, object, string, string]>([
    ["a tap of nobody", { taps: [tap, { ...tap, person: "zhao" }] }, "PERSON_UNKNOWN", "taps[1].person"],
    ["leave of nobody", { leave: [{ ...leave, person: "zhao" }] }, "PERSON_UNKNOWN", "leave[0].person"],
    [
      "a finding about nobody",
      { findings: [{ kind: "proxy", date: "2025-03-03", session: "am", persons: ["zhao"] }] },
      "PERSON_UNKNOWN",
      "findings[0].persons[0]",
    ],
    ["somebody twice", { people: [{ id: "li" }, { id: "li" }] }, "PERSON_TWICE", "people[1].id"],
    [
      "leave that ends before it starts",
      { leave: [{ ...leave, to: "2025-03-03T08:00:00" }] },
      "LEAVE_REVERSED",
      "leave[0]",
    ],
    ["leave of no length", { leave: [{ ...leave, to: leave.from }] }, "LEAVE_REVERSED", "leave[0]"],
    [
      "a return before the leave",
      { leave: [{ ...leave, returnedAt: "2025-03-03T08:59:59" }] },
      "LEAVE_REVERSED",
      "leave[0].returnedAt",
    ],
    ["one's own substitute", { leave: [{ ...leave, substitute: "li" }] }, "SUBSTITUTE_SELF", "leave[0].substitute"],
    [
      "a day both worked and rested",
      { calendar: { rest: ["2025-04-27"], work: ["2025-04-27"] } },
      "CALENDAR_CONTRADICTS",
      "calendar.work[0]",
    ],
    ["a day that does not exist", { calendar: { rest: ["2025-02-30"] } }, "DATE_INVALID", "calendar.rest[0]"],
    ["a moment that does not exist", { taps: [{ ...tap, at: "2025-03-03T24:00:00" }] }, "MOMENT_INVALID", "taps[0].at"],
    ["a moment with a zone", { taps: [{ ...tap, at: "2025-03-03T08:00:00Z" }] }, "MOMENT_INVALID", "taps[0].at"],
    ["a range backwards", { range: { from: "2025-03-07", to: "2025-03-03" } }, "RANGE_REVERSED", "range"],
    ["an endless range", { range: { from: "2000-01-01", to: "2025-03-03" } }, "RANGE_TOO_LONG", "range"],
    [
      "shifts that overlap",
      {
        roster: [
          {
            person: "li",
            date: "2025-03-03",
            shifts: [
              ["08:00", "12:00"],
              ["11:00", "17:00"],
            ],
          },
        ],
      },
      "SHIFTS_OVERLAP",
      "roster[0].shifts[1]",
    ],
    [
      "two rosters for one day",
      {
        roster: [
          { person: "li", date: "2025-03-03", shifts: [] },
          { person: "li", date: "2025-03-03", shifts: [] },
        ],
      },
      "SHIFTS_OVERLAP",
      "roster[1]",
    ],
    [
      "a shift backwards",
      { roster: [{ person: "li", date: "2025-03-03", shifts: [["12:00", "08:00"]] }] },
      "SHIFT_REVERSED",
      "roster[0].shifts[0]",
    ],
    [
      "a posting backwards",
      { people: [{ id: "li", from: "2025-03-03", until: "2025-03-01" }] },
      "POSTING_REVERSED",
      "people[0]",
    ],
    ["an unknown key", { tapz: [] }, "INPUT_MALFORMED", "tapz"],
    ["an unknown direction", { taps: [{ ...tap, direction: "sideways" }] }, "INPUT_MALFORMED", "taps[0].direction"],
    ["a missing part", { people: undefined }, "INPUT_MALFORMED", "people"],
  ])("%s", (_, input, code, path) => {
    expect(readAttendanceInput(inputOf(input))).toMatchObject({ ok: false, error: { code, path } });
  });

  test.each([null, 7, "text", []])("%j is no attendance file", (file) => {
    expect(readAttendanceInput(file)).toMatchObject({ ok: false, error: { code: "INPUT_MALFORMED" } });
  });
});

describe("doubt", () => {
  const doubtful = (uncertaintyS: number, time: string) => [
    { ...tap, at: `2025-03-03T${time}`, uncertaintyS },
    ...monday("out 12:01:00", "in 14:20:00", "out 17:31:00"),
  ];
  const am = (uncertaintyS: number, time: string) => session(derive({ taps: doubtful(uncertaintyS, time) }), "am");

  test("is resolved for the person, and shown when it is more than five seconds", () => {
    expect(am(5, "08:20:04")).toMatchObject({ late: 0, lateS: 1199, flags: ["favoured", "slight-late"] });
    expect(am(6, "08:20:04").flags).toEqual(["favoured", "needs-review", "slight-late"]);
    expect(am(5, "08:20:05")).toMatchObject({ late: 1, lateS: 1200, flags: [] });
  });

  test("beyond a quarter of an hour nothing is held against anybody until a person confirms", () => {
    expect(am(900, "09:00:00")).toMatchObject({ late: 1 });
    expect(am(901, "09:00:00")).toMatchObject({
      late: 0,
      lateS: 0,
      flags: expect.arrayContaining(["needs-confirmation"]) as unknown,
    });
  });
});

describe("settling", () => {
  test("nothing later than asOf is judged", () => {
    const states = (asOf: string) => derive({ asOf }).sessions.map(({ state }) => state);
    expect(states("2025-03-03T07:00:00")).toEqual(["not-due", "not-due"]);
    expect(states("2025-03-03T10:00:00")).toEqual(["pending", "not-due"]);
    expect(states("2025-03-03T12:00:00")).toEqual(["absent", "not-due"]);
  });

  test("nobody is absent until every terminal has reported past the session's end", () => {
    const terminals = [
      { id: "T1", reportedUntil: "2025-03-04T00:00:00" },
      { id: "T2", reportedUntil: "2025-03-03T13:00:00" },
    ];
    const sheet = derive({ terminals, taps: monday("in 14:20:00", "out 17:40:00") });
    expect(sheet.sessions.map(({ state }) => state)).toEqual(["absent", "attended"]);
    const late = derive({ terminals, taps: monday("in 15:00:00", "out 17:40:00") });
    expect(session(late, "pm")).toMatchObject({ state: "pending", late: 0, in: "15:00:00" });
  });
});

test("an approved correction adds a tap, any other none", () => {
  const correction = (state: string) => [{ person: "li", at: "2025-03-03T12:00:00", direction: "out", state }];
  const am = (state: string) => session(derive({ taps: monday("in 07:58:00"), corrections: correction(state) }), "am");
  expect([am("approved").early, am("requested").early, am("rejected").early]).toEqual([0, 1, 1]);
});

test("a revoked badge is evidence of a case, not of anybody's presence", () => {
  const sheet = derive({ taps: [{ ...tap, badge: "revoked" }] });
  expect(session(sheet, "am")).toMatchObject({ state: "absent" });
  expect(sheet.cases).toMatchObject([{ kind: "revoked-badge", persons: ["li"] }]);
});

test("pressing the wrong direction is shown", () => {
  expect(session(derive({ taps: monday("out 07:58:00") }), "am").flags).toContain("direction-mismatch");
  expect(session(derive({ taps: monday("in 17:40:00") }), "pm").flags).toContain("direction-mismatch");
});

test("a roster of one's own replaces the hall's hours, and an empty one is a rest day", () => {
  const roster = (shifts: unknown) => [{ person: "li", date: "2025-03-03", shifts }];
  const early = derive({ roster: roster([["07:00", "11:00"]]), taps: monday("in 06:58:00", "out 11:00:30") });
  expect(early.sessions).toMatchObject([{ session: "am", state: "attended", late: 0 }]);
  const sessionOf = (shift: readonly string[]) => derive({ roster: roster([shift]) }).sessions[0]?.session;
  const shifts = [
    ["08:00", "12:00"],
    ["08:00", "12:01"],
    ["12:00", "18:00"],
  ] as const; // Noon itself ends a morning.
  expect(shifts.map(sessionOf)).toEqual(["am", "day", "pm"]);
  expect(derive({ roster: roster([]) }).totals[0]).toMatchObject({ sessionsDue: 0 });
});

test("a person is judged only while posted here", () => {
  const people = [{ id: "li", from: "2025-03-04" }];
  const sheet = derive({
    people,
    range: { from: "2025-03-03", to: "2025-03-04" },
    taps: taps("li", "2025-03-03", "in 08:00:00"),
  });
  expect(sheet.sessions.map(({ date }) => date)).toEqual(["2025-03-04", "2025-03-04"]);
});

test("a sick leave without its paper waits, and holds nothing against anybody", () => {
  const sick = {
    person: "li",
    from: "2025-03-03T08:00:00",
    to: "2025-03-03T12:00:00",
    kind: "sick",
    substitute: "wang",
  };
  const stateOf = (certificate: string | null) =>
    session(derive({ leave: [{ ...sick, certificate }], taps: taps("wang", "2025-03-03", "in 07:59:00") }), "am").state;
  expect([stateOf(null), stateOf("township-clinic"), stateOf("county-hospital")]).toEqual([
    "pending",
    "pending",
    "leave",
  ]);
});

test("the walk between two terminals is the hall's to set", () => {
  const two = [
    { ...tap, terminal: "T2" },
    { ...tap, at: "2025-03-03T08:00:40", terminal: "T9" },
  ];
  const casesWith = (walkS: number) =>
    derive({ policy: "baodi", settings: { ...EIGHT_TO_FIVE, walkS }, taps: two }).cases;
  expect([casesWith(40).length, casesWith(41).length]).toEqual([0, 1]);
});
