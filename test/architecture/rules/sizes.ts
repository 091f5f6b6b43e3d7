import ts from "typescript";
import { isTestFile } from "../places.ts";
import { rootOf } from "../references.ts";
import { findingAt, lineAt, lineOf, type Finding, type Rule, type SourceFile } from "../source-file.ts";

export const FILE_LINES_MAX = 400;
export const FUNCTION_LINES_MAX = 70;
export const LINE_COLUMNS_MAX = 120;

/** Their callbacks are chapters of a test file, not functions. */
const CHAPTERS = ["describe", "test"];

function checkFileLength(file: SourceFile): readonly Finding[] {
  const count = file.lines.length;
  if (count <= FILE_LINES_MAX) return [];
  const message = `the file has ${count} lines, at most ${FILE_LINES_MAX}: split it by what its parts are for`;
  return [{ line: FILE_LINES_MAX + 1, message }];
}

function checkFunctionLength(file: SourceFile): readonly Finding[] {
  return file.nodes.flatMap((node) => {
    if (!ts.isFunctionLike(node) || !("body" in node) || isChapter(file, node)) return [];
    const count = lineAt(file.tree, node.getEnd()) - lineOf(file, node) + 1;
    if (count <= FUNCTION_LINES_MAX) return [];
    const message = `the function has ${count} lines, at most ${FUNCTION_LINES_MAX}: name its steps as functions`;
    return [findingAt(file, node, message)];
  });
}

function isChapter(file: SourceFile, node: ts.Node): boolean {
  if (!isTestFile(file.path) || !ts.isCallExpression(node.parent)) return false;
  const root = rootOf(node.parent);
  return ts.isIdentifier(root) && CHAPTERS.includes(root.text);
}

/** Characters count, not bytes. Import lines and lines with a regular expression cannot be broken and are let be. */
function checkLineLength(file: SourceFile): readonly Finding[] {
  const unbreakable = linesOfUnbreakables(file);
  return file.lines.flatMap((text, index) => {
    const columns = Array.from(text).length;
    if (columns <= LINE_COLUMNS_MAX || unbreakable.has(index + 1)) return [];
    const message = `the line has ${columns} characters, at most ${LINE_COLUMNS_MAX}: break it`;
    return [{ line: index + 1, message }];
  });
}

function linesOfUnbreakables(file: SourceFile): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const node of file.nodes) {
    if (!ts.isImportDeclaration(node) && !ts.isRegularExpressionLiteral(node)) continue;
    const last = lineAt(file.tree, node.getEnd());
    for (let line = lineOf(file, node); line <= last; line += 1) lines.add(line);
  }
  return lines;
}

export const sizeRules: readonly Rule[] = [
  { name: "file-length", check: checkFileLength },
  { name: "function-length", check: checkFunctionLength },
  { name: "line-length", check: checkLineLength },
];
