import type { DeskRefusal } from "../adapters/http/desk-refusal.ts";
import { PROBLEMS, type ProblemCode } from "../adapters/http/problem.ts";
import { APPOINTMENT_REFUSALS, isAppointmentRefusal } from "../core/appointments/appointment-refusals.ts";
import type { Rejection } from "../core/commands.ts";
import type { RefusalCode } from "../core/events.ts";
import { isOfficeRefusal, OFFICE_REFUSALS, type OfficeRefusalCode } from "../core/office/office-refusals.ts";
import { isRefusalCode, refusalText } from "../core/refusals.ts";
import type { Engine } from "../engine/engine.ts";

/** Orders waiting for their commit before further requests are turned away: about a second of work. */
const BACKLOG_MAX = 4_000;

export const isBusy = (engine: Engine): boolean => engine.backlog >= BACKLOG_MAX;

export const CONFLICT: DeskRefusal = {
  code: "key-reused",
  detail: "This idempotency key came with another body before.",
};
export const BUSY: DeskRefusal = {
  code: "too-busy",
  detail: "Too many requests wait for their commit; try again.",
};

/** Retrying with the same idempotency key is safe: nothing was done. */
export const CANNOT_WRITE: DeskRefusal = {
  code: "hall-cannot-write",
  detail: "磁盘已满或无法写入 The disk takes nothing now, so nothing is issued or recorded; ask again later.",
};

/** The hall's own words, as on a nameplate. */
export function refusedAs(code: RefusalCode): DeskRefusal {
  const text = refusalText(code);
  return { code: "action-refused", detail: `${text.zh} ${text.en}`, reason: { code, text } };
}

/** What a request is answered with that the hall refused. */
export function refusalOf({ code, detail, place = "", rules = [] }: Rejection): DeskRefusal {
  if (isRefusalCode(code)) return refusedAs(code);
  if (isAppointmentRefusal(code)) {
    const reason = { code, text: APPOINTMENT_REFUSALS[code], rules: [...rules] };
    return { code: "appointment-refused", detail, reason };
  }
  if (isOfficeRefusal(code)) {
    const reason = { code, text: OFFICE_REFUSALS[code], rules: [...rules] };
    const pointer = place === "" ? {} : { pointer: pointerOf(place) };
    return { code: OFFICE_PROBLEMS[code] ?? "document-refused", detail, reason, ...pointer };
  }
  return isProblemCode(code) ? { code, detail } : { code: "internal", detail };
}

/** `void[0].at` as a JSON pointer: /void/0/at. */
const pointerOf = (place: string): string => `/${place.replaceAll(/\[(\d+)\]/gu, "/$1").replaceAll(".", "/")}`;

/** Most of what the office refuses is a conflict with what is on file; these are not. */
const OFFICE_PROBLEMS: Partial<Record<OfficeRefusalCode, ProblemCode>> = {
  "attendance-off": "attendance-off",
  "unknown-document": "unknown-document",
  "not-yours": "not-allowed",
  "not-an-approver": "not-allowed",
};

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);
