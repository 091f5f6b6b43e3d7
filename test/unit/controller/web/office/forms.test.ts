// What the forms of the leave page send is what the hall takes, and who is meant by a name; the office's own words are
// there for every office that a regulation names.
import { expect, test } from "vitest";
import { DOCUMENT_KINDS, DocumentRequest } from "../../../../../controller/core/office/document-request.ts";
import { readProfiles } from "../../../../../controller/adapters/policies/policy-files.ts";
import { present } from "../../../../../protocol/index.ts";
import { personMeant } from "../../../../../controller/web/pages/leave/people-named.ts";
import { decisionWords, officesWords, officeWords } from "../../../../../controller/web/pages/office/office-words.ts";
import { bodyOf, FORMS, type FormField, returnForm } from "../../../../../controller/web/pages/leave/forms.ts";

const filled = ({ name, type, choices, optional }: FormField): string => {
  if (optional === true) return "";
  if (name === "at" || type === "datetime-local") return name === "to" ? "2026-03-04T12:00" : "2026-03-04T08:00";
  if (type === "date") return "2026-03-04";
  if (type === "shifts") return '[["08:00","12:00"]]';
  return choices?.[0]?.[0] ?? (type === "people" ? "s01 s02 s03" : " s01 ");
};

const LEAVES = [["11111111-1111-4111-8111-111111111111", { zh: "王敏", en: "" }]] as const;

test.each([...FORMS, returnForm(LEAVES)])("the form of $kind makes a request of the hall", (form) => {
  const body = bodyOf(form, (name) => {
    const field = form.fields.find((each) => each.name === name);
    return field === undefined ? "" : filled(field);
  });
  expect(DocumentRequest.safeParse(body).error?.issues ?? []).toEqual([]);
  expect(Object.values(body)).not.toContain("");
  if (form.kind === "meeting") expect(body["persons"]).toEqual(["s01", "s02", "s03"]);
});

test("whatever the hall takes has a form; an objection's stands beside its day", () => {
  const kinds = [...FORMS, returnForm(LEAVES)].map(({ kind }) => kind);
  expect([...kinds, "objection"].toSorted()).toEqual(DOCUMENT_KINDS.toSorted());
});

test("a count is a number, a rest day has no shifts, and a void tap is somebody's at a moment", () => {
  const bodyWith = (kind: string, values: Record<string, string>) =>
    bodyOf(
      present(
        FORMS.find((form) => form.kind === kind),
        kind,
      ),
      (name) => values[name] ?? "",
    );
  expect(bodyWith("permit", { people: "3" })).toEqual({ kind: "permit", people: 3 });
  expect(bodyWith("shifts", { shifts: "[]" })).toEqual({ kind: "shifts", shifts: [] });
  const tap = { person: "s01", at: "2026-03-04T07:59:30" };
  expect(bodyWith("finding", { void: JSON.stringify([tap]) })).toEqual({ kind: "finding", void: [tap] });
});

const unitName = { zh: "中心", en: "Centre" };
const PEOPLE = [
  { person: "s01", name: "王敏", number: "1001", unitName, answered: true },
  { person: "s02", name: "李强", number: "1002", unitName, answered: true },
  { person: "s03", name: "李强", number: "1003", unitName, answered: true },
];

test.each([
  ["王敏", "s01"],
  [" 王敏  1001 ", "s01"],
  ["1002", "s02"],
  ["李强 1003", "s03"],
  ["李强", null], // Two bear the name.
  ["王", null],
  ["", null],
])("by %j is meant %s", (typed, person) => {
  expect(personMeant(PEOPLE, typed)?.person ?? null).toBe(person);
});

const APPROVING = new Set(["approvers", "sequence", "filedWith", "business"]);

/** Every office that a regulation lets sign, or files with. */
const officesIn = (tree: unknown, signs = false): string[] => {
  if (typeof tree !== "object" || tree === null) return [];
  const { id, zh } = tree as { id?: unknown; zh?: unknown };
  const own = signs && typeof id === "string" && typeof zh === "string" ? [id] : [];
  return [...own, ...Object.entries(tree).flatMap(([key, node]) => officesIn(node, signs || APPROVING.has(key)))];
};

test("every office of a built-in regulation has English words, and its own Chinese goes before ours", () => {
  const ids = new Set(readProfiles().flatMap((profile) => officesIn(profile)));
  expect(ids.size).toBeGreaterThan(10);
  expect([...ids].filter((role) => officeWords({ role }).en === "")).toEqual([]);
  const chain = [
    { role: "sending-unit", zh: "所在单位" },
    { role: "own-office", zh: "本厅小组" },
  ];
  expect(officesWords(chain)).toEqual({ zh: "所在单位 → 本厅小组", en: "the sending unit" });
  expect(officeWords({ role: "unheard-of" }).zh).not.toContain("unheard");
});

test("whoever asked takes back; others answer, and an objection is upheld or dismissed", () => {
  const own = decisionWords({ kind: "leave", state: "waiting", may: ["cancel"] });
  expect(own("cancel").zh).toBe("撤回");
  const other = decisionWords({ kind: "objection", state: "waiting", may: ["approve", "refuse", "cancel"] });
  const all = ["approve", "refuse", "cancel"] as const;
  expect(all.map((decision) => other(decision).zh)).toEqual(["异议成立", "异议不成立", "撤销"]);
});
