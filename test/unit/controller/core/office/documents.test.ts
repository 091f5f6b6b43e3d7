// Proves that the office takes documents by the regulation: who must sign, who may not, what is refused and where, and
// that nothing is ever changed: every step is one more event.
import { describe, expect, test } from "vitest";
import {
  CLERK,
  HALF_PAST_EIGHT,
  HEAD,
  INSPECTOR,
  DIRECTOR,
  OFFICE,
  OfficeHall,
  OTHER_CLERK,
  SECOND_DIRECTOR,
  actor,
  instant,
  MONDAY_EARLY,
} from "./office-rig.ts";
import { WAITING_OF_ONE_MAX } from "../../../../../controller/core/office/file-document.ts";
import { freezeHall } from "../../../../../controller/core/snapshot.ts";
import { testConfiguration, TestHall, typesOf } from "../../../../support/test-hall.ts";

const leave = (from: string, to: string, more: object = {}) => ({
  kind: "leave",
  person: "s01",
  leave: "personal",
  from,
  to,
  ...more,
});
const MORNING = leave("2026-03-03T08:00", "2026-03-03T12:00");

describe("AC-29: the county's tiers", () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ["one hour", "2026-03-03T08:00", "2026-03-03T09:00", "office"],
    ["an hour and a minute", "2026-03-03T08:00", "2026-03-03T09:01", "business-section"],
    ["a day", "2026-03-03T08:00", "2026-03-03T17:30", "business-section"],
    ["a day and a half", "2026-03-03T08:00", "2026-03-04T12:00", "deputy-director"],
    ["three days over a week-end", "2026-03-05T08:00", "2026-03-09T17:30", "deputy-director"],
    ["three and a half", "2026-03-03T08:00", "2026-03-06T12:00", "director"],
  ];
  for (const [name, from, to, office] of cases) {
    test(`${name}: ${office}, filed with the office`, () => {
      const filed = new OfficeHall().filed(CLERK, leave(from, to));
      expect(filed.state).toBe("waiting");
      expect(filed.due.map(({ id }) => id)).toEqual([office]);
      expect(filed.filedWith.map(({ id }) => id)).toEqual(["office"]);
    });
  }
});

describe("who signs is neither who asked nor who gains", () => {
  test("the one who asked cannot sign, whatever their role", () => {
    const hall = new OfficeHall();
    const filed = hall.filed(DIRECTOR, MORNING);
    expect(hall.sign(DIRECTOR, filed, "approve")).toBe("own-request");
    expect(hall.sign(SECOND_DIRECTOR, filed, "approve")).toBe("holds");
  });

  test("the one it is about cannot sign what somebody else filed for them", () => {
    const hall = new OfficeHall();
    const filed = hall.filed(OFFICE, MORNING);
    expect(hall.sign(actor("boss", ["manager"], 1), filed, "approve")).toBe("own-benefit");
  });

  test("a clerk signs nothing, and files for nobody else", () => {
    const hall = new OfficeHall();
    expect(hall.sign(OTHER_CLERK, hall.filed(CLERK, MORNING), "approve")).toBe("not-an-approver");
    expect(hall.file(OTHER_CLERK, MORNING)).toBe("not-yours");
  });

  test("a manager cannot find in their own favour, nor register their own return", () => {
    const hall = new OfficeHall();
    const boss = actor("boss", ["manager"], 1);
    hall.tap(1, "2026-03-02T07:58");
    const finding = {
      kind: "finding",
      finding: "proxy",
      date: "2026-03-02",
      session: "am",
      persons: ["s02"],
      void: [{ person: "s01", at: "2026-03-02T07:58" }],
    };
    expect(hall.file(boss, finding)).toBe("own-benefit");
    expect(typeof hall.file(INSPECTOR, finding)).toBe("object");
  });
});

test("嘉峪关 asks for two signatures of two people, in any order (ATT-52)", () => {
  const hall = new OfficeHall({ policy: "jiayuguan", settings: HALF_PAST_EIGHT });
  const filed = hall.filed(CLERK, leave("2026-03-03T08:30", "2026-03-03T12:00", { substitute: "s03" }));
  expect(filed.due.map(({ id }) => id)).toEqual(["sending-unit", "centre"]);
  expect(hall.sign(DIRECTOR, filed, "approve")).toBe("waiting");
  expect(hall.sign(DIRECTOR, filed, "approve", { as: "sending-unit" })).toBe("twice");
  expect(hall.sign(HEAD, filed, "approve")).toBe("holds");
  expect(hall.sign(HEAD, filed, "refuse")).toBe("not-waiting");
});

test("宝坻 signs in turn: the coordination section waits for the chief representative (ATT-23)", () => {
  const offices = { "chief-representative": ["manager"], "coordination-section": ["manager-2"] };
  const hall = new OfficeHall({ policy: "baodi", settings: HALF_PAST_EIGHT, offices });
  const filed = hall.filed(CLERK, leave("2026-03-03T08:30", "2026-03-03T12:00"));
  expect(hall.sign(SECOND_DIRECTOR, filed, "approve")).toBe("not-in-turn");
  expect(hall.sign(DIRECTOR, filed, "approve")).toBe("waiting");
  expect(hall.sign(SECOND_DIRECTOR, filed, "approve")).toBe("holds");
});

test("嘉峪关 takes no leave after the fact, unless it is special (ATT-52)", () => {
  const hall = new OfficeHall({ policy: "jiayuguan", settings: HALF_PAST_EIGHT });
  hall.go("2026-03-03T09:00");
  const late = leave("2026-03-03T08:30", "2026-03-03T12:00");
  expect(hall.file(CLERK, late)).toBe("not-in-advance");
  expect(hall.filed(CLERK, { ...late, special: true }).state).toBe("waiting");
});

test("AC-32: a sick leave is held until the county hospital's paper is there", () => {
  const hall = new OfficeHall();
  const sick = hall.filed(CLERK, { ...MORNING, leave: "sick" });
  expect(hall.sign(DIRECTOR, sick, "approve")).toBe("certificate-missing");
  expect(hall.sign(DIRECTOR, sick, "approve", { certificate: "township-clinic" })).toBe("certificate-missing");
  expect(hall.sign(DIRECTOR, sick, "approve", { certificate: "county-hospital" })).toBe("holds");
});

describe("ATT-14: somebody's word about their own sick note is none", () => {
  const sick = { ...MORNING, leave: "sick", certificate: "county-hospital" };

  test("the signer says which one was shown to them", () => {
    const hall = new OfficeHall();
    const filed = hall.filed(CLERK, sick);
    expect(hall.sign(DIRECTOR, filed, "approve")).toBe("certificate-missing");
    expect(hall.sign(DIRECTOR, filed, "approve", { certificate: "county-hospital" })).toBe("holds");
  });

  test("or the paper lies in the vault", () => {
    const hall = new OfficeHall();
    const digest = hall.paper(CLERK, "a");
    expect(hall.sign(DIRECTOR, hall.filed(CLERK, { ...sick, evidence: digest }), "approve")).toBe("holds");
  });
});

test("ATT-11, ATT-12: over a day, the sending unit's opinion was shown before the last signature", () => {
  const hall = new OfficeHall();
  const [two, four] = [
    hall.filed(CLERK, leave("2026-03-03T08:00", "2026-03-04T17:30")),
    hall.filed(OTHER_CLERK, leave("2026-03-03T08:00", "2026-03-06T17:30", { person: "s02" })),
  ];
  for (const filed of [two, four]) {
    expect(hall.sign(DIRECTOR, filed, "approve")).toBe("unit-opinion-missing");
    expect(hall.sign(DIRECTOR, filed, "approve", { unitOpinion: true })).toBe("holds");
    expect(hall.document(filed.documentId).signed).toMatchObject([{ unitOpinion: true }]);
  }
  const day = hall.filed(CLERK, leave("2026-03-09T08:00", "2026-03-09T17:30"));
  expect(hall.sign(DIRECTOR, day, "approve")).toBe("holds");
  const refusal = hall.filed(CLERK, leave("2026-03-10T08:00", "2026-03-11T17:30"));
  expect(hall.sign(DIRECTOR, refusal, "refuse")).toBe("refused");
});

test("a substitute who is on leave themselves cannot stand in (ATT-27)", () => {
  const hall = new OfficeHall();
  const theirs = hall.filed(OTHER_CLERK, { ...MORNING, person: "s02" });
  expect(hall.sign(DIRECTOR, theirs, "approve")).toBe("holds");
  const mine = hall.filed(CLERK, { ...MORNING, substitute: "s02" });
  expect(hall.sign(DIRECTOR, mine, "approve")).toBe("substitute-away");
});

test("AC-41: cover beyond twenty working days in one stretch is refused, with its rule (ATT-56)", () => {
  const hall = new OfficeHall({ policy: "jiayuguan", settings: HALF_PAST_EIGHT });
  const cover = (to: string) => ({ kind: "cover", person: "s03", covers: "s01", from: "2026-03-02", to });
  const outcome = hall.file(HEAD, cover("2026-03-30"));
  expect(outcome).toBe("cover-limit");
  expect(hall.filed(HEAD, cover("2026-03-27")).state).toBe("holds"); // The twentieth working day.
  expect(hall.file(HEAD, { ...cover("2026-03-30"), from: "2026-03-30" })).toBe("cover-limit");
});

const BAD: readonly (readonly [string, object])[] = [
  ["unknown-person", { ...MORNING, person: "nobody" }],
  ["unknown-person", { ...MORNING, substitute: "nobody" }],
  ["substitute-self", { ...MORNING, substitute: "s01" }],
  ["leave-reversed", leave("2026-03-03T12:00", "2026-03-03T08:00")],
  ["leave-reversed", leave("2026-03-03T12:00", "2026-03-03T12:00")],
  ["moment-invalid", leave("2026-02-30T08:00", "2026-03-03T12:00")],
  ["leave-empty", leave("2026-03-07T08:00", "2026-03-08T12:00")],
  ["leave-too-long", leave("2026-03-03T08:00", "2027-05-03T12:00")],
  [
    "shifts-overlap",
    {
      kind: "shifts",
      person: "s01",
      date: "2026-03-03",
      shifts: [
        ["08:00", "12:00"],
        ["11:30", "15:00"],
      ],
    },
  ],
  ["shift-reversed", { kind: "shifts", person: "s01", date: "2026-03-03", shifts: [["12:00", "08:00"]] }],
  ["date-invalid", { kind: "lunch-duty", person: "s01", date: "2026-02-29" }],
  ["unknown-terminal", { kind: "out-of-service", terminal: "t99", from: "2026-03-03T08:00" }],
  ["unknown-evidence", { ...MORNING, evidence: "a".repeat(64) }],
  ["unknown-document", { kind: "return", leave: "00000000-0000-4000-8000-000000000000", at: "2026-03-02T08:00" }],
  [
    "unknown-publication",
    {
      kind: "objection",
      person: "s01",
      publication: "00000000-0000-4000-8000-000000000000",
      date: "2026-03-02",
      session: "am",
    },
  ],
  ["in-future", { kind: "correction", person: "s01", at: "2026-03-03T08:00", direction: "in", why: "forgotten" }],
];
describe("what does not fit is refused with its code", () => {
  for (const [code, document] of BAD) {
    test(`${code}: ${JSON.stringify(document).slice(0, 70)}`, () => {
      const hall = new OfficeHall();
      const files = "kind" in document && document.kind === "objection" ? CLERK : OFFICE;
      expect(hall.file(files, document)).toBe(code);
    });
  }

  test("a day has one roster for a person; another when the former is cancelled", () => {
    const hall = new OfficeHall();
    const roster = (from: string) => ({ kind: "shifts", person: "s01", date: "2026-03-03", shifts: [[from, "12:00"]] });
    const first = hall.filed(OFFICE, roster("08:00"));
    expect(hall.file(OFFICE, roster("09:00"))).toBe("shifts-overlap");
    expect(hall.filed(OFFICE, { ...roster("09:00"), person: "s02" }).state).toBe("holds");
    expect(hall.sign(DIRECTOR, first, "cancel")).toBe("cancelled");
    expect(hall.filed(OFFICE, roster("09:00")).state).toBe("holds");
  });

  test("nobody returns from a leave before it began", () => {
    const hall = new OfficeHall();
    const filed = hall.filed(CLERK, leave("2026-03-02T08:00", "2026-03-02T12:00"));
    expect(hall.sign(DIRECTOR, filed, "approve")).toBe("holds");
    hall.go("2026-03-02T10:00");
    const back = { kind: "return", leave: filed.documentId };
    expect(hall.file(OFFICE, { ...back, at: "2026-03-02T07:59" })).toBe("leave-reversed");
    expect(hall.file(OFFICE, { ...back, at: "2026-03-02T08:00" })).toMatchObject({ state: "holds" });
  });

  test("two leaves of one person never overlap", () => {
    const hall = new OfficeHall();
    hall.filed(CLERK, MORNING);
    expect(hall.file(CLERK, leave("2026-03-03T11:59", "2026-03-03T17:30"))).toBe("leave-overlaps");
    expect(hall.filed(CLERK, leave("2026-03-03T12:00", "2026-03-03T17:30")).state).toBe("waiting");
  });
});

test("a refusal names the place and the rule", () => {
  const hall = new OfficeHall({ policy: "jiayuguan", settings: HALF_PAST_EIGHT });
  hall.go("2026-03-03T09:00");
  const order = {
    kind: "leave",
    person: "s01",
    leave: "personal",
    from: "2026-03-03T08:30",
    to: "2026-03-03T12:00",
    reason: "x",
    special: false,
  } as const;
  const outcome = hall.attempt({ type: "file-document", actor: CLERK, documentId: "d", document: order as never });
  expect(outcome).toMatchObject({ rejection: { detail: expect.stringMatching(/^from: .*\(ATT-52\)$/u) as unknown } });
});

test("a cancelled leave stays on record, and its events stand one after the other", () => {
  const hall = new OfficeHall();
  const filed = hall.filed(CLERK, MORNING);
  expect(hall.sign(DIRECTOR, filed, "approve", { note: "同意" })).toBe("holds");
  expect(hall.sign(CLERK, filed, "cancel")).toBe("cancelled");
  expect(hall.document(filed.documentId).signed.map(({ by, decision }) => [by, decision])).toEqual([
    ["manager", "approve"],
    ["clerk", "cancel"],
  ]);
  expect(typesOf(hall.events).slice(-3)).toEqual(["document.filed", "document.signed", "document.signed"]);
});

test("a hall without a policy takes no documents, and makes no events of its own", () => {
  const hall = new TestHall(testConfiguration(2), MONDAY_EARLY);
  hall.run({ type: "tick" });
  const document = { ...MORNING, reason: "x", special: false } as never;
  const outcome = hall.attempt({ type: "file-document", actor: CLERK, documentId: "d", document });
  expect(outcome).toMatchObject({ rejection: { code: "attendance-off" } });
  hall.now = instant("2026-03-02T09:00");
  expect(hall.run({ type: "tick" })).toEqual([]);
  expect(Object.keys(freezeHall(hall.hall) as object)).not.toContain("office");
});

test("the same bytes put in by two people are both of theirs", () => {
  const hall = new OfficeHall();
  const digest = hall.paper(CLERK, "b");
  expect(hall.paper(OTHER_CLERK, "b")).toBe(digest);
  expect(hall.filed(CLERK, { ...MORNING, evidence: digest }).state).toBe("waiting");
  expect(hall.filed(OTHER_CLERK, { ...MORNING, person: "s02", evidence: digest }).state).toBe("waiting");
  expect(hall.file(OFFICE, { ...MORNING, person: "s03", evidence: digest })).toBe("unknown-evidence");
});

describe("ATT-09: a permit is for what may be said by word of mouth; longer is a leave, with its chain", () => {
  const permit = (from: string, to: string, purpose = "personal") =>
    new OfficeHall().file(OFFICE, { kind: "permit", person: "s01", purpose, from, to });

  test("an hour holds, a minute more does not", () => {
    expect(permit("2026-03-03T09:00", "2026-03-03T10:00")).toMatchObject({ state: "holds" });
    expect(permit("2026-03-03T09:00", "2026-03-03T10:01")).toBe("leave-too-long");
  });

  test("business is for a day, over a night it is a leave", () => {
    expect(permit("2026-03-03T08:00", "2026-03-03T17:30", "business")).toMatchObject({ state: "holds" });
    expect(permit("2026-03-03T00:00", "2026-03-04T00:00", "business")).toMatchObject({ state: "holds" });
    expect(permit("2026-03-03T08:00", "2026-03-04T08:00", "business")).toBe("leave-too-long");
  });
});

test("a finding and an objection are about a session that somebody had", () => {
  const hall = new OfficeHall();
  hall.go("2026-03-09T20:00");
  const finding = (date: string, session: string) =>
    hall.file(INSPECTOR, { kind: "finding", finding: "left-post", date, session, persons: ["s02"] });
  expect(finding("2026-03-06", "day")).toBe("no-session");
  expect(finding("2026-03-07", "am")).toBe("no-session"); // A Saturday.
  expect(finding("2026-03-06", "am")).toMatchObject({ state: "holds" });
});

test("leave is asked for on a day that only one's own shifts make a working day, and counts as one", () => {
  const hall = new OfficeHall();
  const SATURDAY = leave("2026-03-07T08:00", "2026-03-07T17:30");
  expect(hall.file(CLERK, SATURDAY)).toBe("leave-empty");
  const shifts = [
    ["08:00", "12:00"],
    ["14:00", "17:30"],
  ];
  hall.filed(OFFICE, { kind: "shifts", person: "s01", date: "2026-03-07", shifts });
  expect(hall.filed(CLERK, SATURDAY).days).toBe(1);
});

test("a roster for a day that has begun waits for a second person, as a correction does", () => {
  const hall = new OfficeHall();
  hall.go("2026-03-03T09:00");
  const roster = (date: string) => hall.file(OFFICE, { kind: "shifts", person: "s01", date, shifts: [] });
  expect(roster("2026-03-04")).toMatchObject({ state: "holds" });
  const late = hall.filed(OFFICE, { kind: "shifts", person: "s01", date: "2026-03-02", shifts: [] });
  expect(late.state).toBe("waiting");
  expect(roster("2026-03-02")).toBe("shifts-overlap");
  expect(hall.sign(OFFICE, late, "approve")).toBe("own-request");
  expect(hall.sign(DIRECTOR, late, "approve")).toBe("holds");
});

test("one's own leave is taken back until it begins; after that by the office", () => {
  const hall = new OfficeHall();
  const [early, late] = [hall.filed(CLERK, MORNING), hall.filed(OTHER_CLERK, { ...MORNING, person: "s02" })];
  for (const filed of [early, late]) expect(hall.sign(DIRECTOR, filed, "approve")).toBe("holds");
  expect(hall.sign(CLERK, early, "cancel")).toBe("cancelled");
  hall.go("2026-03-03T08:00");
  expect(hall.sign(OTHER_CLERK, late, "cancel")).toBe("leave-begun");
  expect(hall.sign(OFFICE, late, "cancel")).toBe("cancelled");
});

test("who files for themselves alone has so many waiting and no more", () => {
  const hall = new OfficeHall();
  const workdays = ["03", "04", "05", "06", "09", "10", "11", "12", "13", "16", "17"];
  const hour = (at: number) => {
    const clock = (each: number) => `2026-03-${workdays[Math.floor(at / 4)]}T${String(each).padStart(2, "0")}:00`;
    return leave(clock(8 + (at % 4)), clock(9 + (at % 4)));
  };
  for (let at = 0; at < WAITING_OF_ONE_MAX; at += 1) hall.filed(CLERK, hour(at));
  expect(hall.file(CLERK, hour(WAITING_OF_ONE_MAX))).toBe("waiting-full");
  expect(hall.file(OFFICE, hour(WAITING_OF_ONE_MAX))).toMatchObject({ state: "waiting" });
});
