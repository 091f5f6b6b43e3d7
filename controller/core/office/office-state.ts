import type { CounterId, EpochMs, StaffId } from "../../../protocol/index.ts";
import type { DutyAlarm } from "./alarms/duty-alarm.ts";
import type { DocumentRequest } from "./document-request.ts";
import type { Decision, DocumentState, Office, OfficeEvents } from "./office-events.ts";

export interface Signed {
  readonly by: string;
  readonly role: string;
  readonly delegate?: { readonly id: string; readonly zh: string };
  readonly decision: Decision;
  readonly note: string;
  /** What the signer was shown: who wrote the sick note, and the unit's opinion. */
  readonly certificate?: string;
  readonly unitOpinion?: true;
  readonly atMs: EpochMs;
}

/** A document and what became of it. */
export interface FiledDocument {
  readonly documentId: string;
  readonly document: DocumentRequest;
  /** The account that filed it. */
  readonly filedBy: string;
  readonly filedAtMs: EpochMs;
  /** The same in hall time, where that has been worked out. */
  filedAtHallS?: number;
  readonly beneficiaries: readonly StaffId[];
  readonly due: readonly Office[];
  readonly parallel: boolean;
  readonly filedWith: readonly Office[];
  readonly rules: readonly string[];
  readonly days: number | null;
  state: DocumentState;
  signed: readonly Signed[];
  /** The best word there is about a sick note. */
  certificate: string | null;
  evidence: readonly string[];
}

export interface Publication extends Omit<OfficeEvents["attendance.published"], "lines"> {
  readonly publishedAtMs: EpochMs;
  readonly by: string;
}

/** B acted for A in these half days of one date. */
export interface CoverActed {
  readonly by: StaffId;
  readonly covers: StaffId;
  readonly date: string;
  /** Of the day's sessions, by their place in it. */
  sessions: readonly number[];
}

export interface Vacancy {
  readonly counterId: CounterId;
  readonly sinceMs: EpochMs;
  readonly kind: "vacant" | "empty";
  readonly relief: string | null;
}

export interface StandingAlarm extends DutyAlarm {
  /** Who has badged at its window since. */
  readonly seen: readonly StaffId[];
}

/** `alsoBy`: whoever put the very same paper in after `keptBy`. */
export interface KeptPaper {
  readonly keptBy: string;
  readonly alsoBy?: readonly string[];
  readonly mediaType: string;
}

/** What the office must know to decide. Null in a hall that never kept attendance. */
export interface OfficeState {
  readonly documents: Map<string, FiledDocument>;
  readonly publications: Map<string, Publication>;
  /** Every terminal has reported up to here. */
  reportedUntilMs: number;
  /** From when on attendance is kept. */
  readonly sinceMs: EpochMs;
  /** By person and date, for the limits of a year. */
  readonly cover: Map<string, CoverActed>;
  readonly vacancies: Map<CounterId, Vacancy>;
  /** Windows without anybody, and since when. */
  readonly unmanned: Map<CounterId, EpochMs>;
  readonly alarms: Map<string, StandingAlarm>;
  /** When each window last did something with a ticket, or said why not. */
  readonly worked: Map<CounterId, EpochMs>;
  /** Hand-overs whose alarm is over, and when. */
  readonly handedOver: Map<string, EpochMs>;
  /** Digests of papers in the vault. */
  readonly evidence: Map<string, KeptPaper>;
}

type KeptMaps =
  | "documents"
  | "publications"
  | "cover"
  | "vacancies"
  | "unmanned"
  | "alarms"
  | "worked"
  | "handedOver"
  | "evidence";

/** The office as everybody but its folds sees it. */
export type OfficeView = Readonly<Omit<OfficeState, KeptMaps>> & {
  readonly [K in KeptMaps]: OfficeState[K] extends Map<infer Key, infer Kept>
    ? ReadonlyMap<Key, Kept extends number ? Kept : Readonly<Kept>>
    : never;
};

export const emptyOffice = (sinceMs: EpochMs): OfficeState => ({
  documents: new Map(),
  publications: new Map(),
  reportedUntilMs: 0,
  sinceMs,
  cover: new Map(),
  vacancies: new Map(),
  unmanned: new Map(),
  alarms: new Map(),
  worked: new Map(),
  handedOver: new Map(),
  evidence: new Map(),
});
