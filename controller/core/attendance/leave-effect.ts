import { type Policy, rulesAt } from "../policy/policy.ts";
import { certificateRank, ranksEnough } from "./certificates.ts";
import type { Leave, LeaveKind } from "./facts.ts";
import { dayOf, type HallSeconds } from "./hall-time.ts";
import type { Slot } from "./timetable.ts";

/** These are not asked for as leave: they need neither substitute nor a reported return. */
const DUTY_KINDS: ReadonlySet<LeaveKind> = new Set(["business", "training"]);
export const isLeaveProper = (kind: LeaveKind): boolean => kind !== "oral" && !DUTY_KINDS.has(kind);

/** A leave ends when its time is over, or when the return was reported before that. */
export const leaveEnd = ({ to, returnedAt }: Leave): HallSeconds => Math.min(to, returnedAt ?? to);

/** What stands against a leave that somebody approved: it is held until a person settles it, or it never held. */
export interface Hold {
  readonly effect: "held" | "void";
  readonly rules: readonly string[];
}

export function holdOf(policy: Policy, leave: Leave): Hold | null {
  if (leave.kind === "oral") {
    const rules = oralFault(policy, leave);
    return rules === null ? null : { effect: "void", rules };
  }
  const { certificate, priorOnly, substituteNamed } = policy.profile.leave;
  const late = leave.requestedAt !== null && leave.requestedAt >= leave.from && !leave.special;
  if (priorOnly && late && isLeaveProper(leave.kind)) {
    return { effect: "void", rules: rulesAt(policy, "leave.priorOnly") };
  }
  if (leave.kind === "sick" && !ranksEnough(certificateRank(leave.certificate), certificate)) {
    return { effect: "held", rules: rulesAt(policy, "leave.certificate") };
  }
  if (substituteNamed && leave.substitute === null && isLeaveProper(leave.kind)) {
    return { effect: "held", rules: rulesAt(policy, "leave.substituteNamed") };
  }
  return null;
}

const HOUR_S = 3600;

/**
 * ATT-09: being told is enough for as long as the oral tier goes; anything longer, or over a night, is a leave. The
 * rules that say so; null where it is enough.
 */
export function oralFault({ profile }: Policy, { from, to }: Pick<Leave, "from" | "to">): readonly string[] | null {
  const oral = profile.leave.tiers.find(({ form }) => form === "oral");
  if (dayOf(from) !== dayOf(to - 1)) return oral?.rules ?? ["default:leave.oral"];
  if (oral?.upTo === undefined || !("hours" in oral.upTo)) return null;
  return to - from > oral.upTo.hours * HOUR_S ? oral.rules : null;
}

/** The length of a leave in days: a whole session is its share of a day, part of one the same part of that share. */
export function leaveDays(leave: Pick<Leave, "from" | "to">, slots: readonly Slot[]): number {
  return slots.reduce((days, { from, to, halfDays }) => {
    const covered = Math.max(0, Math.min(leave.to, to) - Math.max(leave.from, from));
    return days + (covered / (to - from)) * (halfDays / 2);
  }, 0);
}

/** True when the leave takes effect only once a substitute has badged in (ATT-15, ATT-61). */
export function needsSubstitute(policy: Policy, leave: Pick<Leave, "kind" | "leavesPost">, days: number): boolean {
  if (leave.leavesPost === true) return policy.profile.outing.consent["substitute"] === true;
  const { substituteFrom } = policy.profile.leave;
  return substituteFrom !== null && days >= substituteFrom && isLeaveProper(leave.kind);
}

/** AMB-16: from the approved end until the return is on record; a return reported within the session is in time. */
export function isUnreturned(policy: Policy, leave: Leave, { from, to }: Slot): boolean {
  if (!policy.profile.leave.returnRequired || leave.state !== "approved" || !isLeaveProper(leave.kind)) return false;
  return from >= leave.to && (leave.returnedAt === null || leave.returnedAt >= to);
}

/** A session's ends, moved by the leave at its edges (AMB-38), and the leave that covers all of it. */
export interface MovedSlot {
  readonly from: HallSeconds;
  readonly to: HallSeconds;
  readonly whole: Leave | null;
}

export function moveEdges(slot: Slot, leaves: readonly Leave[]): MovedSlot {
  let { from, to } = slot;
  let first: Leave | null = null;
  for (let moved = true; moved && from < to; ) {
    moved = false;
    for (const leave of leaves) {
      if (leave.from <= from && leave.to > from) [from, moved, first] = [leave.to, true, first ?? leave];
      else if (leave.to >= to && leave.from < to) [to, moved, first] = [leave.from, true, first ?? leave];
    }
  }
  return { from, to, whole: from >= to ? first : null };
}
