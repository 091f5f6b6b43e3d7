import type { BusinessDate, CounterId, EpochMs, StaffId, TerminalId } from "../../../protocol/index.ts";
import type { DutyAlarm } from "./alarms/duty-alarm.ts";
import type { DocumentRequest } from "./document-request.ts";

/** An office of the regulation, in its own words. */
export interface Office {
  readonly id: string;
  readonly zh: string;
  /** Who signs for it while whoever holds it is away (ATT-42). Absent: nobody. */
  readonly delegate?: { readonly id: string; readonly zh: string };
}

/** "late": kept, and without effect (逾期无效异议). */
export type DocumentState = "waiting" | "holds" | "refused" | "cancelled" | "late";
export type Decision = "approve" | "refuse" | "cancel";

export type PublicationKind = "week" | "month" | "absence";

/** One person's line of a published sheet, each session as a code (see `cellCode`). */
export interface PublishedLine {
  readonly person: string;
  readonly cells: string;
}

/** What happens in the office: documents, decisions, publications. Nothing of it is ever changed or taken back. */
export interface OfficeEvents {
  "document.filed": {
    readonly documentId: string;
    readonly document: DocumentRequest;
    readonly state: DocumentState;
    /** Who gains by it: none of them signs. */
    readonly beneficiaries: readonly StaffId[];
    /** Who must sign, in this order or side by side, as the regulation had it when it was filed. */
    readonly due: readonly Office[];
    readonly parallel: boolean;
    readonly filedWith: readonly Office[];
    readonly rules: readonly string[];
    /** Of a leave, in days of work. */
    readonly days: number | null;
  };
  "document.signed": {
    readonly documentId: string;
    readonly decision: Decision;
    /** The office in which it was signed. */
    readonly role: string;
    /** Signed for the office by its delegate, while whoever holds it was away (ATT-42): the delegate's own office. */
    readonly delegate?: { readonly id: string; readonly zh: string };
    readonly note: string;
    readonly certificate: string | null;
    /** The unit's written opinion was shown to whoever signed. */
    readonly unitOpinion?: true;
    readonly evidence: string | null;
    /** Of the document, from here on. */
    readonly state: DocumentState;
  };
  /** Every terminal has reported up to `untilMs` with an empty journal, or a named person answers for it. */
  "attendance.reported": { readonly untilMs: EpochMs; readonly excused: readonly TerminalId[] };
  /** A sheet was hung up: what it said, where it stood in the log, and until when objections count. */
  "attendance.published": {
    readonly publicationId: string;
    readonly what: PublicationKind;
    readonly period: string;
    readonly from: BusinessDate;
    readonly to: BusinessDate;
    /** 1, and one more each time late data made another version. */
    readonly version: number;
    /** Null where the regulation gives no deadline. */
    readonly objectionsCloseAtMs: EpochMs | null;
    readonly digest: string;
    /** Log position it was derived from. */
    readonly position: number;
    readonly lines: readonly PublishedLine[];
    readonly rules: readonly string[];
    /** A month's report: whom the regulation has it sent to (ATT-19, ATT-30). Absent on what is only hung up. */
    readonly sentTo?: readonly Office[];
  };
  /** 缺岗: nobody at a window that should be staffed. `empty`: of its A and B posts nobody is in the hall either. */
  "post.vacated": {
    readonly counterId: CounterId;
    readonly sinceMs: EpochMs;
    readonly kind: "vacant" | "empty";
    /** Who is to send somebody, where the regulation says (ATT-59). */
    readonly relief: string | null;
    readonly rules: readonly string[];
  };
  "post.manned": {
    readonly counterId: CounterId;
    readonly sinceMs: EpochMs;
    /** Null when the session ended, and with it the alarm. */
    readonly by: StaffId | null;
  };
  /** ATT-69: a configuration took windows from somebody without a consent on file. It holds, and is on record. */
  "posting.changed-unconsented": {
    readonly staffId: StaffId;
    /** Taken from them. */
    readonly windows: readonly CounterId[];
    /** Whole years at the windows; null where the register has no first day for them. */
    readonly years: number | null;
    /** How many the regulation asks for; null where it fixes none. */
    readonly yearsAsked: number | null;
    readonly rules: readonly string[];
  };
  /** Something in the hall that a person should see to, as long as it lasts: see `DutyAlarm`. */
  "alarm.raised": DutyAlarm;
  "alarm.cleared": Pick<DutyAlarm, "alarmId" | "kind" | "sinceMs">;
  "evidence.kept": { readonly digest: string; readonly bytes: number; readonly mediaType: string };
  /** The paper is gone from the vault; its digest stays. */
  "evidence.erased": { readonly digest: string; readonly reason: string };
}
