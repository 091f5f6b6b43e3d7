import { type Policy, rulesAt } from "../policy/policy.ts";
import { secondsOfDay } from "../policy/session-hours.ts";
import { DAY_S, dayOf, type DayNumber, type HallSeconds, startOf, weekdayOf } from "./hall-time.ts";
import { addWorkdays, type WorkCalendar, workdayFrom } from "./work-calendar.ts";

/** When the ISO week of `day` is published: the next Monday at nine unless configured (AMB-46). */
export function weekPublishedAt({ profile }: Policy, day: DayNumber): HallSeconds {
  const nextMonday = day + 8 - weekdayOf(day);
  return startOf(nextMonday + profile.publish.weekday - 1) + secondsOfDay(profile.publish.at);
}

/**
 * The moment from which objections are too late (excluded); null where the regulation gives no deadline. The day of
 * publication is not counted, and a last day that is no working day moves to the next that is (AMB-07).
 */
export function objectionsCloseAt(
  policy: Policy,
  calendar: WorkCalendar,
  publishedAt: HallSeconds,
): HallSeconds | null {
  const { days, mode } = policy.profile.objection;
  if (days === null) return null;
  const published = dayOf(publishedAt);
  const last = mode === "working" ? addWorkdays(calendar, published, days) : workdayFrom(calendar, published + days);
  return startOf(last) + DAY_S;
}

export interface ObjectionVerdict {
  readonly accepted: boolean;
  /** How a late one is filed: it is kept, and has no effect. */
  readonly label: "逾期无效异议" | null;
  readonly rules: readonly string[];
}

export function objectionVerdict(
  policy: Policy,
  calendar: WorkCalendar,
  publishedAt: HallSeconds,
  at: HallSeconds,
): ObjectionVerdict {
  const closesAt = objectionsCloseAt(policy, calendar, publishedAt);
  const accepted = closesAt === null || at < closesAt;
  const rules = [...rulesAt(policy, "objection.days"), ...rulesAt(policy, "objection.mode")];
  return { accepted, label: accepted ? null : "逾期无效异议", rules };
}
