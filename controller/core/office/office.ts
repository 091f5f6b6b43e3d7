import { accepted, type EpochMs, type Result, unreachable } from "../../../protocol/index.ts";
import type { Rejection } from "../commands.ts";
import type { EventDraft } from "../events.ts";
import type { HallView } from "../state.ts";
import { eraseEvidence, noteEvidence } from "./evidence.ts";
import { fileDocument } from "./file-document.ts";
import type { OfficeOrder } from "./office-orders.ts";
import { publishAttendance } from "./publishing.ts";
import { noteReported } from "./reporting.ts";
import { signDocument } from "./sign-document.ts";

const OFFICE_ORDERS: { readonly [K in OfficeOrder["type"]]: true } = {
  "file-document": true,
  "sign-document": true,
  "publish-attendance": true,
  "note-reported": true,
  "note-evidence": true,
  "erase-evidence": true,
};

export const isOfficeOrder = <T extends { readonly type: string }>(order: T): order is T & OfficeOrder =>
  Object.hasOwn(OFFICE_ORDERS, order.type);

/** What the office makes of an order. */
export function decideOffice(
  hall: HallView,
  order: OfficeOrder,
  at: EpochMs,
): Result<readonly EventDraft[], Rejection> {
  switch (order.type) {
    case "file-document":
      return fileDocument(hall, order, at);
    case "sign-document":
      return signDocument(hall, order, at);
    case "publish-attendance":
      return publishAttendance(hall, order, at);
    case "note-reported":
      return accepted(noteReported(hall, order));
    case "note-evidence":
      return noteEvidence(hall, order);
    case "erase-evidence":
      return eraseEvidence(hall, order);
    default:
      return unreachable(order);
  }
}
