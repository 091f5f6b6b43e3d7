import type { EpochMs } from "../../../protocol/index.ts";
import type { BadgeEffect } from "../events.ts";
import type { InputContext } from "../inputs/context.ts";
import type { Person } from "../staff/authority.ts";
import { bookedSessionAt } from "../staff/sessions.ts";

const COMING: ReadonlySet<BadgeEffect> = new Set(["sign-on", "recorded-repeat"]);

/**
 * The badges of somebody whose window opened to a booked slot outside the hours (HRS-24), from their sign-on to their
 * sign-off. They speak for that slot alone: they are no arrival at a session of the day, and no departure from it.
 */
export function isOfBookedSlot({ hall, occurred }: InputContext, { id }: Person, effect: BadgeEffect): boolean {
  const member = hall.staff.get(id);
  if (hall.appointments === null || member === undefined) return false;
  const since: EpochMs | null = member.onDutyAt === null ? null : member.onDutySinceMs;
  if (since === null && !COMING.has(effect)) return false;
  return bookedSessionAt(hall, id, since ?? occurred.earliest) !== null;
}
