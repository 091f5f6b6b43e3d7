import type { Rule, SourceFile } from "./source-file.ts";
import { clockAndChanceRules } from "./rules/clock-and-chance.ts";
import { conductRules } from "./rules/conduct.ts";
import { escapeHatchRules } from "./rules/escape-hatches.ts";
import { nameRules } from "./rules/names.ts";
import { sizeRules } from "./rules/sizes.ts";

/** What the compiler, the linter and dependency-cruiser cannot see. Each rule is a pure function of one file. */
export const tidyRules: readonly Rule[] = [
  ...clockAndChanceRules,
  ...escapeHatchRules,
  ...sizeRules,
  ...nameRules,
  ...conductRules,
];

/** `path:line message` for everything out of place in `files`; each message names what to write instead. */
export function untidy(files: readonly SourceFile[], rules: readonly Rule[] = tidyRules): readonly string[] {
  return files.flatMap((file) => {
    const findings = rules.flatMap((rule) => rule.check(file));
    const inOrder = findings.toSorted((left, right) => left.line - right.line);
    return inOrder.map(({ line, message }) => `${file.path}:${line} ${message}`);
  });
}
