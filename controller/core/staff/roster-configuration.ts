import { z } from "zod";
import { BadgeDigest, Bilingual, CounterId, StaffId } from "../../../protocol/index.ts";

/** Windows one person may be named for: no hall has more. */
const WINDOWS_MAX = 500;
const windows = z.array(CounterId).max(WINDOWS_MAX);

/** What somebody may be in the hall. Who has several acts in the one they are on duty in. */
export const StaffRole = z.enum(["clerk", "inspector", "technician"]);
export type StaffRole = z.infer<typeof StaffRole>;

export const StaffConfiguration = z.strictObject({
  id: StaffId,
  name: z.string().min(1).max(32),
  post: Bilingual,
  number: z.string().min(1).max(16),
  badges: z.array(BadgeDigest).max(4),
  /** Lost or withdrawn: kept as evidence when presented, and shown as unknown. */
  revokedBadges: z.array(BadgeDigest).max(16).default([]),
  roles: z.array(StaffRole).min(1).max(3).default(["clerk"]),
  /** Windows of this person's own: rostered there, the A post (ATT-57). */
  counters: windows,
  /** Windows where this person is the B post, and covers whoever is away (ATT-57). */
  backup: windows.default([]),
  /** Windows where this person may stand in when A and B are both away (ATT-59). */
  admitted: windows.default([]),
  /** First day at the windows of this hall: the register of postings (ATT-69). */
  postedOn: z.iso.date().optional(),
  /** False: may not sign on at any window yet. */
  trained: z.boolean().default(true),
});

/** Who keeps the hall open over noon (HRS-13), on weekdays (1 Monday to 7 Sunday), on dates, or every day. */
export const LunchDutyConfiguration = z.strictObject({
  staff: z.array(StaffId).min(1).max(64),
  weekdays: z.array(z.int().min(1).max(7)).max(7).optional(),
  dates: z.array(z.iso.date()).max(400).optional(),
});

/** A terminal that is no window: people sign in at it, at the entrance or in a meeting room (ATT-58). */
export const DeskKind = z.enum(["desk", "meeting-room"]);
export type DeskKind = z.infer<typeof DeskKind>;
