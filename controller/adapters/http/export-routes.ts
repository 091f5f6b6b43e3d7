import { z } from "zod";
import type { Result } from "../../../protocol/index.ts";
import { SHEET_FORMATS, SHEET_TYPES, type SheetFormat } from "../../exports/sheet-formats.ts";
import { attachment } from "./attachment.ts";
import type { DeskRefusal } from "./desk-refusal.ts";
import type { ExportedFile } from "./export-desk.ts";
import type { HallDesk } from "./hall-desk.ts";
import { NOT_READY } from "./idempotency.ts";
import { PERIOD, PERSON, READING, refusedFor, UNIT } from "./office-parameters.ts";
import type { ProblemCode } from "./problem.ts";
import { type Answer, JSON_TYPE, type Route, type RouteParameter, route, signedIn } from "./route.ts";

const Format = z.enum(SHEET_FORMATS);
const FORMAT: RouteParameter = { name: "format", schema: Format, summary: "How it is written." };

const PROBLEMS: readonly ProblemCode[] = [...READING, "export-unavailable", "hall-cannot-write", "too-busy"];

/** Attendance as files, byte for byte what `hallward attendance export` writes at that position of the log. */
export const exportRoutes = (desk: HallDesk): readonly Route[] => [
  route({
    method: "GET",
    path: "/api/attendance/sheets/{unit}/{period}/{format}",
    access: "signed-in",
    operationId: "export-attendance-sheet",
    summary: "A unit's week or month as a file that can be verified against the log. It is put on record.",
    params: [UNIT, PERIOD, FORMAT],
    answers: SHEET_FORMATS.map((format) => ({ status: 200, summary: "The file.", type: SHEET_TYPES[format] })),
    problems: [...PROBLEMS, "unknown-unit"],
    async handle(asked) {
      if (!desk.ready()) return NOT_READY;
      const format: SheetFormat = Format.parse(asked.param("format"));
      const file = await desk.exports.sheet(signedIn(asked), asked.param("unit"), asked.param("period"), format);
      return handedOut(file, SHEET_TYPES[format]);
    },
  }),
  route({
    method: "GET",
    path: "/api/attendance/records/{person}/{period}/export",
    access: "signed-in",
    operationId: "export-attendance-record",
    summary: "One person's period with its records and proofs: to be checked without the log. It is put on record.",
    params: [PERSON, PERIOD],
    answers: [{ status: 200, summary: "The file.", type: JSON_TYPE }],
    problems: [...PROBLEMS, "unknown-person"],
    async handle(asked) {
      if (!desk.ready()) return NOT_READY;
      const file = await desk.exports.record(signedIn(asked), asked.param("person"), asked.param("period"));
      return handedOut(file, JSON_TYPE);
    },
  }),
];

/** Personal data: no cache keeps it. */
const handedOut = (file: Result<ExportedFile, DeskRefusal>, type: string): Answer =>
  file.ok ? { text: file.value.bytes, type, headers: attachment(file.value) } : refusedFor(file.error);
