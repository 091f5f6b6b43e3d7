import ts from "typescript";

export interface Comment {
  readonly line: number;
  readonly text: string;
}

/** One file, parsed once for all rules. */
export interface SourceFile {
  /** Relative to the repository, with "/" between folders. */
  readonly path: string;
  readonly lines: readonly string[];
  readonly tree: ts.SourceFile;
  /** Every node of the tree, parents before children. */
  readonly nodes: readonly ts.Node[];
  readonly comments: readonly Comment[];
}

/** Lines count from 1. */
export interface Finding {
  readonly line: number;
  /** What is wrong, and what to write instead. */
  readonly message: string;
}

export interface Rule {
  readonly name: string;
  readonly check: (file: SourceFile) => readonly Finding[];
}

export function parseSource(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lines = text.split(/\r?\n/u);
  if (lines.at(-1) === "") lines.pop();
  return { path, lines, tree, nodes: collectNodes(tree), comments: collectComments(tree) };
}

export const lineAt = (tree: ts.SourceFile, position: number): number =>
  tree.getLineAndCharacterOfPosition(position).line + 1;

/** The line on which `node` begins, its comments left aside. */
export const lineOf = (file: SourceFile, node: ts.Node): number => lineAt(file.tree, node.getStart(file.tree));

export const findingAt = (file: SourceFile, node: ts.Node, message: string): Finding => ({
  line: lineOf(file, node),
  message,
});

function collectNodes(tree: ts.SourceFile): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return nodes;
}

/** Comments stand before and after tokens; text inside strings and templates is never one. */
function collectComments(tree: ts.SourceFile): readonly Comment[] {
  const text = tree.text;
  const found = new Map<number, Comment>();
  const keep = (ranges: readonly ts.CommentRange[] | undefined): void => {
    for (const { pos, end } of ranges ?? []) found.set(pos, { line: lineAt(tree, pos), text: text.slice(pos, end) });
  };
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.JsxText || ts.isJSDoc(node)) return;
    const children = node.getChildren(tree);
    for (const child of children) visit(child);
    if (children.length > 0) return;
    keep(ts.getLeadingCommentRanges(text, node.pos === 0 ? (ts.getShebang(text)?.length ?? 0) : node.pos));
    keep(ts.getTrailingCommentRanges(text, node.end));
  };
  visit(tree);
  return [...found.values()];
}
