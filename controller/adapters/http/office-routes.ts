import { z } from "zod";
import type { Result } from "../../../protocol/index.ts";
import {
  DecisionRequest,
  DOCUMENT_KINDS,
  DocumentId,
  DocumentRequest,
  EvidenceDigest,
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
  EvidenceKept,
  EvidenceUpload,
  PublicationList,
  PublicationPicture,
} from "../../projections/attendance/attendance-pictures.ts";
import type { DeskRefusal } from "./desk-refusal.ts";
import type { HallDesk } from "./hall-desk.ts";
import { IDEMPOTENCY_KEY, IDEMPOTENCY_PARAMETER, NOT_READY } from "./idempotency.ts";
import { Done } from "./kiosk-routes.ts";
import type { OfficeDesk } from "./office-desk.ts";
import type { ProblemCode } from "./problem.ts";
import { type Answer, type Asked, JSON_TYPE, type Route, type RouteParameter, route, signedIn } from "./route.ts";

const Period = z.string().regex(/^\d{4}-(?:W\d{2}|\d{2})$/u, "2025-03 or 2025-W10");
const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/u, "lower-case letters, digits and '-'");
const KindOrAll = z.enum([...DOCUMENT_KINDS, "all"]);

const PERIOD: RouteParameter = { name: "period", schema: Period, summary: "A month, or an ISO week." };
const UNIT: RouteParameter = { name: "unit", schema: Slug, summary: "A unit's id, or `all`." };
const PERSON: RouteParameter = { name: "person", schema: Slug, summary: "A staff id, or `me`." };
const KIND: RouteParameter = { name: "kind", schema: KindOrAll, summary: "Which documents." };
const DOCUMENT: RouteParameter = { name: "document", schema: DocumentId, summary: "The document's id." };
const DIGEST: RouteParameter = { name: "digest", schema: EvidenceDigest, summary: "SHA-256 of the paper." };

/** Base64 of the largest paper, and what stands around it. */
const UPLOAD_BYTES_MAX = 1_500_000;
export const ErasureRequest = z.strictObject({ reason: z.string().trim().min(1).max(400) });

/** Attendance: what is on file, and what is filed. Finer rights than "signed in" are the office's own. */
export const officeRoutes = (desk: HallDesk): readonly Route[] => [
  ...readingRoutes(desk),
  ...filingRoutes(desk),
  ...evidenceRoutes(desk),
];

const refusedFor = ({ code, detail, reason }: DeskRefusal): Answer => ({ refused: code, detail, reason });
const READING: readonly ProblemCode[] = [
  "malformed-request",
  "not-signed-in",
  "not-allowed",
  "attendance-off",
  "not-ready",
];

interface Reading {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly schema: z.ZodType;
  readonly params?: readonly RouteParameter[];
  readonly problems?: readonly ProblemCode[];
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
        return seen.ok ? { status: 200, body: seen.value } : refusedFor(seen.error);
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
      read(office, asked) {
        const list = office.publications(signedIn(asked));
        return list.ok ? { ok: true, value: { publications: list.value } } : list;
      },
    }),
  ];
}

const FILING: readonly ProblemCode[] = [
  "malformed-request",
  "not-signed-in",
  "not-allowed",
  "attendance-off",
  "document-refused",
  "key-reused",
  "hall-cannot-write",
  "too-busy",
  "not-ready",
];

interface Filing<B> {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly status: 200 | 201;
  readonly body: z.ZodType<B>;
  readonly schema: z.ZodType;
  readonly params?: readonly RouteParameter[];
  readonly problems?: readonly ProblemCode[];
  readonly bodyBytesMax?: number;
  readonly file: (office: OfficeDesk, asked: Asked<B>, key: string | null) => Promise<Result<unknown, DeskRefusal>>;
}

function filing<B>(desk: HallDesk, entry: Filing<B>): Route {
  const { path, operationId, summary, status, body, schema, params = [], problems = [], bodyBytesMax, file } = entry;
  return route<B>({
    method: "POST",
    path: `/api/attendance/${path}`,
    access: "signed-in",
    operationId,
    summary,
    body,
    headers: [IDEMPOTENCY_PARAMETER],
    params,
    answers: [{ status, schema, summary: "It is on disk.", type: JSON_TYPE }],
    problems: [...FILING, ...problems],
    ...(bodyBytesMax !== undefined && { bodyBytesMax }),
    async handle(asked) {
      if (!desk.ready()) return NOT_READY;
      const done = await file(desk.office, asked, asked.header(IDEMPOTENCY_KEY) ?? null);
      return done.ok ? { status, body: done.value ?? { done: true } } : refusedFor(done.error);
    },
  });
}

const filingRoutes = (desk: HallDesk): readonly Route[] => [
  filing(desk, {
    path: "documents",
    operationId: "file-document",
    summary: "Files a document: leave, permit, cover, correction, finding, objection ...",
    status: 201,
    body: DocumentRequest,
    schema: DocumentPicture,
    file: (office, asked, key) => office.file(signedIn(asked), asked.body, key),
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
    file: (office, asked, key) => office.sign(signedIn(asked), asked.param("document"), asked.body, key),
  }),
  filing(desk, {
    path: "publications",
    operationId: "publish-attendance",
    summary: "Hangs up a week or a month, once every terminal has reported.",
    status: 201,
    body: PublicationRequest,
    schema: PublicationPicture,
    file: (office, asked, key) => office.publish(signedIn(asked), asked.body, key),
  }),
];

const PAPER_TYPES = ["image/jpeg", "image/png", "application/pdf"] as const;

const evidenceRoutes = (desk: HallDesk): readonly Route[] => [
  filing(desk, {
    path: "evidence",
    operationId: "keep-evidence",
    summary: "Puts a paper into the vault. The log gets its digest alone.",
    status: 201,
    body: EvidenceUpload,
    schema: EvidenceKept,
    bodyBytesMax: UPLOAD_BYTES_MAX,
    file: (office, asked) => office.keepEvidence(signedIn(asked), asked.body),
  }),
  filing(desk, {
    path: "evidence/{digest}/erasure",
    operationId: "erase-evidence",
    summary: "Erases a paper from the vault. Its digest, and who erased it, stay on record.",
    status: 200,
    body: ErasureRequest,
    schema: Done,
    params: [DIGEST],
    file: (office, asked) => office.eraseEvidence(signedIn(asked), asked.param("digest"), asked.body.reason),
  }),
  route({
    method: "GET",
    path: "/api/attendance/evidence/{digest}",
    access: "signed-in",
    operationId: "read-evidence",
    summary: "The paper itself: for the office, and for who filed it.",
    params: [DIGEST],
    answers: PAPER_TYPES.slice(0, 1).map((type) => ({ status: 200, summary: "The paper, as it was put in.", type })),
    problems: [...READING, "unknown-document", "hall-cannot-write", "too-busy"],
    async handle(asked) {
      if (!desk.ready()) return NOT_READY;
      const paper = await desk.office.evidence(signedIn(asked), asked.param("digest"));
      if (!paper.ok) return refusedFor(paper.error);
      const { bytes, mediaType } = paper.value;
      return { text: bytes, type: mediaType, headers: { "content-disposition": "attachment" } };
    },
  }),
];
