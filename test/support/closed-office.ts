import type { ExportDesk } from "../../controller/adapters/http/export-desk.ts";
import type { OfficeDesk } from "../../controller/adapters/http/office-desk.ts";
import type { PaperDesk } from "../../controller/adapters/http/paper-desk.ts";
import { refused } from "../../protocol/index.ts";

const OFF = refused({ code: "attendance-off", detail: "No attendance is kept here." } as const);
const off = () => Promise.resolve(OFF);

/** The office of a hall that keeps no attendance. */
export const CLOSED_OFFICE: OfficeDesk = {
  policy: () => OFF,
  publications: off,
  today: off,
  sheet: off,
  record: off,
  documents: off,
  cover: off,
  choices: () => OFF,
  preview: () => OFF,
  file: off,
  sign: off,
  publish: off,
};

export const CLOSED_PAPERS: PaperDesk = { keep: off, read: off, erase: off };
export const CLOSED_EXPORTS: ExportDesk = { sheet: off, record: off };
