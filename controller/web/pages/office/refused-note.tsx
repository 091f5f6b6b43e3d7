import { Bi } from "../../design/design.ts";
import { RuleIds } from "./rule-ids.tsx";
import type { Refused } from "./use-sending.ts";

/** Why something was not taken, in the hall's words, with the rules it rests on. */
export function RefusedNote({ refusal }: { readonly refusal: Refused | null }) {
  if (refusal === null) return null;
  return (
    <p class="note alarm" role="alert">
      <Bi {...refusal.words} /> <RuleIds rules={refusal.rules ?? []} />
    </p>
  );
}
