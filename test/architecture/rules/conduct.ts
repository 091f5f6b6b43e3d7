import ts from "typescript";
import { isProduct, isTest, speaksToTerminal } from "../places.ts";
import { importsOf, referencesOf, rootOf } from "../references.ts";
import { findingAt, type Finding, type Rule, type SourceFile } from "../source-file.ts";

const MODULE_MOCKS = ["vi.mock", "vi.doMock", "vi.importMock"];
const GLOBAL_FAKES = ["vi.useFakeTimers", "vi.setSystemTime", "vi.stubGlobal"];
const TEST_WORDS = ["test", "it", "describe", "suite", "bench"];
const UNEVEN = ["only", "skip", "todo"];
const PLAIN_ERRORS = ["Error", "TypeError", "RangeError", "SyntaxError", "AggregateError"];

function checkConsole(file: SourceFile): readonly Finding[] {
  if (speaksToTerminal(file.path)) return [];
  const instead = isTest(file.path) ? "assert it, or write to process.stdout" : "take a Log (protocol/base/log.ts)";
  const spoken = referencesOf(file).filter(({ name }) => name === "console");
  return spoken.map(({ node }) => findingAt(file, node, `console speaks past the log: ${instead}`));
}

function checkModuleMocks(file: SourceFile): readonly Finding[] {
  const mocks = referencesOf(file).filter(({ name }) => MODULE_MOCKS.includes(name));
  return mocks.map(({ name, node }) => findingAt(file, node, `${name} replaces a module: replace a port instead`));
}

function checkGlobalFakes(file: SourceFile): readonly Finding[] {
  const fakes = referencesOf(file).filter(({ name }) => GLOBAL_FAKES.includes(name));
  const instead = "hand the code a Clock of its own and move that";
  return fakes.map(({ name, node }) => findingAt(file, node, `${name} bends a global: ${instead}`));
}

function checkTestRunner(file: SourceFile): readonly Finding[] {
  const foreign = importsOf(file).filter(({ module }) => module === "node:test");
  return foreign.map(({ node }) => findingAt(file, node, "node:test is a second runner: import test from vitest"));
}

function checkUnevenTests(file: SourceFile): readonly Finding[] {
  return file.nodes.flatMap((node) => {
    if (!ts.isPropertyAccessExpression(node) || !UNEVEN.includes(node.name.text)) return [];
    const root = rootOf(node);
    if (!ts.isIdentifier(root) || !TEST_WORDS.includes(root.text)) return [];
    const message = `${root.text}.${node.name.text} leaves tests out of the run: write the test, or delete it`;
    return [findingAt(file, node, message)];
  });
}

/** Thrown, or handed to a promise or callback: in the product an error has a code, or it is a bug. */
function checkPlainErrors(file: SourceFile): readonly Finding[] {
  if (!isProduct(file.path)) return [];
  const makesPlainError = (node: ts.Node): boolean =>
    (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
    ts.isIdentifier(node.expression) &&
    PLAIN_ERRORS.includes(node.expression.text);
  const message =
    "a plain Error has no code: use HallError (protocol/base/errors.ts), or assert (protocol/base/assert.ts) for a bug";
  return file.nodes.filter(makesPlainError).map((node) => findingAt(file, node, message));
}

export const conductRules: readonly Rule[] = [
  { name: "console", check: checkConsole },
  { name: "module-mock", check: checkModuleMocks },
  { name: "global-fake", check: checkGlobalFakes },
  { name: "test-runner", check: checkTestRunner },
  { name: "uneven-test", check: checkUnevenTests },
  { name: "plain-error", check: checkPlainErrors },
];
