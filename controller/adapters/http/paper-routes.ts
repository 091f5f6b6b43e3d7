import { z } from "zod";
import { EvidenceDigest } from "../../core/office/document-request.ts";
import { attachment } from "./attachment.ts";
import type { HallDesk } from "./hall-desk.ts";
import { NOT_READY } from "./idempotency.ts";
import { Done } from "./kiosk-routes.ts";
import { filing } from "./office-filing.ts";
import { READING, refusedFor } from "./office-parameters.ts";
import { EvidenceKept, EvidenceUpload, PAPER_TYPES } from "./paper-desk.ts";
import { type Route, type RouteParameter, route, signedIn } from "./route.ts";

const DIGEST: RouteParameter = { name: "digest", schema: EvidenceDigest, summary: "SHA-256 of the paper." };

/** Base64 of the largest paper, and what stands around it. */
const UPLOAD_BYTES_MAX = 1_500_000;
export const ErasureRequest = z.strictObject({ reason: z.string().trim().min(1).max(400) });

/** Papers behind documents: sick notes, sealed opinions. They lie in the vault; the log has their digests alone. */
export const paperRoutes = (desk: HallDesk): readonly Route[] => [
  filing(desk, {
    path: "evidence",
    operationId: "keep-evidence",
    summary: "Puts a paper into the vault. The log gets its digest alone.",
    status: 201,
    body: EvidenceUpload,
    schema: EvidenceKept,
    bodyBytesMax: UPLOAD_BYTES_MAX,
    problems: ["paper-type-refused"],
    file: (asked) => desk.papers.keep(signedIn(asked), asked.body),
  }),
  filing(desk, {
    path: "evidence/{digest}/erasure",
    operationId: "erase-evidence",
    summary: "Erases a paper from the vault. Its digest, and who erased it, stay on record.",
    status: 200,
    body: ErasureRequest,
    schema: Done,
    params: [DIGEST],
    file: (asked) => desk.papers.erase(signedIn(asked), asked.param("digest"), asked.body.reason),
  }),
  route({
    method: "GET",
    path: "/api/attendance/evidence/{digest}",
    access: "signed-in",
    operationId: "read-evidence",
    summary: "The paper itself: for who filed it, whom it is about, and who signs. The reading is put on record.",
    params: [DIGEST],
    answers: PAPER_TYPES.map((type) => ({ status: 200, summary: "The paper, as it was put in.", type })),
    problems: [...READING, "unknown-document", "paper-erased", "hall-cannot-write", "too-busy"],
    async handle(asked) {
      if (!desk.ready()) return NOT_READY;
      const paper = await desk.papers.read(signedIn(asked), asked.param("digest"));
      if (!paper.ok) return refusedFor(paper.error);
      return { text: paper.value.bytes, type: paper.value.mediaType, headers: attachment(paper.value) };
    },
  }),
];
