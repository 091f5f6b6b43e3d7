import ts from "typescript";
import type { SourceFile } from "./source-file.ts";

/** A name that is read: `Date.now` as a whole, or the lone identifier `setTimeout`. */
export interface Reference {
  readonly name: string;
  readonly node: ts.Node;
}

/** A module that is imported, and the names taken from it. */
export interface Import {
  readonly module: string;
  readonly names: readonly string[];
  readonly node: ts.Node;
}

const GLOBALS = /^(?:globalThis|global|window|self)\./u;

/** Every name the file reads. `a.b.c` yields `a.b.c`, `a.b` and `a`; a leading `globalThis.` is dropped. */
export function referencesOf(file: SourceFile): readonly Reference[] {
  const references: Reference[] = [];
  for (const node of file.nodes) {
    const name = ts.isPropertyAccessExpression(node) || isRead(node) ? dottedName(node) : null;
    if (name !== null) references.push({ name: name.replace(GLOBALS, ""), node });
  }
  return references;
}

/** `a.b.c` for a chain of names; `*.c` when what stands before the last dot is not a chain of names. */
export function dottedName(node: ts.Node): string | null {
  if (ts.isIdentifier(node)) return node.text;
  if (!ts.isPropertyAccessExpression(node)) return null;
  return `${dottedName(node.expression) ?? "*"}.${node.name.text}`;
}

/** The word after the last dot. */
export const lastWord = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

/** `node` with the chain of calls and accesses taken off: `test` for `test.each(rows).only`. */
export function rootOf(node: ts.Node): ts.Node {
  const chained = ts.isPropertyAccessExpression(node) || ts.isCallExpression(node);
  return chained ? rootOf(node.expression) : node;
}

/** Static and dynamic imports and re-exports. A whole module, and a dynamic import, takes the name `*`. */
export function importsOf(file: SourceFile): readonly Import[] {
  return file.nodes.flatMap((node) => {
    const specifier = specifierOf(node);
    return specifier === null ? [] : [{ module: specifier, names: namesOf(node), node }];
  });
}

function specifierOf(node: ts.Node): string | null {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return stringOf(node.moduleSpecifier);
  const dynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return dynamic ? stringOf(node.arguments[0]) : null;
}

const stringOf = (node: ts.Node | undefined): string | null =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : null;

function namesOf(node: ts.Node): readonly string[] {
  const clause = ts.isImportDeclaration(node) ? node.importClause : undefined;
  const bindings = ts.isExportDeclaration(node) ? node.exportClause : clause?.namedBindings;
  if (bindings !== undefined && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings)))
    return bindings.elements.map((element) => (element.propertyName ?? element.name).text);
  return ["*"];
}

/** True for an identifier that stands for a value, false for one that names a member or declares something. */
function isRead(node: ts.Node): boolean {
  if (!ts.isIdentifier(node)) return false;
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  return !("name" in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent));
}
