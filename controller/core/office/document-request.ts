import { z } from "zod";
import { CounterId, StaffId, TerminalId } from "../../../protocol/index.ts";
import { DIRECTIONS, LEAVE_KINDS } from "../attendance/facts.ts";
import { StepAction } from "../policy/profile.ts";

const REASON_MAX = 400;
const PERSONS_MAX = 300;
const VOIDS_MAX = 16;

/** Hall time to the second; the second may be left out. */
export const Moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/u, "YYYY-MM-DDTHH:MM[:SS], hall time");
export const DateWord = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, "YYYY-MM-DD");
const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, "HH:MM");
export const SessionWord = z.enum(["am", "pm", "day"]);
export const DocumentId = z.uuid();
/** SHA-256 of the paper, lower-case hex. The paper itself lies in the vault. */
export const EvidenceDigest = z.string().regex(/^[0-9a-f]{64}$/u, "64 lower-case hex digits");

const common = {
  reason: z.string().trim().min(1).max(REASON_MAX).describe("Why; it stands in the log for ever, so nothing private."),
  evidence: EvidenceDigest.optional().describe("Of a paper that was put into the vault before."),
};

const Leave = z.strictObject({
  kind: z.literal("leave"),
  person: StaffId,
  leave: z.enum(LEAVE_KINDS).exclude(["oral"]),
  from: Moment,
  to: Moment,
  ...common,
  destination: z.string().max(64).optional().describe("For a trip on business (ATT-22, ATT-34)."),
  special: z
    .boolean()
    .default(false)
    .describe("Asked for after it began, for a reason the regulation allows (ATT-52)."),
  certificate: z.string().max(32).optional().describe("Who wrote the sick note: county-hospital, hospital, clinic ..."),
  substitute: StaffId.optional().describe("Who stands in (代岗)."),
});

/** A short absence that the office was told of (ATT-09), or a site visit with consent (ATT-45). Holds when filed. */
const Permit = z.strictObject({
  kind: z.literal("permit"),
  person: StaffId,
  from: Moment,
  to: Moment,
  purpose: z.enum(["personal", "business", "site-visit"]),
  people: z.int().min(1).max(PERSONS_MAX).optional().describe("How many go (ATT-45)."),
  destination: z.string().max(64).optional(),
  substitute: StaffId.optional().describe("Who stands in meanwhile (ATT-61)."),
  ...common,
});

/** B stands in for A on these days (ATT-56, ATT-57). */
const Cover = z.strictObject({
  kind: z.literal("cover"),
  person: StaffId,
  covers: StaffId,
  counter: CounterId.optional(),
  from: DateWord,
  to: DateWord,
  ...common,
});

const LunchDuty = z.strictObject({ kind: z.literal("lunch-duty"), person: StaffId, date: DateWord, ...common });

/** A person's own shifts of one day; none is a rest day. */
const Shifts = z.strictObject({
  kind: z.literal("shifts"),
  person: StaffId,
  date: DateWord,
  shifts: z.array(z.tuple([TimeOfDay, TimeOfDay])).max(2),
  ...common,
});

/** Training, study and meetings that count as attendance (ATT-58). */
const Meeting = z.strictObject({
  kind: z.literal("meeting"),
  what: z.enum(["meeting", "training"]),
  title: z.string().min(1).max(64),
  persons: z.array(StaffId).min(1).max(PERSONS_MAX),
  from: Moment,
  to: Moment,
  ...common,
});

/** Adds a tap once it is approved; changes none. */
const Correction = z.strictObject({
  kind: z.literal("correction"),
  person: StaffId,
  at: Moment,
  direction: z.enum(DIRECTIONS),
  why: z.enum(["forgotten", "reader-fault", "badge-lost", "on-business", "other"]),
  ...common,
});

/** What a person decided after looking into it: the only thing that turns a suspicion into a verdict. */
const Finding = z.strictObject({
  kind: z.literal("finding"),
  finding: z.enum(["proxy", "left-post", "error"]).describe("error: shirking or a mistake (HRS-25)."),
  date: DateWord,
  session: SessionWord,
  persons: z.array(StaffId).min(1).max(PERSONS_MAX),
  void: z
    .array(z.strictObject({ person: StaffId, at: Moment }))
    .max(VOIDS_MAX)
    .default([]),
  ...common,
});

const Warning = z.strictObject({ kind: z.literal("warning"), person: StaffId, date: DateWord, ...common });

/** Against one session of a published sheet. A late one is kept as 逾期无效异议 (ATT-18). */
const Objection = z.strictObject({
  kind: z.literal("objection"),
  person: StaffId,
  publication: DocumentId,
  date: DateWord,
  session: SessionWord,
  ...common,
});

/** 销假: the return from a leave (ATT-54). */
const Return = z.strictObject({ kind: z.literal("return"), leave: DocumentId, at: Moment, ...common });

/** Somebody is to be moved, replaced, called away, rewarded or punished: with whose consent the text says (ATT-69). */
const Posting = z.strictObject({
  kind: z.literal("posting"),
  person: StaffId,
  change: z.enum(["transfer", "replacement", "temporary-relief", "reward", "punishment"]),
  from: DateWord.describe("The first day on which it holds."),
  ...common,
});

/** A rung of the regulation's ladder was carried out: the interview was held, the unit was told. */
const StepTaken = z.strictObject({
  kind: z.literal("step"),
  person: StaffId,
  action: StepAction,
  on: DateWord.describe("The day on which the rung was reached."),
  ...common,
});

/** A named person answers for a terminal that cannot report: nobody waits for its journal. */
const OutOfService = z.strictObject({
  kind: z.literal("out-of-service"),
  terminal: TerminalId,
  from: Moment,
  to: Moment.optional().describe("Absent: until the terminal reports again."),
  ...common,
});

/** What may be filed. Unknown keys are refused. */
export const DocumentRequest = z.discriminatedUnion("kind", [
  Leave,
  Permit,
  Cover,
  LunchDuty,
  Shifts,
  Meeting,
  Correction,
  Finding,
  Warning,
  Objection,
  Return,
  Posting,
  StepTaken,
  OutOfService,
]);
export type DocumentRequest = z.output<typeof DocumentRequest>;
export type DocumentKind = DocumentRequest["kind"];
export type DocumentOf<K extends DocumentKind> = Extract<DocumentRequest, { kind: K }>;

export const DOCUMENT_KINDS = DocumentRequest.options.map((option) => option.shape.kind.value);

/** What somebody decides about a filed document. */
export const DecisionRequest = z.strictObject({
  decision: z
    .enum(["approve", "refuse", "cancel"])
    .describe("For an objection: approve upholds it, refuse dismisses it."),
  as: z.string().max(32).optional().describe("The office of the regulation in which one signs; default: the next due."),
  note: z.string().trim().max(REASON_MAX).optional(),
  certificate: z.string().max(32).optional().describe("The sick note that was shown to the signer: who wrote it."),
  unitOpinion: z
    .literal(true)
    .optional()
    .describe("The sending unit's opinion, with its seal, was shown to the signer (ATT-11, ATT-12)."),
  evidence: EvidenceDigest.optional(),
});
export type DecisionRequest = z.output<typeof DecisionRequest>;

/** Which sheet is hung up. */
export const PublicationRequest = z.strictObject({
  what: z.enum(["week", "month", "absence"]),
  period: z.string().regex(/^\d{4}-(?:W\d{2}|\d{2})$/u, "2025-W10 or 2025-03"),
  reason: z.string().trim().max(REASON_MAX).optional(),
});
export type PublicationRequest = z.output<typeof PublicationRequest>;
