import type { EventType } from "../core/events.ts";

/** What the ledger of attendance folds. Everything else in the log it need not even parse. */
export const LEDGER_EVENTS = [
  "hall.configured",
  "clock.set",
  "day.opened",
  "badge.recorded",
  "badge.noted",
  "staff.signed-on",
  "staff.became-acting",
  "staff.took-over",
  "counter.paused",
  "counter.resumed",
  "document.filed",
  "document.signed",
  "attendance.reported",
  "attendance.published",
  "alarm.raised",
] as const satisfies readonly EventType[];

/** A stored record is canonical JSON: its type stands there in exactly these letters, and perhaps elsewhere too. */
export const WANTED = new RegExp(
  `"type":"(?:${LEDGER_EVENTS.map((type) => type.replace(".", "\\.")).join("|")})"`,
  "u",
);
