import { codeWords } from "../../../core/attendance/code-words.ts";
import type { Difference } from "../../../projections/attendance/attendance-pictures.ts";
import type { Words } from "../../design/design.ts";
import { SESSION_WORDS } from "../office/session-words.ts";

/** What stood on the wall for a half day, and what is known of it now. */
export function differenceWords({ session, before, after }: Pick<Difference, "session" | "before" | "after">): Words {
  const [half, was, is] = [SESSION_WORDS[session], codeWords(before), codeWords(after)];
  return { zh: `${half.zh}：${was.zh} → ${is.zh}`, en: `${half.en}: ${was.en} → ${is.en}` };
}
