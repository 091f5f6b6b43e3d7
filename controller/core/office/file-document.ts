import { accepted, type EpochMs, refused, type Result, type StaffId, unreachable } from "../../../protocol/index.ts";
import { type Actor, hasRole } from "../access/actor.ts";
import { DAY_S, dayNumber, dayOf, type HallSeconds } from "../attendance/hall-time.ts";
import { oralFault } from "../attendance/leave-effect.ts";
import { objectionVerdict } from "../attendance/publication.ts";
import type { Rejection } from "../commands.ts";
import { draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import { rulesAt } from "../policy/policy.ts";
import type { HallView } from "../state.ts";
import { coverFault } from "./cover-plans.ts";
import { formFault, momentIn, peopleIn } from "./document-form.ts";
import type { DocumentOf, DocumentRequest } from "./document-request.ts";
import { mayFile } from "./filing-rights.ts";
import { isAwayDuring, leaveChain, spanOf } from "./leave-filing.ts";
import type { OfficeOrder } from "./office-orders.ts";
import type { OfficeEvents } from "./office-events.ts";
import { officeRefusal, type OfficeRefusal } from "./office-refusals.ts";
import { postingFiling } from "./postings.ts";
import { hallNow, type Regulation, regulationOf } from "./regulation.ts";
import { rosterOf, shiftsOf } from "./rosters.ts";

type Filing = Omit<OfficeEvents["document.filed"], "documentId" | "document" | "beneficiaries">;
type Order = Extract<OfficeOrder, { type: "file-document" }>;

/** The office keeps so many documents at once. */
const DOCUMENTS_MAX = 200_000;
/** Of somebody who files for themselves alone. */
export const WAITING_OF_ONE_MAX = 40;

function isFlooding(hall: HallView, actor: Actor): boolean {
  if (hasRole(actor, ["head", "manager", "inspector", "office"])) return false;
  let waiting = 0;
  for (const { filedBy, state } of hall.office?.documents.values() ?? [])
    if (filedBy === actor.id && state === "waiting") waiting += 1;
  return waiting >= WAITING_OF_ONE_MAX;
}

/** Takes a document, or says what in it is wrong and where. */
export function fileDocument(hall: HallView, order: Order, at: EpochMs): Result<EventDraft[], Rejection> {
  const regulation = regulationOf(hall.configuration);
  if (regulation === null) return refused(officeRefusal("attendance-off"));
  const { actor, document, documentId } = order;
  const fault = formFault(hall, order);
  if (fault !== null) return refused(fault);
  if ((hall.office?.documents.size ?? 0) >= DOCUMENTS_MAX) return refused(officeRefusal("documents-full"));
  if (isFlooding(hall, actor)) return refused(officeRefusal("waiting-full"));
  const beneficiaries = peopleIn(document, (id) => leaverOf(hall, id));
  if (!mayFile(hall, actor, document.kind, beneficiaries)) return refused(officeRefusal("not-yours"));
  const filing = filingOf(hall, regulation, document, hallNow(regulation, at));
  if ("code" in filing) return refused(filing);
  if (filing.state === "holds" && isOwnGain(actor, beneficiaries))
    return refused(officeRefusal("own-benefit", "person"));
  const data = { documentId, document, beneficiaries, ...filing };
  return accepted([draft("document.filed", data, { kind: "account", accountId: actor.id })]);
}

const leaverOf = (hall: HallView, documentId: string): StaffId | null => {
  const document = hall.office?.documents.get(documentId)?.document;
  return document?.kind === "leave" ? document.person : null;
};

export const isOwnGain = ({ staffId }: Actor, beneficiaries: readonly StaffId[]): boolean =>
  staffId !== undefined && beneficiaries.includes(staffId);

const HOLDS: Filing = { state: "holds", due: [], parallel: false, filedWith: [], rules: [], days: null };
const CORRECTS: Filing = { ...HOLDS, state: "waiting", due: [{ id: "correction", zh: "考勤更正审批" }] };

function filingOf(
  hall: HallView,
  regulation: Regulation,
  document: DocumentRequest,
  now: HallSeconds,
): Filing | OfficeRefusal {
  const { policy } = regulation;
  switch (document.kind) {
    case "leave": {
      const chain = leaveChain(hall, regulation, document, now);
      return "code" in chain ? chain : { state: "waiting", ...chain };
    }
    case "permit":
      return permitFiling(hall, regulation, document);
    case "cover":
      return coverFiling(hall, regulation, document);
    case "correction":
      if ((momentIn(document.at) ?? 0) > now) return officeRefusal("in-future", "at");
      return CORRECTS;
    case "objection":
      return objectionFiling(hall, regulation, document, now);
    case "return":
      return returnFiling(hall, regulation, document, now);
    case "finding":
      if ((dayNumber(document.date) ?? 0) * DAY_S > now) return officeRefusal("in-future", "date");
      return document.persons.some((person) => hasSession(hall, regulation, person, document))
        ? { ...HOLDS, rules: findingRules(regulation, document) }
        : officeRefusal("no-session", "session");
    case "posting": {
      const filing = postingFiling(regulation, document, now);
      return "code" in filing ? filing : { ...HOLDS, state: "waiting", ...filing };
    }
    case "meeting":
      return { ...HOLDS, rules: rulesAt(policy, "meetings.count") };
    case "lunch-duty":
      return { ...HOLDS, rules: rulesAt(policy, "lunchDuty.rotation") };
    case "shifts":
      if (hasShifts(hall, document)) return officeRefusal("shifts-overlap", "date");
      // What a day was like is not one person's word once it has begun.
      return firstWork(regulation, document) > now ? HOLDS : CORRECTS;
    case "warning":
    case "step":
    case "out-of-service":
      return HOLDS;
    default:
      return unreachable(document);
  }
}

const findingRules = ({ policy }: Regulation, { finding }: DocumentOf<"finding">): readonly string[] => {
  if (finding === "proxy") return rulesAt(policy, "proxy.penaltyBoth");
  return policy.profile.ladder.flatMap(({ on, rules }) => (on.some((kind) => kind === finding) ? rules : []));
};

/** When the day begins, by the hall's hours or the shifts, whichever is earlier. */
function firstWork({ timetable }: Regulation, document: DocumentOf<"shifts">): HallSeconds {
  const day = dayNumber(document.date) ?? 0;
  const own = shiftsOf(document).flatMap(([, shifts]) => shifts.map(({ fromS }) => day * DAY_S + fromS));
  return Math.min(...timetable.on(day).slots.map(({ from }) => from), ...own);
}

/** A day has one roster for a person: another is filed once the former is cancelled. */
const hasShifts = (hall: HallView, { person, date }: DocumentOf<"shifts">): boolean =>
  [...(hall.office?.documents.values() ?? [])].some(
    ({ document, state }) =>
      document.kind === "shifts" &&
      (state === "holds" || state === "waiting") &&
      document.person === person &&
      document.date === date,
  );

/** ATT-34, ATT-45, ATT-61: where the text asks for it, a permit says where they go, how many, and who stands in. */
function permitFiling(hall: HallView, { policy }: Regulation, permit: DocumentOf<"permit">): Filing | OfficeRefusal {
  const { consent } = policy.profile.outing;
  const tooLong = permitTooLong(policy, permit);
  if (tooLong !== null) return tooLong;
  const rules = rulesAt(policy, "outing.consent");
  if (consent["destination"] === true && permit.destination === undefined)
    return officeRefusal("destination-missing", "destination", rules);
  if (consent["substitute"] === true && permit.substitute === undefined)
    return officeRefusal("substitute-missing", "substitute", rules);
  const { from, to } = spanOf(permit);
  if (permit.substitute !== undefined && isAwayDuring(hall, permit.substitute, from, to))
    return officeRefusal("substitute-away", "substitute", rules);
  const isSiteVisit = permit.purpose === "site-visit";
  if (isSiteVisit && consent["people"] === true && permit.people === undefined)
    return officeRefusal("people-missing", "people", rules);
  const isAsked = Object.keys(consent).length > 0 && (isSiteVisit || consent["on"] === undefined);
  return { ...HOLDS, rules: isSiteVisit || isAsked ? rules : [] };
}

/** A personal one as far as being told is enough; over a night every one is a leave. */
function permitTooLong(policy: Regulation["policy"], permit: DocumentOf<"permit">): OfficeRefusal | null {
  const { from, to } = spanOf(permit);
  if (dayOf(from) !== dayOf(to - 1)) return officeRefusal("leave-too-long", "to");
  const rules = permit.purpose === "personal" ? oralFault(policy, { from, to }) : null;
  return rules === null ? null : officeRefusal("leave-too-long", "to", rules);
}

function coverFiling(hall: HallView, regulation: Regulation, cover: DocumentOf<"cover">): Filing | OfficeRefusal {
  const span = { from: dayNumber(cover.from) ?? 0, to: dayNumber(cover.to) ?? 0 };
  if (span.to - span.from > 366) return officeRefusal("leave-too-long", "to");
  const fault = coverFault(hall, regulation, { by: cover.person, covers: cover.covers }, span, "to");
  return fault ?? { ...HOLDS, rules: rulesAt(regulation.policy, "abPosts.takesOver") };
}

/** Whether somebody had to be there then, by their own shifts where they have some. */
function hasSession(
  hall: HallView,
  { timetable }: Regulation,
  person: StaffId,
  { date, session }: Pick<DocumentOf<"objection">, "date" | "session">,
): boolean {
  const plan = timetable.planFor(rosterOf(hall, person), dayNumber(date) ?? 0);
  return plan.isWorkday && plan.slots.some(({ name }) => name === session);
}

const hasObjection = (hall: HallView, asked: DocumentOf<"objection">): boolean =>
  [...(hall.office?.documents.values() ?? [])].some(
    ({ document, state }) =>
      document.kind === "objection" &&
      state === "waiting" &&
      document.person === asked.person &&
      document.publication === asked.publication &&
      document.date === asked.date &&
      document.session === asked.session,
  );

/** ATT-18: a late objection is kept as 逾期无效异议 and has no effect. */
function objectionFiling(
  hall: HallView,
  regulation: Regulation,
  objection: DocumentOf<"objection">,
  now: HallSeconds,
): Filing | OfficeRefusal {
  const publication = hall.office?.publications.get(objection.publication);
  if (publication === undefined) return officeRefusal("unknown-publication", "publication");
  const { from, to, publishedAtMs } = publication;
  if (objection.date < from || objection.date > to) return officeRefusal("not-published", "date");
  if (!hasSession(hall, regulation, objection.person, objection)) return officeRefusal("no-session", "session");
  const published = hallNow(regulation, publishedAtMs);
  const { accepted: inTime, rules } = objectionVerdict(regulation.policy, regulation.calendar, published, now);
  if (inTime && hasObjection(hall, objection)) return officeRefusal("objection-open", "session");
  const due = inTime ? [{ id: "objection", zh: "异议答复" }] : [];
  return { ...HOLDS, state: inTime ? "waiting" : "late", due, rules };
}

function returnFiling(
  hall: HallView,
  regulation: Regulation,
  { leave, at }: DocumentOf<"return">,
  now: HallSeconds,
): Filing | OfficeRefusal {
  const filed = hall.office?.documents.get(leave);
  if (filed?.document.kind !== "leave") return officeRefusal("unknown-document", "leave");
  if (filed.state !== "holds") return officeRefusal("not-waiting", "leave");
  if ((momentIn(at) ?? 0) > now) return officeRefusal("in-future", "at");
  if ((momentIn(at) ?? 0) < (momentIn(filed.document.from) ?? 0)) return officeRefusal("leave-reversed", "at");
  return { ...HOLDS, rules: rulesAt(regulation.policy, "leave.returnRequired") };
}

/** Who answers what the hall itself decides: corrections and objections. Product default. */
export const answersItself = (actor: Actor, officeId: string): boolean => {
  if (officeId === "correction") return hasRole(actor, ["head", "manager", "office"]);
  return officeId === "objection" && hasRole(actor, ["manager", "inspector", "office"]);
};
