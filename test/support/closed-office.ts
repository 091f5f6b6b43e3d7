import type { OfficeDesk } from "../../controller/adapters/http/office-desk.ts";
import { refused } from "../../protocol/index.ts";

const OFF = refused({ code: "attendance-off", detail: "No attendance is kept here." } as const);
const off = () => Promise.resolve(OFF);

/** The office of a hall that keeps no attendance. */
export const CLOSED_OFFICE: OfficeDesk = {
  policy: () => OFF,
  publications: () => OFF,
  today: off,
  sheet: off,
  record: off,
  documents: off,
  cover: off,
  file: off,
  sign: off,
  publish: off,
  keepEvidence: off,
  evidence: off,
  eraseEvidence: off,
};
