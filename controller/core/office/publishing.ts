import { accepted, type BusinessDate, type EpochMs, refused, type Result } from "../../../protocol/index.ts";
import { hasRole } from "../access/actor.ts";
import { dateOf, dayOf, startOf, type HallSeconds } from "../attendance/hall-time.ts";
import { objectionsCloseAt, weekPublishedAt } from "../attendance/publication.ts";
import type { Rejection } from "../commands.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import { secondsOfDay } from "../policy/session-hours.ts";
import { rulesAt } from "../policy/policy.ts";
import type { HallView } from "../state.ts";
import type { PublicationRequest } from "./document-request.ts";
import type { OfficeOrder } from "./office-orders.ts";
import type { PublicationKind } from "./office-events.ts";
import { officeRefusal } from "./office-refusals.ts";
import type { Publication } from "./office-state.ts";
import { type DaySpan, daysOf, endsAt, monthOf, weekOf } from "./periods-named.ts";
import { hallNow, instantOf, type Regulation, regulationOf, slotsOn } from "./regulation.ts";

type Order = Extract<OfficeOrder, { type: "publish-attendance" }>;

/** The version that hangs now; null when none does. */
export function latestOf(hall: HallView, what: PublicationKind, period: string): Publication | null {
  const versions = [...(hall.office?.publications.values() ?? [])].filter(
    (entry) => entry.what === what && entry.period === period,
  );
  return versions.toSorted((a, b) => a.version - b.version).at(-1) ?? null;
}

/** From the end of the objections on a sheet stays as it is; what is learnt later goes into the next period. */
export const isLocked = ({ objectionsCloseAtMs }: Pick<Publication, "objectionsCloseAtMs">, at: number): boolean =>
  objectionsCloseAtMs !== null && at >= objectionsCloseAtMs;

/** Every terminal has reported past the last session of these days (principle 5). */
export function isReported(hall: HallView, regulation: Regulation, span: DaySpan): boolean {
  let last: HallSeconds = 0;
  for (let day = span.to; day >= span.from && last === 0; day -= 1) last = slotsOn(regulation, day).at(-1)?.to ?? 0;
  return last === 0 || (hall.office?.reportedUntilMs ?? 0) >= instantOf(last, regulation.zone);
}

/** Hangs up a sheet: once its days are over and settled, and again when late data changed it. */
export function publishAttendance(hall: HallView, order: Order, at: EpochMs): Result<EventDraft[], Rejection> {
  const regulation = regulationOf(hall.configuration);
  if (regulation === null) return refused(officeRefusal("attendance-off"));
  const { actor, publication, sheet, publicationId } = order;
  if (actor !== null && !hasRole(actor, ["manager", "office"])) return refused(officeRefusal("not-yours"));
  const span = daysOf(publication.period);
  if (span === null || !fits(publication)) return refused(officeRefusal("date-invalid", "period"));
  const now = hallNow(regulation, at);
  if (now < endsAt(span)) return refused(officeRefusal("not-over", "period"));
  if (!isReported(hall, regulation, span)) return refused(officeRefusal("not-reported", "period"));
  const former = latestOf(hall, publication.what, publication.period);
  if (former !== null && isLocked(former, at)) return refused(officeRefusal("locked", "period"));
  if (former?.digest === sheet.digest) return refused(officeRefusal("unchanged", "period"));
  const closes = objectionsCloseAt(regulation.policy, regulation.calendar, now);
  const data = {
    publicationId,
    what: publication.what,
    period: publication.period,
    from: dateOf(span.from) as BusinessDate,
    to: dateOf(span.to) as BusinessDate,
    version: (former?.version ?? 0) + 1,
    objectionsCloseAtMs: closes === null ? null : instantOf(closes, regulation.zone),
    ...sheet,
    ...(publication.what === "month" ? monthlyReport(regulation) : { rules: publicationRules(regulation) }),
  };
  const by = actor === null ? CONTROLLER : ({ kind: "account", accountId: actor.id } as const);
  return accepted([draft("attendance.published", data, by)]);
}

const fits = ({ what, period }: PublicationRequest): boolean =>
  what === "absence" || period.includes("W") === (what === "week");

/** ATT-19, ATT-30: a month goes to whom the regulation names, each unit's own people to that unit. */
const monthlyReport = ({ policy }: Regulation) => {
  const { to } = policy.profile.report;
  const sentTo = to.map(({ id, zh }) => ({ id, zh }));
  return { rules: rulesAt(policy, "report.every"), ...(sentTo.length > 0 && { sentTo }) };
};

const publicationRules = ({ policy }: Regulation): readonly string[] => [
  ...new Set([...rulesAt(policy, "publish.every"), ...rulesAt(policy, "publish.weekday")]),
];

/** What the regulation's clock says should hang by now and does not: the last week, the last month. */
export function publicationsDue(hall: HallView, at: EpochMs): PublicationRequest[] {
  const regulation = regulationOf(hall.configuration);
  const { office } = hall;
  if (regulation === null || office === null) return [];
  const { profile } = regulation.policy;
  const now = hallNow(regulation, at);
  const today = dayOf(now);
  const due: PublicationRequest[] = [];
  const lastWeek = weekOf(today - 7);
  const weekly = profile.publish.every === "week" && now >= weekPublishedAt(regulation.policy, today - 7);
  if (weekly) due.push({ what: "week", period: lastWeek });
  const firstOfMonth = today - Number(dateOf(today).slice(8)) + 1;
  const monthly = profile.publish.every === "month" || profile.report.every === "month";
  const hour = startOf(firstOfMonth) + secondsOfDay(profile.publish.at);
  if (monthly && now >= hour) due.push({ what: "month", period: monthOf(firstOfMonth - 1) });
  return due.filter(({ what, period }) => {
    const span = daysOf(period);
    if (span === null || latestOf(hall, what, period) !== null) return false;
    return instantOf(endsAt(span), regulation.zone) > office.sinceMs && isReported(hall, regulation, span);
  });
}
