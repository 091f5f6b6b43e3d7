// What the forms of the leave page send is what the hall takes: empty fields are left out, people are told apart.
import { expect, test } from "vitest";
import { DocumentRequest } from "../../../../../controller/core/office/document-request.ts";
import { bodyOf, FORMS, type FormField } from "../../../../../controller/web/pages/leave/forms.ts";

const filled = ({ name, type, choices, optional }: FormField): string => {
  if (optional === true) return "";
  if (name === "at" || type === "datetime-local") return name === "to" ? "2026-03-04T12:00" : "2026-03-04T08:00";
  if (type === "date") return "2026-03-04";
  return choices?.[0]?.[0] ?? (type === "people" ? "s01，s02 s03" : " s01 ");
};

test.each(FORMS)("the form of $kind makes a request of the hall", (form) => {
  const body = bodyOf(form, (name) => {
    const field = form.fields.find((each) => each.name === name);
    return field === undefined ? "" : filled(field);
  });
  expect(DocumentRequest.safeParse(body).error?.issues ?? []).toEqual([]);
  expect(Object.values(body)).not.toContain("");
  if (form.kind === "meeting") expect(body["persons"]).toEqual(["s01", "s02", "s03"]);
});
