import { expect, test } from "vitest";
import type { Actor } from "../../../../../controller/core/access/actor.ts";
import type { FiledDocument } from "../../../../../controller/core/office/office-state.ts";
import { DecisionRequest } from "../../../../../controller/core/office/document-request.ts";
import { openDecisions, signDocument } from "../../../../../controller/core/office/sign-document.ts";
import { epochMs } from "../../../../../protocol/index.ts";
import {
  actor,
  CLERK,
  DIRECTOR,
  HALF_PAST_EIGHT,
  HEAD,
  INSPECTOR,
  OFFICE,
  OfficeHall,
  OTHER_CLERK,
  SECOND_DIRECTOR,
} from "./office-rig.ts";

// What a page offers is what the hall takes: whoever is told that they may decide is not refused, and nobody else gets
// through. Held against the decision itself, for every document, actor and decision.

const EVERYBODY: readonly Actor[] = [CLERK, OTHER_CLERK, HEAD, OFFICE, DIRECTOR, SECOND_DIRECTOR, INSPECTOR];
const DECISIONS = ["approve", "refuse", "cancel"] as const;

const hour = { from: "2026-03-03T09:00", to: "2026-03-03T10:00", person: "s01", kind: "leave" };
const cases: readonly (readonly [string, (hall: OfficeHall) => FiledDocument])[] = [
  ["an hour", (hall) => hall.filed(CLERK, { ...hour, leave: "personal" })],
  ["a day, ill", (hall) => hall.filed(CLERK, { ...hour, to: "2026-03-03T17:30", leave: "sick" })],
  ["by the manager", (hall) => hall.filed(DIRECTOR, { ...hour, leave: "personal" })],
  ["of a clerk who is an office too", (hall) => hall.filed(OFFICE, { ...hour, leave: "personal", person: "s02" })],
  [
    "a correction",
    (hall) => {
      hall.go("2026-03-02T09:00");
      const request = { kind: "correction", person: "s01", at: "2026-03-02T08:00", direction: "in", why: "forgotten" };
      return hall.filed(CLERK, request);
    },
  ],
  ["a permit that holds", (hall) => hall.filed(OFFICE, { ...hour, kind: "permit", purpose: "personal" })],
];
const both = actor("both", ["staff", "office"], 2);

/** The decision itself; it is pure, so that the hall stays as it is. */
function refusalFor(hall: OfficeHall, by: Actor, { documentId }: FiledDocument, decision: string): string | null {
  const order = {
    type: "sign-document",
    actor: by,
    documentId,
    decision: DecisionRequest.parse({ decision }),
  } as const;
  const signed = signDocument(hall.hall, order, epochMs(hall.now));
  return signed.ok ? null : signed.error.code;
}

test.each(cases)("%s: what is offered is taken, and nothing else", (_name, file) => {
  const hall = new OfficeHall({ settings: { ...HALF_PAST_EIGHT, summer: { from: "06-01", to: "09-30" } } });
  const filed = file(hall);
  for (const by of [...EVERYBODY, both]) {
    const { decisions, hindrance } = openDecisions(hall.hall, by, filed);
    for (const decision of DECISIONS) {
      const refusal = refusalFor(hall, by, filed, decision);
      const isHindered = decision === "approve" && hindrance !== null;
      expect([by.id, decision, decisions.includes(decision) && !isHindered]).toEqual([
        by.id,
        decision,
        refusal === null,
      ]);
      if (isHindered) expect(refusal).toBe(hindrance.code);
    }
  }
});

test("in a chain only whose turn it is may decide; what keeps the last approval back is said", () => {
  const tiers = [
    {
      approvers: [
        { id: "hall-head", zh: "大厅负责人" },
        { id: "office", zh: "办公室" },
      ],
    },
  ];
  const policy = { extends: "county", id: "chain", names: { zh: "试行", en: "Trial" }, leave: { tiers } };
  const hall = new OfficeHall({ policy });
  const filed = hall.filed(CLERK, { ...hour, to: "2026-03-03T12:00", leave: "sick" });
  const may = (by: Actor) => openDecisions(hall.hall, by, hall.document(filed.documentId)).decisions;
  expect([may(HEAD), may(OFFICE), may(CLERK)]).toEqual([["approve", "refuse"], ["cancel"], ["cancel"]]);
  hall.sign(HEAD, filed, "approve");
  expect([may(HEAD), may(OFFICE), may(CLERK)]).toEqual([[], ["approve", "refuse", "cancel"], ["cancel"]]);
  const { hindrance } = openDecisions(hall.hall, OFFICE, hall.document(filed.documentId));
  expect(hindrance).toMatchObject({ code: "certificate-missing", place: "certificate", rules: ["ATT-14"] });
});
