import ts from "typescript";
import { isPackageDescription, isToolConfiguration } from "../places.ts";
import { findingAt, type Finding, type Rule, type SourceFile } from "../source-file.ts";

const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*\.tsx?$/u;
const VAGUE_NAME = /^(?:data|infos?|managers?|helpers?|utils?)$/iu;
const VAGUE_INSTEAD = "name it after what it holds or does";

const fileNameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const atTop = (message: string): readonly Finding[] => [{ line: 1, message }];

function checkFileName({ path }: SourceFile): readonly Finding[] {
  const name = fileNameOf(path);
  return KEBAB_CASE.test(name)
    ? []
    : atTop(`the file name ${name} is not kebab-case: write lower-case words-with-dashes`);
}

function checkIndex({ path }: SourceFile): readonly Finding[] {
  const isIndex = fileNameOf(path) === "index.ts" && path.split("/").length !== 2;
  return isIndex ? atTop("only a top folder has an index.ts: import the files themselves") : [];
}

function checkVagueFile({ path }: SourceFile): readonly Finding[] {
  const vague = path.split("/").find((part) => VAGUE_NAME.test(part.replace(/\..*$/u, "")));
  return vague === undefined ? [] : atTop(`${vague} says nothing: ${VAGUE_INSTEAD}`);
}

function checkVagueExport(file: SourceFile): readonly Finding[] {
  const vague = exportedNames(file).filter((name) => VAGUE_NAME.test(name.text));
  return vague.map((name) => findingAt(file, name, `the export ${name.text} says nothing: ${VAGUE_INSTEAD}`));
}

function exportedNames(file: SourceFile): readonly (ts.Identifier | ts.StringLiteral)[] {
  return file.nodes.flatMap((node) => {
    if (ts.isExportSpecifier(node)) return [node.name];
    if (!ts.canHaveModifiers(node) || !hasModifier(node, ts.SyntaxKind.ExportKeyword)) return [];
    const declarations = ts.isVariableStatement(node) ? node.declarationList.declarations : [node];
    return declarations.flatMap((declared) => {
      const name = ts.getNameOfDeclaration(declared as ts.Declaration);
      return name !== undefined && ts.isIdentifier(name) ? [name] : [];
    });
  });
}

const hasModifier = (node: ts.HasModifiers, kind: ts.SyntaxKind): boolean =>
  ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) === true;

function checkDefaultExport(file: SourceFile): readonly Finding[] {
  if (isToolConfiguration(file.path) || isPackageDescription(file.path)) return [];
  const isDefault = (node: ts.Node): boolean =>
    ts.isExportAssignment(node) ||
    (ts.isExportSpecifier(node) && node.name.text === "default") ||
    (ts.canHaveModifiers(node) && hasModifier(node, ts.SyntaxKind.DefaultKeyword));
  const message = "a default export has no name of its own: export it by name";
  return file.nodes.filter(isDefault).map((node) => findingAt(file, node, message));
}

export const nameRules: readonly Rule[] = [
  { name: "file-name", check: checkFileName },
  { name: "one-index", check: checkIndex },
  { name: "vague-file", check: checkVagueFile },
  { name: "vague-export", check: checkVagueExport },
  { name: "default-export", check: checkDefaultExport },
];
