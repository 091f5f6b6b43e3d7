import { accepted, type EpochMs, refused, type Result } from "../../../protocol/index.ts";
import { type Actor, hasRole } from "../access/actor.ts";
import type { Rejection } from "../commands.ts";
import { draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { HallView } from "../state.ts";
import { answersItself, isOwnGain } from "./file-document.ts";
import { holdsOffice, isOfUnit, attendanceOf } from "./filing-rights.ts";
import { approvalFault } from "./leave-filing.ts";
import type { Decision, DocumentState, Office } from "./office-events.ts";
import type { OfficeOrder } from "./office-orders.ts";
import { officeRefusal, type OfficeRefusal } from "./office-refusals.ts";
import type { FiledDocument } from "./office-state.ts";
import { type Regulation, regulationOf } from "./regulation.ts";

type Order = Extract<OfficeOrder, { type: "sign-document" }>;
type Filed = Pick<
  FiledDocument,
  "document" | "filedBy" | "beneficiaries" | "due" | "parallel" | "state" | "signed" | "certificate"
>;

/** Offices that have not signed yet, in their order. */
export const stillDue = ({ due, signed, state }: Pick<Filed, "due" | "signed" | "state">): readonly Office[] =>
  state === "waiting"
    ? due.filter(({ id }) => !signed.some(({ role, decision }) => role === id && decision === "approve"))
    : [];

/** Approves, refuses or cancels. Whoever signs neither asked for it nor gains by it. */
export function signDocument(hall: HallView, order: Order, _at: EpochMs): Result<EventDraft[], Rejection> {
  const regulation = regulationOf(hall.configuration);
  if (regulation === null) return refused(officeRefusal("attendance-off"));
  const { actor, decision: asked, documentId } = order;
  const filed = hall.office?.documents.get(documentId);
  if (filed === undefined) return refused(officeRefusal("unknown-document"));
  if (asked.evidence !== undefined && hall.office?.evidence.get(asked.evidence)?.keptBy !== actor.id)
    return refused(officeRefusal("unknown-evidence", "evidence"));
  const verdict = asked.decision === "cancel" ? cancelled(actor, filed) : judged(hall, regulation, order, filed);
  if ("code" in verdict) return refused(verdict);
  const data = {
    documentId,
    decision: asked.decision,
    role: verdict.role,
    note: asked.note ?? "",
    certificate: asked.certificate ?? null,
    evidence: asked.evidence ?? null,
    state: verdict.state,
  };
  return accepted([draft("document.signed", data, { kind: "account", accountId: actor.id })]);
}

/** What somebody may decide now. `hindrance`: what would still keep their approval back. */
export interface OpenDecisions {
  readonly decisions: readonly Decision[];
  readonly hindrance: OfficeRefusal | null;
}

/** By the very rules that would refuse the decision. */
export function openDecisions(hall: HallView, actor: Actor, filed: Filed): OpenDecisions {
  const regulation = regulationOf(hall.configuration);
  if (regulation === null) return { decisions: [], hindrance: null };
  const judge = (decision: "approve" | "refuse") => judged(hall, regulation, { actor, decision: { decision } }, filed);
  const isMine = !("code" in judge("refuse"));
  const approval = isMine ? judge("approve") : null;
  const mayCancel = !("code" in cancelled(actor, filed));
  return {
    decisions: [...(isMine ? (["approve", "refuse"] as const) : []), ...(mayCancel ? (["cancel"] as const) : [])],
    hindrance: approval !== null && "code" in approval ? approval : null,
  };
}

interface Judged {
  readonly role: string;
  readonly state: DocumentState;
}

/** Taken back by who filed it while it waits, and by the office or a manager also when it holds. It stays on record. */
function cancelled(actor: Actor, filed: Filed): Judged | OfficeRefusal {
  const { state, filedBy, beneficiaries } = filed;
  if (state !== "waiting" && state !== "holds") return officeRefusal("not-waiting");
  const isOwn = filedBy === actor.id || isOwnGain(actor, beneficiaries);
  if (state === "waiting" && isOwn) return { role: "requester", state: "cancelled" };
  if (isOwn && filed.document.kind !== "leave") return officeRefusal("own-benefit");
  if (isOwn || hasRole(actor, ["manager", "office"]))
    return { role: isOwn ? "requester" : "office", state: "cancelled" };
  return officeRefusal("not-an-approver");
}

function judged(
  hall: HallView,
  regulation: Regulation,
  { actor, decision }: Pick<Order, "actor" | "decision">,
  filed: Filed,
): Judged | OfficeRefusal {
  if (filed.state !== "waiting") return officeRefusal("not-waiting");
  if (filed.filedBy === actor.id) return officeRefusal("own-request");
  if (isOwnGain(actor, filed.beneficiaries)) return officeRefusal("own-benefit");
  if (filed.signed.some(({ by }) => by === actor.id)) return officeRefusal("twice");
  const open = stillDue(filed);
  const mine = open.filter((office) => maySign(hall, actor, office, filed) && (decision.as ?? office.id) === office.id);
  const [office] = mine;
  if (office === undefined) return officeRefusal("not-an-approver", "as", rulesOf(filed));
  if (!filed.parallel && open[0] !== office) return officeRefusal("not-in-turn", "as", rulesOf(filed));
  if (decision.decision === "refuse") return { role: office.id, state: "refused" };
  if (open.length > 1) return { role: office.id, state: "waiting" };
  const { document } = filed;
  const certificate = decision.certificate ?? filed.certificate;
  const fault = document.kind === "leave" ? approvalFault(hall, regulation, document, certificate) : null;
  return fault ?? { role: office.id, state: "holds" };
}

const rulesOf = (filed: Filed): readonly string[] => ("rules" in filed ? (filed.rules as readonly string[]) : []);

/** Whether this account is one of those who sign the document in this office. */
export function maySign(
  hall: HallView,
  actor: Actor,
  office: Office,
  { beneficiaries }: Pick<Filed, "beneficiaries">,
): boolean {
  const [person = ""] = beneficiaries;
  if (office.id === "correction" || office.id === "objection") {
    if (!answersItself(actor, office.id)) return false;
    const onlyHead = !hasRole(actor, ["manager", "inspector", "office"]);
    return !onlyHead || isOfUnit(attendanceOf(hall), actor, person);
  }
  return holdsOffice(hall, actor, office, person);
}
