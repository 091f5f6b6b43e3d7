import { type Policy, rulesAt } from "../policy/policy.ts";

/** A window in working hours, and who of those that could stand at it is there. */
export interface WindowWatch {
  readonly a: string;
  readonly b: string | null;
  readonly present: ReadonlySet<string>;
  readonly qualified: ReadonlySet<string>;
}

export type WindowPost =
  | { readonly state: "held"; readonly by: string; readonly acting: boolean; readonly rules: readonly string[] }
  | { readonly state: "empty"; readonly alarm: string | null; readonly rules: readonly string[] };

/** Who holds the post: A, in A's absence B (ATT-57), else any other qualified person who is there (ATT-59). */
export function windowPost(policy: Policy, { a, b, present, qualified }: WindowWatch): WindowPost {
  if (present.has(a)) return { state: "held", by: a, acting: false, rules: [] };
  if (b !== null && present.has(b)) {
    return { state: "held", by: b, acting: true, rules: rulesAt(policy, "abPosts.takesOver") };
  }
  const [third] = [...present].filter((id) => qualified.has(id)).toSorted();
  const rules = rulesAt(policy, "vacancy.forbidden");
  if (third !== undefined) return { state: "held", by: third, acting: true, rules };
  return { state: "empty", alarm: policy.profile.vacancy.relief, rules };
}
