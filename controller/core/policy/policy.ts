import type { HallSettings } from "./hall-settings.ts";
import type { Profile } from "./profile.ts";
import { type Carried, carriedAt, type Sourced } from "./provenance.ts";

/** What is wrong with a policy: stable code, where in it, one clear line, and the rules that make it wrong. */
export interface PolicyFault {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly rules: readonly string[];
}

export type SessionName = "am" | "pm" | "day";

/** Minutes do not matter here: seconds of the day. */
export interface SessionHours {
  readonly name: SessionName;
  readonly fromS: number;
  readonly toS: number;
  readonly rules: readonly string[];
}

/** A regulation with its gaps filled: what the engine works by. */
export interface Policy {
  readonly profile: Profile;
  readonly settings: HallSettings;
  readonly carried: Sourced["carried"];
  readonly hours: readonly SessionHours[];
  /** Null where the regulation knows no seasons. */
  readonly summer: { readonly from: string; readonly to: string; readonly hours: readonly SessionHours[] } | null;
  readonly restWeekdays: readonly number[];
  readonly walkS: number;
  /** True where a missing sign-out is held against somebody, or counts as one of the two taps of a session. */
  readonly missingOut: "early" | "absence" | "none";
}

export const carriedIn = (policy: Policy, path: string): Carried => carriedAt(policy.carried, path);

/** Why a value is what it is: its rules, or whose word it is when no rule says so ("hall:late.countFrom"). */
export function rulesAt(policy: Policy, path: string): readonly string[] {
  const { origin, rules } = carriedIn(policy, path);
  return rules.length > 0 ? rules : [`${origin}:${path}`];
}
