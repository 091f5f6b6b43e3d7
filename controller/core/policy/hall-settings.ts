import { z } from "zod";
import { Temporal } from "../../../protocol/index.ts";
import { DayHours, Span } from "./profile.ts";

/** A day of every year or, 29 February, of some. */
const MonthDay = z
  .string()
  .regex(/^\d{2}-\d{2}$/u, "MM-DD")
  .refine(isDayOfSomeYear, "is no day of any year (MM-DD)");

/** What a hall fills in where its regulation leaves something open. Unknown keys are refused. */
export const HallSettings = z.strictObject({
  /** First and last day of the summer hours, both included (AMB-09: never guessed). */
  summer: z.strictObject({ from: MonthDay, to: MonthDay }).optional(),
  /** Working hours, for a regulation that fixes none. */
  hours: DayHours.optional(),
  /** The noon rest, for a regulation that fixes its length alone. */
  noon: Span.optional(),
  /** Hours of the other administrative staff: a branch is open no shorter than they work (HRS-03). */
  adminHours: DayHours.optional(),
  /** 1 is Monday. Only for a regulation that names no rest days. */
  restWeekdays: z.array(z.int().min(1).max(7)).optional(),
  /** How long the walk between two terminals takes at least, in seconds. */
  walkS: z.int().nonnegative().optional(),
  /** Rules whose contradiction a manager has seen and decided: "HRS-09". */
  confirmed: z.array(z.string()).default([]),
});
export type HallSettings = z.output<typeof HallSettings>;

function isDayOfSomeYear(monthDay: string): boolean {
  try {
    return Temporal.PlainMonthDay.from(monthDay, { overflow: "reject" }).toString() === monthDay;
  } catch {
    return false;
  }
}
