import { accepted, type EpochMs, refused, type Result, type StaffId, unreachable } from "../../../protocol/index.ts";
import { type Actor, hasRole } from "../access/actor.ts";
import { dayNumber, type HallSeconds } from "../attendance/hall-time.ts";
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
import { leaveChain } from "./leave-filing.ts";
import type { OfficeOrder } from "./office-orders.ts";
import type { OfficeEvents } from "./office-events.ts";
import { officeRefusal, type OfficeRefusal } from "./office-refusals.ts";
import { hallNow, type Regulation, regulationOf } from "./regulation.ts";

type Filing = Omit<OfficeEvents["document.filed"], "documentId" | "document" | "beneficiaries">;
type Order = Extract<OfficeOrder, { type: "file-document" }>;

/** The office keeps so many documents at once. */
const DOCUMENTS_MAX = 200_000;

/** Takes a document, or says what in it is wrong and where. */
export function fileDocument(hall: HallView, order: Order, at: EpochMs): Result<EventDraft[], Rejection> {
  const regulation = regulationOf(hall.configuration);
  if (regulation === null) return refused(officeRefusal("attendance-off"));
  const { actor, document, documentId } = order;
  const fault = formFault(hall, order);
  if (fault !== null) return refused(fault);
  if ((hall.office?.documents.size ?? 0) >= DOCUMENTS_MAX) return refused(officeRefusal("documents-full"));
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
      return permitFiling(regulation, document);
    case "cover":
      return coverFiling(hall, regulation, document);
    case "correction":
      if ((momentIn(document.at) ?? 0) > now) return officeRefusal("in-future", "at");
      return { ...HOLDS, state: "waiting", due: [{ id: "correction", zh: "考勤更正审批" }] };
    case "objection":
      return objectionFiling(hall, regulation, document, now);
    case "return":
      return returnFiling(hall, regulation, document, now);
    case "finding":
      return (dayNumber(document.date) ?? 0) * 86_400 > now
        ? officeRefusal("in-future", "date")
        : { ...HOLDS, rules: document.finding === "proxy" ? rulesAt(policy, "proxy.penaltyBoth") : [] };
    case "meeting":
      return { ...HOLDS, rules: rulesAt(policy, "meetings.count") };
    case "lunch-duty":
      return { ...HOLDS, rules: rulesAt(policy, "lunchDuty.rotation") };
    case "shifts":
      return hasShifts(hall, document) ? officeRefusal("shifts-overlap", "date") : HOLDS;
    case "warning":
    case "step":
    case "out-of-service":
      return HOLDS;
    default:
      return unreachable(document);
  }
}

/** A day has one roster for a person: another is filed once the former is cancelled. */
const hasShifts = (hall: HallView, { person, date }: DocumentOf<"shifts">): boolean =>
  [...(hall.office?.documents.values() ?? [])].some(
    ({ document, state }) =>
      document.kind === "shifts" && state === "holds" && document.person === person && document.date === date,
  );

/** ATT-34, ATT-45: where the regulation asks for it, a permit says where they go, and a site visit how many go. */
function permitFiling({ policy }: Regulation, permit: DocumentOf<"permit">): Filing | OfficeRefusal {
  const { consent } = policy.profile.outing;
  const rules = rulesAt(policy, "outing.consent");
  if (consent["destination"] === true && permit.destination === undefined)
    return officeRefusal("destination-missing", "destination", rules);
  const isSiteVisit = permit.purpose === "site-visit";
  if (isSiteVisit && consent["people"] === true && permit.people === undefined)
    return officeRefusal("people-missing", "people", rules);
  const isAsked = Object.keys(consent).length > 0 && (isSiteVisit || consent["on"] === undefined);
  return { ...HOLDS, rules: isSiteVisit || isAsked ? rules : [] };
}

function coverFiling(hall: HallView, regulation: Regulation, cover: DocumentOf<"cover">): Filing | OfficeRefusal {
  const span = { from: dayNumber(cover.from) ?? 0, to: dayNumber(cover.to) ?? 0 };
  if (span.to - span.from > 366) return officeRefusal("leave-too-long", "to");
  const fault = coverFault(hall, regulation, { by: cover.person, covers: cover.covers }, span, "to");
  return fault ?? { ...HOLDS, rules: rulesAt(regulation.policy, "abPosts.takesOver") };
}

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
  const published = hallNow(regulation, publishedAtMs);
  const { accepted: inTime, rules } = objectionVerdict(regulation.policy, regulation.calendar, published, now);
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
