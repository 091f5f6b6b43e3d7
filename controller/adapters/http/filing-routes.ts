import { DocumentRequest } from "../../core/office/document-request.ts";
import { FilingChoices, FilingOutlook } from "../../projections/attendance/filing-choices.ts";
import type { HallDesk } from "./hall-desk.ts";
import { NOT_READY } from "./idempotency.ts";
import { READING, refusedFor } from "./office-parameters.ts";
import { JSON_TYPE, type Route, route, signedIn } from "./route.ts";

/** What helps to fill in a form. Nothing is recorded here. */
export const filingHelpRoutes = (desk: HallDesk): readonly Route[] => [
  route({
    method: "GET",
    path: "/api/attendance/filing",
    access: "signed-in",
    operationId: "read-filing-choices",
    summary: "What one may file, whom one may name in it, and the next session of work.",
    answers: [{ status: 200, schema: FilingChoices, summary: "What a form needs.", type: JSON_TYPE }],
    problems: [...READING, "too-busy"],
    handle(asked) {
      if (!desk.ready()) return NOT_READY;
      const choices = desk.office.choices(signedIn(asked));
      return choices.ok ? { status: 200, body: choices.value } : refusedFor(choices.error);
    },
  }),
  route<DocumentRequest>({
    method: "POST",
    path: "/api/attendance/filing/preview",
    access: "signed-in",
    operationId: "preview-document",
    summary: "What filing a document would come to: who must sign, and whether a window is left empty.",
    body: DocumentRequest,
    answers: [{ status: 200, schema: FilingOutlook, summary: "Nothing has been recorded.", type: JSON_TYPE }],
    problems: [...READING, "document-refused", "unknown-document", "too-busy"],
    handle(asked) {
      if (!desk.ready()) return NOT_READY;
      const outlook = desk.office.preview(signedIn(asked), asked.body);
      return outlook.ok ? { status: 200, body: outlook.value } : refusedFor(outlook.error);
    },
  }),
];
