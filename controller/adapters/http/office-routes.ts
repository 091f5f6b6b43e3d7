import { z } from "zod";
import type { Result } from "../../../protocol/index.ts";
import {
  DecisionRequest,
  DOCUMENT_KINDS,
  DocumentId,
  DocumentRequest,
  PublicationRequest,
} from "../../core/office/document-request.ts";
import {
  ActivePolicy,
  AttendanceRecord,
  AttendanceSheet,
  AttendanceToday,
  CoverList,
  DocumentList,
  DocumentPicture,
  PublicationList,
  PublicationPicture,
} from "../../projections/attendance/attendance-pictures.ts";
import type { DeskRefusal } from "./desk-refusal.ts";
import { exportRoutes } from "./export-routes.ts";
import { filingHelpRoutes } from "./filing-routes.ts";
import type { HallDesk } from "./hall-desk.ts";
import { NOT_READY } from "./idempotency.ts";
import type { OfficeDesk } from "./office-desk.ts";
import { filing } from "./office-filing.ts";
import { PERIOD, PERSON, READING, refusedFor, UNIT } from "./office-parameters.ts";
import { paperRoutes } from "./paper-routes.ts";
import type { ProblemCode } from "./problem.ts";
import { type Asked, JSON_TYPE, type Route, type RouteParameter, route, signedIn } from "./route.ts";

const KindOrAll = z.enum([...DOCUMENT_KINDS, "all"]);

const KIND: RouteParameter = { name: "kind", schema: KindOrAll, summary: "Which documents." };
const DOCUMENT: RouteParameter = { name: "document", schema: DocumentId, summary: "The document's id." };

/** Attendance: what is on file, and what is filed. Finer rights than "signed in" are the office's own. */
export const officeRoutes = (desk: HallDesk): readonly Route[] => [
  ...readingRoutes(desk),
  ...filingHelpRoutes(desk),
  ...filingRoutes(desk),
  ...paperRoutes(desk),
  ...exportRoutes(desk),
];

interface Reading {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly schema: z.ZodType;
  readonly params?: readonly RouteParameter[];
  readonly problems?: readonly ProblemCode[];
  /** A Buffer is the JSON itself. */
  readonly read: (
    office: OfficeDesk,
    asked: Asked<unknown>,
  ) => Promise<Result<unknown, DeskRefusal>> | Result<unknown, DeskRefusal>;
}

const reading =
  (desk: HallDesk) =>
  ({ path, operationId, summary, schema, params = [], problems = [], read }: Reading): Route =>
    route({
      method: "GET",
      path: `/api/attendance/${path}`,
      access: "signed-in",
      operationId,
      summary,
      params,
      answers: [{ status: 200, schema, summary, type: JSON_TYPE }],
      problems: [...READING, ...problems, "hall-cannot-write", "too-busy"],
      async handle(asked) {
        if (!desk.ready()) return NOT_READY;
        const seen = await read(desk.office, asked);
        if (!seen.ok) return refusedFor(seen.error);
        return seen.value instanceof Buffer ? { text: seen.value, type: JSON_TYPE } : { status: 200, body: seen.value };
      },
    });

function readingRoutes(desk: HallDesk): readonly Route[] {
  const read = reading(desk);
  return [
    read({
      path: "policy",
      operationId: "read-policy",
      summary: "The regulation the hall lives under, in its own words.",
      schema: ActivePolicy,
      read: (office) => office.policy(),
    }),
    read({
      path: "today",
      operationId: "read-attendance-today",
      summary: "Who is where, late or away, and which posts are empty; of those one may see.",
      schema: AttendanceToday,
      read: (office, asked) => office.today(signedIn(asked)),
    }),
    read({
      path: "sheets/{unit}/{period}",
      operationId: "read-attendance-sheet",
      summary: "A unit's week or month, with the log position and the digest it was derived from.",
      schema: AttendanceSheet,
      params: [UNIT, PERIOD],
      read: (office, asked) => office.sheet(signedIn(asked), asked.param("unit"), asked.param("period")),
    }),
    read({
      path: "records/{person}/{period}",
      operationId: "read-attendance-record",
      summary: "One person's days: taps, verdicts, rules, documents. A view of another's is put on record.",
      schema: AttendanceRecord,
      params: [PERSON, PERIOD],
      problems: ["unknown-person"],
      read: (office, asked) => office.record(signedIn(asked), asked.param("person"), asked.param("period")),
    }),
    read({
      path: "documents/{kind}",
      operationId: "read-documents",
      summary: "Documents one may see, the newest first.",
      schema: DocumentList,
      params: [KIND],
      async read(office, asked) {
        const kind = KindOrAll.parse(asked.param("kind"));
        const list = await office.documents(signedIn(asked), kind === "all" ? null : kind);
        return list.ok ? { ok: true, value: { documents: list.value } } : list;
      },
    }),
    read({
      path: "cover",
      operationId: "read-cover",
      summary: "Who stood in for whom, and how far that is from its limits.",
      schema: CoverList,
      read: (office, asked) => office.cover(signedIn(asked)),
    }),
    read({
      path: "publications",
      operationId: "read-publications",
      summary: "What was hung up, the newest first, with what late data has changed since.",
      schema: PublicationList,
      async read(office, asked) {
        const list = await office.publications(signedIn(asked));
        return list.ok ? { ok: true, value: { publications: list.value } } : list;
      },
    }),
  ];
}

const filingRoutes = (desk: HallDesk): readonly Route[] => [
  filing(desk, {
    path: "documents",
    operationId: "file-document",
    summary: "Files a document: leave, permit, cover, correction, finding, objection ...",
    status: 201,
    body: DocumentRequest,
    schema: DocumentPicture,
    file: (asked, key) => desk.office.file(signedIn(asked), asked.body, key),
  }),
  filing(desk, {
    path: "documents/{document}/decisions",
    operationId: "sign-document",
    summary: "Approves, refuses or cancels. Whoever signs neither asked for it nor gains by it.",
    status: 200,
    body: DecisionRequest,
    schema: DocumentPicture,
    params: [DOCUMENT],
    problems: ["unknown-document"],
    file: (asked, key) => desk.office.sign(signedIn(asked), asked.param("document"), asked.body, key),
  }),
  filing(desk, {
    path: "publications",
    operationId: "publish-attendance",
    summary: "Hangs up a week or a month, once every terminal has reported.",
    status: 201,
    body: PublicationRequest,
    schema: PublicationPicture,
    file: (asked, key) => desk.office.publish(signedIn(asked), asked.body, key),
  }),
];
