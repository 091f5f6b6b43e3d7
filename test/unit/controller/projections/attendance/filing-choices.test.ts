import { expect, test } from "vitest";
import { type Actor, hasRole } from "../../../../../controller/core/access/actor.ts";
import { DocumentRequest } from "../../../../../controller/core/office/document-request.ts";
import { previewFiling } from "../../../../../controller/core/office/preview-filing.ts";
import { regulationOf } from "../../../../../controller/core/office/regulation.ts";
import { refusalOf } from "../../../../../controller/desks/desk-refusals.ts";
import { filingChoices, filingOutlook } from "../../../../../controller/projections/attendance/filing-choices.ts";
import { epochMs, present } from "../../../../../protocol/index.ts";
import { uuid } from "../../../../support/test-hall.ts";
import {
  actor,
  CLERK,
  COUNTY_SUMMER,
  DIRECTOR,
  HEAD,
  INSPECTOR,
  OFFICE,
  OfficeHall,
  OTHER_CLERK,
} from "../../core/office/office-rig.ts";

// What a form offers: names by right, the next session of work, and what filing would come to, with its fault's place.

const choices = (hall: OfficeHall, by: Actor) => {
  const regulation = present(regulationOf(hall.hall.configuration), "regulation");
  return filingChoices(
    { hall: hall.hall, regulation, at: epochMs(hall.now), ledger: hall.ledger(), waitingFor: [] },
    by,
  );
};

const UNITS = { units: [{ id: "tax", name: { zh: "税务", en: "Tax" }, staff: ["s02"] }], settings: COUNTY_SUMMER };

test("names by right: one's unit and one's windows, whom one answers for, everybody for the office", () => {
  const hall = new OfficeHall(UNITS);
  const seen = (by: Actor) => choices(hall, by).people.map(({ person, answered }) => `${person}${answered ? "!" : ""}`);
  expect(seen(CLERK)).toEqual(["s01", "s03"]); // s02 is of another unit and at another window.
  expect(seen(OTHER_CLERK)).toEqual(["s02"]);
  expect(seen(HEAD)).toEqual(["s01!", "s03!"]);
  expect(seen(actor("tax-head", ["head"], undefined, "tax"))).toEqual(["s02!"]);
  for (const by of [OFFICE, DIRECTOR]) expect(seen(by)).toEqual(["s01!", "s02!", "s03!"]);
  expect(seen(INSPECTOR)).toEqual([]);
  expect(JSON.stringify(choices(hall, DIRECTOR))).not.toContain("badge");
});

test("what one may file is what the hall takes", () => {
  const hall = new OfficeHall({ settings: COUNTY_SUMMER });
  for (const by of [CLERK, HEAD, OFFICE, DIRECTOR, INSPECTOR]) {
    const rights = choices(hall, by).kinds.find(({ kind }) => kind === "permit");
    const request = { kind: "permit", purpose: "personal", from: "2026-03-03T09:00", to: "2026-03-03T09:30" };
    const taken = (person: string) => typeof hall.file(by, { ...request, person }) !== "string";
    expect([by.id, rights?.others]).toEqual([by.id, taken("s02")]);
    expect([by.id, rights?.own]).toEqual([by.id, by.staffId !== undefined && taken("s01")]);
    expect(hasRole(by, ["staff"]) && rights?.others).toBe(false);
  }
});

test.each([
  ["2026-03-02T07:00", "2026-03-02T08:00", "2026-03-02T12:00"],
  ["2026-03-02T08:00", "2026-03-02T14:30", "2026-03-02T17:30"],
  ["2026-03-06T18:00", "2026-03-09T08:00", "2026-03-09T12:00"], // Friday evening.
])("at %s the next session begins at %s", (now, from, to) => {
  const hall = new OfficeHall({ settings: COUNTY_SUMMER });
  hall.go(now);
  expect(choices(hall, CLERK)).toMatchObject({ today: now.slice(0, 10), next: { from, to } });
});

const preview = (hall: OfficeHall, more: object) => {
  const asked = { kind: "leave", person: "s01", leave: "personal", reason: "测试", ...more };
  const order = { type: "file-document", actor: CLERK, documentId: uuid(1) } as const;
  const at = epochMs(hall.now);
  return previewFiling(hall.hall, { ...order, document: DocumentRequest.parse(asked) }, at);
};
const MORNING = { from: "2026-03-03T08:00", to: "2026-03-03T12:00" };

test("a preview names who signs and who is left at the window, and records nothing", () => {
  const hall = new OfficeHall({ settings: COUNTY_SUMMER });
  const before = hall.hall.position;
  const outlook = (more: object) => {
    const seen = preview(hall, { ...MORNING, ...more });
    return seen.ok ? filingOutlook(hall.hall, seen.value) : null;
  };
  expect(outlook({})).toMatchObject({
    days: 0.5,
    due: [{ role: "business-section", zh: "业务科" }],
    windows: [{ counter: "1", by: ["职员3"], away: [] }],
    substituteFirst: ["ATT-15", "AMB-37"],
    hindrance: null,
  });
  expect(outlook({ leave: "sick" })).toMatchObject({ hindrance: { code: "certificate-missing", rules: ["ATT-14"] } });
  expect(outlook({ substitute: "s02" })?.windows[0]?.by).toEqual(["职员2", "职员3"]);
  expect(hall.hall.position).toBe(before);
  const other = hall.filed(DIRECTOR, { kind: "leave", person: "s03", leave: "annual", ...MORNING });
  expect(outlook({})?.windows[0]?.away).toEqual([]); // It is not approved yet.
  hall.sign(actor("second", ["manager"]), other, "approve");
  expect(outlook({})?.windows).toEqual([{ counter: "1", by: [], away: ["职员3"] }]);
});

test("a refusal names the field: a JSON pointer into what was sent, and the rules", () => {
  const hall = new OfficeHall({ settings: COUNTY_SUMMER });
  const refused = (more: object) => {
    const seen = preview(hall, { ...MORNING, ...more });
    return seen.ok ? null : refusalOf(seen.error);
  };
  expect(refused({ to: "2026-03-03T07:00" })).toMatchObject({ pointer: "/to", reason: { code: "leave-reversed" } });
  expect(refused({ substitute: "s99" })).toMatchObject({ pointer: "/substitute" });
  expect(refused({ person: "s02" })).not.toHaveProperty("pointer");
  const meeting = { kind: "meeting", what: "meeting", title: "例会", persons: ["s01", "s99"], ...MORNING };
  const finding = { kind: "finding", finding: "left-post", date: "2026-03-02", session: "am", persons: ["s01"] };
  const nobody = { void: [{ person: "s99", at: "2026-03-02T08:00" }] };
  expect(pointed(hall, OFFICE, meeting)).toBe("/persons/1");
  expect(pointed(hall, INSPECTOR, { ...finding, ...nobody })).toBe("/void/0/person");
});

function pointed(hall: OfficeHall, by: Actor, asked: object): string | undefined {
  const document = DocumentRequest.parse({ reason: "测试", ...asked });
  const order = { type: "file-document", actor: by, documentId: uuid(1), document } as const;
  const seen = previewFiling(hall.hall, order, epochMs(hall.now));
  return seen.ok ? undefined : refusalOf(seen.error).pointer;
}
