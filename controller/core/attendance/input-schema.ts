import { z } from "zod";
import { DIRECTIONS, LEAVE_KINDS } from "./facts.ts";

const Id = z.string().min(1).max(64);
const Day = z.string();
const Moment = z.string();
const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, "HH:MM");
const SessionWord = z.enum(["am", "pm", "day"]);
const LIST_MAX = 2_000_000;
const listOf = <T extends z.ZodType>(entry: T) => z.array(entry).max(LIST_MAX).default([]);

const TapInput = z.strictObject({
  person: Id,
  at: Moment,
  direction: z.enum(DIRECTIONS).nullable().default(null),
  terminal: z.string().max(64).default(""),
  uncertaintyS: z.number().nonnegative().default(0),
  role: z.enum(["desk", "counter"]).nullable().default(null),
  badge: z.enum(["valid", "revoked"]).default("valid"),
});
export type TapInput = z.output<typeof TapInput>;

const LeaveInput = z.strictObject({
  person: Id,
  from: Moment,
  to: Moment,
  kind: z.enum(LEAVE_KINDS),
  state: z.enum(["requested", "approved", "rejected"]).default("approved"),
  requestedAt: Moment.nullable().default(null),
  special: z.boolean().default(false),
  certificate: z.string().nullable().default(null),
  substitute: Id.nullable().default(null),
  returnedAt: Moment.nullable().default(null),
});
export type LeaveInput = z.output<typeof LeaveInput>;

const FindingInput = z.strictObject({
  kind: z.enum(["proxy", "left-post", "error"]),
  date: Day,
  session: SessionWord,
  persons: z.array(Id),
  void: z.array(z.strictObject({ person: Id, at: Moment })).default([]),
});

const CorrectionInput = z.strictObject({
  person: Id,
  at: Moment,
  direction: z.enum(DIRECTIONS),
  state: z.enum(["requested", "approved", "rejected"]),
});

/** The file of `hallward attendance derive`. Unknown keys are refused. */
export const AttendanceInput = z.strictObject({
  policy: z.union([z.string(), z.record(z.string(), z.json())]),
  settings: z.json().default({}),
  calendar: z.strictObject({ rest: listOf(Day), work: listOf(Day) }).prefault({}),
  people: z.array(z.strictObject({ id: Id, from: Day.optional(), until: Day.optional() })),
  range: z.strictObject({ from: Day, to: Day }),
  /** Hall time; nothing later is judged. The end of the range when it is not given. */
  asOf: Moment.optional(),
  /** Since when badges can be on record; nothing before it is anybody's absence. */
  inUseSince: Moment.optional(),
  /** What each terminal has reported with an empty journal; all have, when none is named. */
  terminals: listOf(z.strictObject({ id: Id, reportedUntil: Moment })),
  taps: listOf(TapInput),
  leave: listOf(LeaveInput),
  lunchDuty: listOf(z.strictObject({ person: Id, date: Day })),
  roster: listOf(z.strictObject({ person: Id, date: Day, shifts: z.array(z.tuple([TimeOfDay, TimeOfDay])).max(2) })),
  findings: listOf(FindingInput),
  corrections: listOf(CorrectionInput),
  warnings: listOf(z.strictObject({ person: Id, date: Day })),
});
export type AttendanceInput = z.output<typeof AttendanceInput>;
