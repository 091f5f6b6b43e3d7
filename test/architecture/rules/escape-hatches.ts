import ts from "typescript";
import { findingAt, type Finding, type Rule, type SourceFile } from "../source-file.ts";

/** Comments that switch a gate off, and comments that put work off. */
const BANNED_COMMENTS: readonly { readonly rule: string; readonly words: RegExp; readonly instead: string }[] = [
  {
    rule: "silenced-compiler",
    words: /@ts-(?:ignore|expect-error|nocheck)\b/u,
    instead: "mend the type, or narrow the value with a check",
  },
  {
    rule: "silenced-linter",
    words: /\b(?:biome-ignore|oxlint-disable|eslint-disable)/u,
    instead: "mend the code, or change the rule for everybody in the tool's configuration",
  },
  {
    rule: "put-off",
    words: /\b(?:TODO|FIXME|XXX)\b/u,
    instead: "do it now, or say in ARCHITECTURE.md why it is left",
  },
];

function checkComments(words: RegExp, instead: string, file: SourceFile): readonly Finding[] {
  return file.comments.flatMap(({ line, text }) => {
    const found = words.exec(text);
    if (found === null) return [];
    const linesBefore = text.slice(0, found.index).split("\n").length - 1;
    return [{ line: line + linesBefore, message: `${found[0]} in a comment: ${instead}` }];
  });
}

function checkAny(file: SourceFile): readonly Finding[] {
  const message = "any switches the compiler off: use unknown and narrow it, or parse it with a zod schema";
  const found = file.nodes.filter((node) => node.kind === ts.SyntaxKind.AnyKeyword);
  return found.map((node) => findingAt(file, node, message));
}

export const escapeHatchRules: readonly Rule[] = [
  { name: "any", check: checkAny },
  ...BANNED_COMMENTS.map(({ rule, words, instead }) => ({
    name: rule,
    check: (file: SourceFile) => checkComments(words, instead, file),
  })),
];
