import { accepted, type EpochMs, refused, type Result } from "../../../protocol/index.ts";
import { type Actor, hasRole } from "../access/actor.ts";
import type { Rejection } from "../commands.ts";
import { draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { HallView } from "../state.ts";
import { answersItself, isOwnGain } from "./file-document.ts";
import { delegateFault, isDelegate } from "./delegates.ts";
import { holdsOffice, isOfUnit, attendanceOf } from "./filing-rights.ts";
import { isKeptBy } from "./kept-paper.ts";
import { approvalFault, spanOf } from "./leave-filing.ts";
import type { Decision, DocumentState, Office } from "./office-events.ts";
import type { OfficeOrder } from "./office-orders.ts";
import { officeRefusal, type OfficeRefusal } from "./office-refusals.ts";
import type { FiledDocument } from "./office-state.ts";
import { papersShown } from "./papers-shown.ts";
import { hallNow, type Regulation, regulationOf } from "./regulation.ts";

type Order = Extract<OfficeOrder, { type: "sign-document" }>;
type Filed = Pick<
  FiledDocument,
  "document" | "filedBy" | "beneficiaries" | "due" | "parallel" | "state" | "signed" | "certificate" | "evidence"
>;

/** Offices that have not signed yet, in their order. */
export const stillDue = ({ due, signed, state }: Pick<Filed, "due" | "signed" | "state">): readonly Office[] =>
  state === "waiting"
    ? due.filter(({ id }) => !signed.some(({ role, decision }) => role === id && decision === "approve"))
    : [];

/** Approves, refuses or cancels. Whoever signs neither asked for it nor gains by it. */
export function signDocument(hall: HallView, order: Order, at: EpochMs): Result<EventDraft[], Rejection> {
  const regulation = regulationOf(hall.configuration);
  if (regulation === null) return refused(officeRefusal("attendance-off"));
  const { actor, decision: asked, documentId } = order;
  const filed = hall.office?.documents.get(documentId);
  if (filed === undefined) return refused(officeRefusal("unknown-document"));
  if (asked.evidence !== undefined && !isKeptBy(hall, asked.evidence, actor.id))
    return refused(officeRefusal("unknown-evidence", "evidence"));
  const verdict =
    asked.decision === "cancel"
      ? cancelled({ regulation, at }, actor, filed)
      : judged({ hall, regulation, at }, order, filed);
  if ("code" in verdict) return refused(verdict);
  const data = {
    documentId,
    decision: asked.decision,
    role: verdict.role,
    ...(verdict.delegate !== undefined && { delegate: verdict.delegate }),
    note: asked.note ?? "",
    certificate: asked.certificate ?? null,
    ...(asked.unitOpinion === true && { unitOpinion: asked.unitOpinion }),
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
  const seen = { hall, regulation, at: hall.lastRecordedAtMs };
  // What a delegate has to note is asked for when they sign.
  const judge = (decision: "approve" | "refuse") => judged(seen, { actor, decision: { decision, note: "…" } }, filed);
  const isMine = !("code" in judge("refuse"));
  const approval = isMine ? judge("approve") : null;
  const mayCancel = !("code" in cancelled(seen, actor, filed));
  return {
    decisions: [...(isMine ? (["approve", "refuse"] as const) : []), ...(mayCancel ? (["cancel"] as const) : [])],
    hindrance: approval !== null && "code" in approval ? approval : null,
  };
}

interface Judged {
  readonly role: string;
  readonly delegate?: Office["delegate"];
  readonly state: DocumentState;
}

/**
 * Taken back by who filed it while it waits, and by the office or a manager also when it holds; one's own leave until
 * it begins. It stays on record.
 */
function cancelled({ regulation, at }: Omit<Seen, "hall">, actor: Actor, filed: Filed): Judged | OfficeRefusal {
  const { state, filedBy, beneficiaries } = filed;
  if (state !== "waiting" && state !== "holds") return officeRefusal("not-waiting");
  const isOwn = filedBy === actor.id || isOwnGain(actor, beneficiaries);
  if (state === "waiting" && isOwn) return { role: "requester", state: "cancelled" };
  const { document } = filed;
  if (isOwn && document.kind !== "leave") return officeRefusal("own-benefit");
  if (isOwn && document.kind === "leave" && hallNow(regulation, at) >= spanOf(document).from)
    return officeRefusal("leave-begun");
  if (isOwn || hasRole(actor, ["manager", "office"]))
    return { role: isOwn ? "requester" : "office", state: "cancelled" };
  return officeRefusal("not-an-approver");
}

interface Seen {
  readonly hall: HallView;
  readonly regulation: Regulation;
  readonly at: EpochMs;
}

function judged(
  seen: Seen,
  { actor, decision }: Pick<Order, "actor" | "decision">,
  filed: Filed,
): Judged | OfficeRefusal {
  if (filed.state !== "waiting") return officeRefusal("not-waiting");
  if (filed.filedBy === actor.id) return officeRefusal("own-request");
  if (isOwnGain(actor, filed.beneficiaries)) return officeRefusal("own-benefit");
  if (filed.signed.some(({ by }) => by === actor.id)) return officeRefusal("twice");
  const { hall, regulation } = seen;
  const open = stillDue(filed);
  const signs = (office: Office) => maySign(hall, actor, office, filed) || isDelegate(hall, actor, office);
  const mine = open.filter((office) => signs(office) && (decision.as ?? office.id) === office.id);
  const [office] = mine;
  if (office === undefined) return officeRefusal("not-an-approver", "as", rulesOf(filed));
  if (!filed.parallel && open[0] !== office) return officeRefusal("not-in-turn", "as", rulesOf(filed));
  const forAnother = !maySign(hall, actor, office, filed);
  const unfit = forAnother ? delegateFault(seen, office, decision.note, rulesOf(filed)) : null;
  if (unfit !== null) return unfit;
  const signed = { role: office.id, ...(forAnother && { delegate: office.delegate }) };
  if (decision.decision === "refuse") return { ...signed, state: "refused" };
  if (open.length > 1) return { ...signed, state: "waiting" };
  const { document } = filed;
  const papers = papersShown(filed, decision);
  const fault = document.kind === "leave" ? approvalFault(hall, regulation, document, papers) : null;
  return fault ?? { ...signed, state: "holds" };
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
