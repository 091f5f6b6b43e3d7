import { assert } from "../../protocol/base/assert.ts";
import { type BadgeWord, badWord, cardWord } from "./badge-words.ts";

/** Where the card stands in the reports of a raw HID reader: each maker has its own, so it is described. */
export interface HidBadgeReport {
  /** Null: the device does not number its reports. Others than this are not for us. */
  readonly reportId: number | null;
  /** Within the report, its number not counted. */
  readonly offset: number;
  readonly length: number;
  readonly endian: "big" | "little";
}

/** The longest report of a full-speed device. */
export const HID_REPORT_BYTES_MAX = 64;

/** Null: a report of another number, or of no card (all zeros). */
export function cardOfReport(description: HidBadgeReport, report: Uint8Array): BadgeWord | null {
  const { reportId, offset, length, endian } = description;
  if (reportId !== null && report[0] !== reportId) return null;
  const body = reportId === null ? report : report.subarray(1);
  if (body.length < offset + length) return badWord("framing");
  const bytes = [...body.subarray(offset, offset + length)];
  if (bytes.every((byte) => byte === 0)) return null;
  return cardWord(endian === "big" ? bytes : bytes.toReversed());
}

/** A report with this card in it: for emulators and tests. */
export function reportOfCard(description: HidBadgeReport, identifier: readonly number[]): Uint8Array {
  const { reportId, offset, length, endian } = description;
  assert(identifier.length === length, "as many bytes as the reports have for it");
  const body = new Uint8Array(offset + length);
  body.set(endian === "big" ? identifier : identifier.toReversed(), offset);
  return Uint8Array.from([...(reportId === null ? [] : [reportId]), ...body]);
}
