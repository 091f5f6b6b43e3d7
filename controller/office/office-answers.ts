import type { BusinessDate } from "../../protocol/index.ts";
import type { DeskRefusal } from "../adapters/http/desk-refusal.ts";
import type { RecordView } from "../core/access/access-event-bodies.ts";

// What everybody at the office's desks answers with.

export const OFF: DeskRefusal = {
  code: "attendance-off",
  detail: "本大厅未启用考勤 This hall's configuration names no policy.",
};
export const DERIVING: DeskRefusal = {
  code: "not-ready",
  detail: "Attendance is being derived from the log; ask again in a moment.",
};
export const NOT_YOURS: DeskRefusal = { code: "not-allowed", detail: "您无权查看 That is not for you to see." };
export const NO_PERIOD: DeskRefusal = { code: "malformed-request", detail: "period: 2025-03 or 2025-W10." };
export const UNKNOWN_PERSON: DeskRefusal = {
  code: "unknown-person",
  detail: "Nobody of that id was ever on this hall's staff.",
};

/** A view as it goes on record: nobody twice. */
export const viewOf = (
  what: string,
  people: readonly string[],
  from: string | null = null,
  to: string | null = null,
): RecordView => ({
  what,
  people: [...new Set(people)] as unknown as RecordView["people"],
  from: from as BusinessDate | null,
  to: to as BusinessDate | null,
});
