import type { Policy } from "../policy/policy.ts";
import type { Tier } from "../policy/profile.ts";
import { certificateRank, ranksEnough } from "./certificates.ts";
import type { Leave, LeaveKind } from "./facts.ts";

/** How long a leave is, in working time and in days of work. */
export interface LeaveLength {
  readonly workS: number;
  readonly days: number;
}

const HOUR_S = 3600;
/** Fractions of days are sums of fractions of sessions: as good as equal. */
const NEARLY = 1e-9;

/** The tier a leave of this length belongs to (AMB-13: an upper bound belongs to the lower tier). */
export function tierOf({ profile }: Policy, length: LeaveLength): Tier | null {
  return profile.leave.tiers.find((tier) => fits(tier, length)) ?? null;
}

function fits({ upTo, below }: Tier, { workS, days }: LeaveLength): boolean {
  if (upTo !== undefined) return "hours" in upTo ? workS <= upTo.hours * HOUR_S : days <= upTo.days + NEARLY;
  if (below !== undefined) return "hours" in below ? workS < below.hours * HOUR_S : days < below.days - NEARLY;
  return true;
}

export interface ApprovalChain {
  readonly form: Tier["form"] | null;
  readonly unit: Tier["unit"] | null;
  /** In this order, or side by side. */
  readonly approvers: Tier["approvers"];
  readonly parallel: boolean;
  readonly filedWith: Tier["approvers"];
  readonly returnReport: boolean;
  readonly rules: readonly string[];
}

/** Who must say yes, and where the paper goes. Null where the regulation says nothing: the hall decides. */
export function approvalChain(policy: Policy, kind: LeaveKind, length: LeaveLength): ApprovalChain | null {
  const { leave } = policy.profile;
  const plain = { form: null, unit: null, parallel: leave.approval === "parallel", returnReport: leave.returnRequired };
  if (kind === "business" && leave.business.length > 0) {
    return { ...plain, approvers: leave.business, filedWith: leave.filedWith, rules: [] };
  }
  const tier = tierOf(policy, length);
  if (tier === null && leave.sequence.length === 0) return null;
  return {
    ...plain,
    form: tier?.form ?? null,
    unit: tier?.unit ?? null,
    approvers: tier?.approvers ?? leave.sequence,
    filedWith: tier?.filedWith ?? leave.filedWith,
    returnReport: tier?.returnReport ?? leave.returnRequired,
    rules: tier?.rules ?? [],
  };
}

export interface Approval {
  readonly by: string;
  readonly role: string;
}

export type ApprovalFault = "not-in-turn" | "not-an-approver" | "own-request" | "own-benefit" | "twice";

/** Nobody approves what they asked for or what they gain by. In a sequence each waits for the one before. */
export function nextApprovalFault(
  chain: ApprovalChain,
  given: readonly Approval[],
  next: Approval,
  { requester, beneficiary }: { readonly requester: string; readonly beneficiary: string },
): ApprovalFault | null {
  if (next.by === requester) return "own-request";
  if (next.by === beneficiary) return "own-benefit";
  const at = chain.approvers.findIndex(({ id }) => id === next.role);
  if (at === -1) return "not-an-approver";
  if (given.some(({ role }) => role === next.role)) return "twice";
  return chain.parallel || at === given.length ? null : "not-in-turn";
}

/** ATT-14, ATT-26: a sick leave without its paper can wait, not be approved. */
export function certificateVerdict(policy: Policy, leave: Pick<Leave, "kind" | "certificate">): "held" | "approvable" {
  const needed = policy.profile.leave.certificate;
  if (leave.kind !== "sick") return "approvable";
  return ranksEnough(certificateRank(leave.certificate), needed) ? "approvable" : "held";
}
