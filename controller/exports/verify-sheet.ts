import { z } from "zod";
import { HallError } from "../../protocol/index.ts";
import type { LogReader } from "../engine/ports.ts";
import { csvOf, jsonOf } from "./sheet-csv.ts";
import { deriveSheet, SHEET_FORMATS_KNOWN, type SheetDocument } from "./sheet-document.ts";
import type { SheetFormat } from "./sheet-formats.ts";
import { pdfOf } from "./sheet-pdf.ts";
import { xlsxOf } from "./sheet-xlsx.ts";
import { unzip } from "./zip-archive.ts";

/** A sheet's bytes in one format. HallError FONT_MISSING for a PDF without its font. */
export const renderSheet = (sheet: SheetDocument, format: SheetFormat): Buffer | Promise<Buffer> =>
  RENDERERS[format](sheet);

const RENDERERS: { readonly [K in SheetFormat]: (sheet: SheetDocument) => Buffer | Promise<Buffer> } = {
  xlsx: xlsxOf,
  pdf: pdfOf,
  csv: csvOf,
  json: jsonOf,
};

/** In every format, in clear: which sheet, and of which log. */
const Marker = z.object({
  shape: z.enum(SHEET_FORMATS_KNOWN),
  hall: z.string(),
  unit: z.string(),
  period: z.string(),
  position: z.int().nonnegative(),
  head: z.string(),
  digest: z.string(),
});
type Marker = z.infer<typeof Marker>;

const MARKER = new RegExp(`(${SHEET_FORMATS_KNOWN.join("|")})\\.([A-Za-z0-9_-]{16,2000})\\.`, "u");

export interface SheetVerdict {
  readonly equal: boolean;
  /** One line; its first word is stable. */
  readonly line: string;
}

/** Derives what a file says it is again, from the log, and compares. HallErrors SHEET_UNREADABLE, SHEET_AHEAD, ... */
export async function verifySheet(file: Buffer, reader: LogReader): Promise<SheetVerdict> {
  const marker = markerIn(file);
  const format = formatOf(file);
  const sheet = deriveSheet(reader, marker);
  if (sheet.head !== marker.head || sheet.hall.id !== marker.hall) {
    return { equal: false, line: `SHEET_FOREIGN: at position ${marker.position} this log is another than the sheet's` };
  }
  const again = await renderSheet(sheet, format);
  const difference = file.equals(again) ? null : DIFFERENCES[format](file, again);
  if (difference === null) {
    const what = `${sheet.unit.id} ${sheet.period}, ${sheet.rows.length} people`;
    return { equal: true, line: `equal: ${what}, derived again at position ${sheet.position}, digest ${sheet.digest}` };
  }
  return { equal: false, line: `SHEET_DIFFERS: ${difference}` };
}

function markerIn(file: Buffer): Marker {
  const [, shape, text = ""] = MARKER.exec(file.toString("latin1")) ?? [];
  try {
    const said: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    return Marker.parse({ ...(said as object), shape });
  } catch (thrown) {
    throw new HallError(
      "SHEET_UNREADABLE",
      "it is no sheet of Hallward's: nothing in it says where it comes from",
      {},
      thrown,
    );
  }
}

function formatOf(file: Buffer): SheetFormat {
  const start = file.subarray(0, 5).toString("latin1");
  if (start.startsWith("PK")) return "xlsx";
  if (start === "%PDF-") return "pdf";
  return start.startsWith("{") ? "json" : "csv";
}

type Difference = (file: Buffer, again: Buffer) => string | null;

/** The first one; null when the content is the same after all. */
const DIFFERENCES: { readonly [K in SheetFormat]: Difference } = {
  json: (file, again) => lineDifference(file.toString("utf8"), again.toString("utf8")),
  csv: (file, again) => lineDifference(file.toString("utf8"), again.toString("utf8")),
  xlsx: cellDifference,
  pdf: byteDifference,
};

const SHOWN_MAX = 80;
const shown = (text: string | undefined): string => (text === undefined ? "nothing" : `"${text.slice(0, SHOWN_MAX)}"`);

function lineDifference(file: string, again: string): string | null {
  const [there, here] = [file.split(/\r?\n/u), again.split(/\r?\n/u)];
  const at = here.findIndex((line, index) => line !== there[index]);
  const line = at < 0 && there.length > here.length ? here.length : at;
  if (line < 0) return null;
  const [was, is] = [there[line], here[line]];
  const from = Math.max(0, firstDifference(was ?? "", is ?? "") - SHOWN_MAX / 4);
  return `line ${line + 1} says ${shown(was?.slice(from))}, the log says ${shown(is?.slice(from))}`;
}

const firstDifference = (a: string, b: string): number => {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) if (a[at] !== b[at]) return at;
  return 0;
};

const WORKSHEET = "xl/worksheets/sheet1.xml";
const CELL = /<c r="([A-Z]+\d+)"[^>]*?(?:\/>|>(.*?)<\/c>)/gsu;

/** Office programs write a file anew when they save it: cells are compared, and not bytes. */
function cellDifference(file: Buffer, again: Buffer): string | null {
  const sheet = unzip(file)?.get(WORKSHEET);
  if (sheet === undefined) return "its cells cannot be read: it was saved by another program; compare it with the CSV";
  const [there, here] = [cellsIn(sheet), cellsIn(unzip(again)?.get(WORKSHEET) ?? "")];
  for (const place of new Set([...here.keys(), ...there.keys()])) {
    const [was, is] = [there.get(place) ?? "", here.get(place) ?? ""];
    if (was !== is) return `cell ${place} says ${shown(was)}, the log says ${shown(is)}`;
  }
  return null;
}

const cellsIn = (xml: string): ReadonlyMap<string, string> =>
  new Map([...xml.matchAll(CELL)].map(([, place = "", inner = ""]) => [place, inner.replaceAll(/<[^>]*>/gu, "")]));

function byteDifference(file: Buffer, again: Buffer): string {
  const length = Math.min(file.length, again.length);
  let at = 0;
  while (at < length && file[at] === again[at]) at += 1;
  return `byte ${at} of ${file.length} is not what is drawn from the log now; print it again, or compare the CSV`;
}
