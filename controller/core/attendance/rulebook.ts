import { type Policy, rulesAt } from "../policy/policy.ts";

/** Which rules give what: looked up once per policy, not once per verdict. */
export interface Rulebook {
  readonly attended: readonly string[];
  readonly late: readonly string[];
  readonly slightLate: readonly string[];
  readonly absentByLateness: readonly string[];
  readonly missingIn: readonly string[];
  readonly early: readonly string[];
  readonly missingOut: readonly string[];
  readonly neither: readonly string[];
  readonly outing: readonly string[];
  readonly outingForbidden: readonly string[];
  readonly proxy: readonly string[];
  readonly unapproved: readonly string[];
  readonly unreturned: readonly string[];
  readonly substitute: readonly string[];
  readonly ready: readonly string[];
  readonly desk: readonly string[];
  readonly meetings: readonly string[];
}

export function rulebookOf(policy: Policy): Rulebook {
  const at = (path: string): readonly string[] => rulesAt(policy, path);
  const attended = [...at("signin.perSession"), ...at("signout.required")].filter((id) => id.startsWith("ATT-"));
  return {
    attended: attended.length > 0 ? [...new Set(attended)] : at("signin.device"),
    late: at("late.countFrom"),
    slightLate: ["AMB-04"],
    absentByLateness: at("late.absentFrom"),
    missingIn: at("missingIn"),
    early: at("early.countOver"),
    missingOut: at("missingOut"),
    neither: at("absence.neither"),
    outing: at("outing.absentOver"),
    outingForbidden: at("outing.forbidden"),
    proxy: at("proxy.penaltyBoth"),
    unapproved: at("leave.unapproved"),
    unreturned: at("leave.returnRequired"),
    substitute: at("leave.substituteFrom"),
    ready: at("signin.ready"),
    desk: at("signin.device"),
    meetings: at("meetings.count"),
  };
}
