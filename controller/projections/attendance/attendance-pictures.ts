import { z } from "zod";
import { Bilingual } from "../../../protocol/index.ts";
import { DIRECTIONS, LEAVE_KINDS } from "../../core/attendance/facts.ts";
import { DOCUMENT_KINDS, DocumentRequest } from "../../core/office/document-request.ts";

// What the attendance pages and exports are made of. Dates and times are the hall's own; `...Ms` are UTC milliseconds.

const count = z.int().nonnegative();
const ms = z.number().nonnegative();
const Rules = z.array(z.string()).describe("Rule ids, readings (AMB-..), or whose word it was (hall:.., default:..).");
const SessionWord = z.enum(["am", "pm", "day"]);
const StateWord = z.enum(["attended", "absent", "leave", "business", "training", "rest", "not-due", "pending"]);
const FlagWord = z.enum([
  "slight-late",
  "outing-unpermitted",
  "overstayed-leave",
  "not-ready",
  "out-of-hours",
  "direction-mismatch",
  "void",
  "needs-review",
  "needs-confirmation",
  "unreturned-leave",
  "not-in-use",
  "favoured",
]);

export const AttendancePerson = z.object({
  person: z.string(),
  name: z.string(),
  number: z.string(),
  post: Bilingual,
  unit: z.string(),
  unitName: Bilingual,
});
export type AttendancePerson = z.infer<typeof AttendancePerson>;

export const TapPicture = z.object({
  at: z.string().describe("YYYY-MM-DDTHH:MM:SS"),
  earliest: z.string(),
  latest: z.string(),
  direction: z.enum(DIRECTIONS).nullable(),
  terminal: z.string(),
  role: z.enum(["desk", "counter"]).nullable(),
  badge: z.enum(["valid", "revoked"]),
  source: z.enum(["badge", "correction"]),
  guessedAt: z.string().optional().describe("Where it stood until the controller's clock was set, and it was moved."),
});
export type TapPicture = z.infer<typeof TapPicture>;

export const SessionPicture = z.object({
  date: z.string(),
  session: SessionWord,
  from: z.string().describe("HH:MM:SS, as the regulation has it"),
  to: z.string(),
  state: StateWord,
  in: z.string().nullable(),
  out: z.string().nullable(),
  inferred: z.array(z.enum(["in", "out"])),
  lateS: count,
  earlyS: count,
  late: count,
  early: count,
  absence: count.describe("Half days."),
  points: z.number(),
  leaveKind: z.enum(LEAVE_KINDS).nullable(),
  flags: z.array(FlagWord),
  rules: Rules,
  taps: z.array(TapPicture),
  /** Every terminal has reported past the session's end. */
  settled: z.boolean(),
});
export type SessionPicture = z.infer<typeof SessionPicture>;

export const DayPicture = z.object({
  date: z.string(),
  workday: z.boolean(),
  sessions: z.array(SessionPicture),
  /** Every tap of the day, also those that spoke for nobody. */
  taps: z.array(TapPicture),
});

export type DayPicture = z.infer<typeof DayPicture>;

export const TotalsPicture = z.object({
  sessionsDue: count,
  sessionsAttended: count,
  late: count,
  early: count,
  absence: count.describe("Half days, without what conversion adds."),
  conversions: z.array(z.object({ period: z.string(), events: count, days: z.number() })),
  absenceDays: z.number(),
  points: z.number(),
  fines: z
    .object({ missedSignIns: count, absenceDays: z.number(), yuan: z.number().nullable().describe("Null: 未设定.") })
    .optional()
    .describe("Where the regulation takes money for them (ATT-32)."),
  leave: z.partialRecord(z.enum(LEAVE_KINDS), z.number()).describe("Half days."),
});

export const StepPicture = z.object({
  person: z.string(),
  on: z.string(),
  action: z.string(),
  rule: z.string(),
  /** The document that says it was carried out; null while it is due. */
  taken: z.string().nullable(),
});

export const CasePicture = z.object({
  kind: z.enum(["suspected-proxy", "revoked-badge", "tap-during-leave", "no-activity"]),
  persons: z.array(z.string()),
  taps: z.array(TapPicture),
});

const Signature = z.object({
  by: z.string(),
  role: z.string(),
  /** What the regulation calls the office in which it was signed; null where it names none. */
  zh: z.string().nullable(),
  decision: z.enum(["approve", "refuse", "cancel"]),
  note: z.string(),
  atMs: ms,
});

export const DocumentPicture = z.object({
  id: z.string(),
  kind: z.enum(DOCUMENT_KINDS),
  state: z.enum(["waiting", "holds", "refused", "cancelled", "late"]),
  request: DocumentRequest,
  filedBy: z.string(),
  filedAtMs: ms,
  signatures: z.array(Signature),
  /** Who must still sign, in order; empty when nobody must. */
  due: z.array(z.object({ role: z.string(), zh: z.string() })),
  filedWith: z.array(z.object({ role: z.string(), zh: z.string() })),
  rules: Rules,
  /** Of a leave: its length in days of work, and whether its place at the window is covered. */
  days: z.number().nullable(),
  evidence: z.array(z.string()).describe("Digests of its papers."),
  erased: z.array(z.string()).describe("Those of them that were erased from the vault."),
  /** What whoever asks may decide about it now, and what would still keep their approval back. */
  may: z.array(z.enum(["approve", "refuse", "cancel"])),
  hindrance: z.object({ code: z.string(), text: Bilingual, rules: Rules }).nullable(),
  /** Names of the people in it, by id, as far as the roster has them. */
  names: z.record(z.string(), z.string()),
});
export type DocumentPicture = z.infer<typeof DocumentPicture>;

export const DocumentList = z.object({ documents: z.array(DocumentPicture) });
export type DocumentList = z.infer<typeof DocumentList>;

/** What a published cell said, and what it says now that more is known. */
export const Difference = z.object({
  person: z.string(),
  name: z.string(),
  date: z.string(),
  session: SessionWord,
  before: z.string().describe("A cell code, see SheetCell."),
  after: z.string(),
});
export type Difference = z.infer<typeof Difference>;

export const PublicationPicture = z.object({
  id: z.string(),
  what: z.enum(["week", "month", "absence"]),
  period: z.string(),
  from: z.string(),
  to: z.string(),
  version: z.int().positive(),
  publishedAtMs: ms,
  by: z.string(),
  objectionsCloseAt: z.string().nullable().describe("Hall time; from then on objections are late."),
  locked: z.boolean(),
  digest: z.string(),
  position: count.describe("Log position it was derived from."),
  rules: Rules,
  /** A month's report: whom the regulation has it sent to (ATT-19, ATT-30), each unit its own people. */
  sentTo: z.array(z.object({ role: z.string(), zh: z.string() })),
  /** Late data since: what the sheet would say now. */
  differences: z.array(Difference),
});
export type PublicationPicture = z.infer<typeof PublicationPicture>;
export const PublicationList = z.object({ publications: z.array(PublicationPicture) });
export type PublicationList = z.infer<typeof PublicationList>;

/** One person's month. */
export const AttendanceRecord = z.object({
  person: AttendancePerson,
  period: z.string(),
  policy: z.object({ id: z.string(), name: Bilingual }),
  asOf: z.string(),
  reportedUntil: z.string().nullable(),
  position: count,
  days: z.array(DayPicture),
  totals: TotalsPicture,
  steps: z.array(StepPicture),
  cases: z.array(CasePicture),
  documents: z.array(DocumentPicture),
  publications: z.array(PublicationPicture),
});
export type AttendanceRecord = z.infer<typeof AttendanceRecord>;

/**
 * One cell. `code`: a state's letter (a attended, x absent, l leave, b business, t training, - rest, n not due,
 * p pending), then L late, E early, S slightly late, ? needs a person.
 */
export const SheetCell = z.object({
  date: z.string(),
  session: SessionWord,
  code: z.string(),
  in: z.string().nullable(),
  out: z.string().nullable(),
  leaveKind: z.enum(LEAVE_KINDS).nullable(),
  rules: Rules,
});

const PlannedLeave = z.object({
  person: z.string(),
  date: z.string(),
  session: SessionWord,
  leaveKind: z.enum(LEAVE_KINDS),
  from: z.string(),
  to: z.string(),
  approved: z.boolean().describe("False: it still waits for a signature."),
});

export const AttendanceSheet = z.object({
  unit: z.string().describe("A unit's id, or all."),
  period: z.string(),
  from: z.string(),
  to: z.string(),
  policy: z.object({ id: z.string(), name: Bilingual }),
  asOf: z.string(),
  reportedUntil: z.string().nullable(),
  /** Log position and digest (SHA-256 of the canonical JSON of `rows`): whoever derives it again comes to the same. */
  position: count,
  digest: z.string(),
  rows: z.array(z.object({ person: AttendancePerson, cells: z.array(SheetCell), totals: TotalsPicture })),
  /** Leave on file for sessions that are not over yet: no verdict, and no part of the digest. */
  planned: z.array(PlannedLeave),
  steps: z.array(StepPicture),
  cases: z.array(CasePicture),
  publications: z.array(PublicationPicture),
  /** Nobody is absent before these have reported. */
  waitingFor: z.array(z.object({ terminal: z.string(), why: z.enum(["lost", "behind", "silent"]) })),
});
export type AttendanceSheet = z.infer<typeof AttendanceSheet>;

export const PostPicture = z.object({
  counter: z.string(),
  state: z.enum(["held", "covered", "vacant", "empty", "closed"]),
  by: z.string().nullable(),
  covers: z.string().nullable(),
  sinceMs: ms.nullable(),
  alarm: z.boolean(),
  /** A and B posts of the window (ATT-72). */
  a: z.array(z.string()),
  b: z.array(z.string()),
});

/** Who is where, now. */
export const AttendanceToday = z.object({
  date: z.string(),
  now: z.string(),
  workday: z.boolean(),
  position: count,
  people: z.array(
    z.object({
      person: AttendancePerson,
      /** At a window, out, badged in without a window, or nowhere that the hall knows of. */
      place: z.enum(["on-duty", "out", "badged", "away", "leave"]),
      counter: z.string().nullable(),
      sinceMs: ms.nullable(),
      covers: z.string().nullable(),
      sessions: z.array(SessionPicture),
    }),
  ),
  posts: z.array(PostPicture),
  waitingFor: AttendanceSheet.shape.waitingFor,
});
export type AttendanceToday = z.infer<typeof AttendanceToday>;

/** The active regulation, in its own words. */
export const ActivePolicy = z.object({
  id: z.string(),
  name: Bilingual,
  document: z.object({ zh: z.string(), place: z.string(), lines: z.string() }),
  sources: z.array(z.string()),
  hours: z.array(z.object({ session: SessionWord, from: z.string(), to: z.string(), rules: Rules })),
  summer: z
    .object({
      from: z.string(),
      to: z.string(),
      hours: z.array(z.object({ session: SessionWord, from: z.string(), to: z.string(), rules: Rules })),
    })
    .nullable(),
  rules: z.array(z.object({ id: z.string(), zh: z.string(), en: z.string(), source: z.string(), state: z.string() })),
  /** How the product reads what the regulations leave open (AMB-..). */
  readings: z.array(z.object({ id: z.string(), question: z.string(), source: z.string(), reading: z.string() })),
  /** What the hall itself set, and what is the product's own default: never a rule. */
  values: z.array(z.object({ path: z.string(), value: z.unknown(), origin: z.string(), rules: Rules })),
});
export type ActivePolicy = z.infer<typeof ActivePolicy>;

/** Cover that has happened and how far it has gone towards its limits (ATT-56). */
export const CoverList = z.object({
  documents: z.array(DocumentPicture),
  stretches: z.array(
    z.object({
      person: z.string(),
      covers: z.string(),
      date: z.string(),
      halfDays: count,
      run: count,
      year: z.number(),
      state: z.enum(["allowed", "warned", "blocked"]),
      rules: Rules,
    }),
  ),
});
export type CoverList = z.infer<typeof CoverList>;
