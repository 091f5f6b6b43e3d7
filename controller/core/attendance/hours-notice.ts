import { type Policy, rulesAt } from "../policy/policy.ts";
import type { HallSeconds } from "./hall-time.ts";

export type HoursNotice =
  | { readonly accepted: true; readonly shownFrom: HallSeconds; readonly rules: readonly string[] }
  | { readonly accepted: false; readonly code: "NOT_IN_ADVANCE"; readonly rules: readonly string[] };

/** HRS-12: other hours are told before they hold, and shown from the moment they are told. */
export function hoursNotice(policy: Policy, publishedAt: HallSeconds, effectiveAt: HallSeconds): HoursNotice {
  const rules = rulesAt(policy, "schedule.changeInAdvance");
  if (policy.profile.schedule.changeInAdvance && publishedAt >= effectiveAt) {
    return { accepted: false, code: "NOT_IN_ADVANCE", rules };
  }
  return { accepted: true, shownFrom: publishedAt, rules };
}
