import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

/** One place that writes to the log. */
export interface LogLine {
  /** Relative to the root of the repository, with the line. */
  readonly where: string;
  readonly level: string;
  /** Null when the event's name is no literal. */
  readonly event: string | null;
  readonly fields: readonly LogField[];
}

export interface LogField {
  /** `...` for fields that come in one piece from elsewhere. */
  readonly name: string;
  /** Text glued together, or something inside something: neither belongs into a line. */
  readonly fault: "prose" | "nested" | null;
}

const LEVELS = ["debug", "info", "warn", "error"];
const FOLDERS = ["protocol", "hardware", "terminal", "controller"];
/** What carries lines on: its callers are the ones that write. */
const CARRIERS = ["hardware/system/pino-log.ts", "protocol/base/log.ts", "terminal/core/effects.ts"];

const isSource = (path: string): boolean =>
  path.endsWith(".ts") && !path.endsWith(".d.ts") && !path.includes("/pages/");

/** Every line that controller and terminal can write, in the order of the files. */
export function logLinesOf(root: string): LogLine[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((path) => join(root, folder, path))
      .filter(isSource)
      .filter((path) => !CARRIERS.includes(relative(root, path)))
      .toSorted()
      .flatMap((path) => linesIn(path, relative(root, path))),
  );
}

function linesIn(path: string, name: string): LogLine[] {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ESNext, true);
  const found: LogLine[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const level = levelOf(node, source);
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      if (level !== null) found.push({ where: `${name}:${line + 1}`, level, ...contentOf(node, source) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Null when the call writes nothing to the log. */
function levelOf({ expression, arguments: [, , third] }: ts.CallExpression, source: ts.SourceFile): string | null {
  if (ts.isIdentifier(expression) && expression.text === "logged") {
    return third !== undefined && ts.isStringLiteral(third) ? third.text : "info";
  }
  if (!ts.isPropertyAccessExpression(expression) || !LEVELS.includes(expression.name.text)) return null;
  return /(?:^|[.#])log$/u.test(expression.expression.getText(source)) ? expression.name.text : null;
}

function contentOf(call: ts.CallExpression, source: ts.SourceFile): Pick<LogLine, "event" | "fields"> {
  const [event, fields] = call.arguments;
  const name = event !== undefined && ts.isStringLiteral(event) ? event.text : null;
  if (fields === undefined) return { event: name, fields: [] };
  if (!ts.isObjectLiteralExpression(fields)) return { event: name, fields: [{ name: "...", fault: null }] };
  return { event: name, fields: fields.properties.map((property) => fieldOf(property, source)) };
}

function fieldOf(property: ts.ObjectLiteralElementLike, source: ts.SourceFile): LogField {
  if (ts.isSpreadAssignment(property)) return { name: "...", fault: null };
  const name = property.name?.getText(source) ?? "";
  if (!ts.isPropertyAssignment(property)) return { name, fault: null };
  const { initializer } = property;
  if (ts.isTemplateExpression(initializer)) return { name, fault: "prose" };
  const isNested = ts.isObjectLiteralExpression(initializer) || ts.isArrayLiteralExpression(initializer);
  return { name, fault: isNested ? "nested" : null };
}

/** `docs/logs.md`: every event with its levels and fields. */
export function logPage(lines: readonly LogLine[]): string {
  const events = Map.groupBy(lines, ({ event }) => event ?? "");
  const rows = [...events]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([event, written]) => {
      const levels = [...new Set(written.map(({ level }) => level))].join(", ");
      const fields = [...new Set(written.flatMap((line) => line.fields.map(({ name }) => name)))].toSorted();
      const programs = [...new Set(written.map(({ where }) => where.split("/")[0]))].join(", ");
      return `| \`${event}\` | ${levels} | ${programs} | ${fields.map((name) => `\`${name}\``).join(" ")} |`;
    });
  return [...HEAD, ...rows, ""].join("\n");
}

const HEAD = [
  "# 日志 Logs",
  "",
  "Generated from the sources by `npm run docs`; a test fails when it is stale.",
  "",
  "每行一个 JSON 对象：`level`、`time`（UTC）、`event`、以及平铺的字段。没有个人信息，没有证卡号，没有口令。",
  "One JSON object a line on standard output: `level`, `time` (UTC), `event` and flat fields. No personal data, no",
  "badge, no secret. `logLevel: debug | info | warn | error` in the configuration of controller and terminal says what",
  "is written: that and whatever weighs more (default `info`). Every line of a controller bears `program` and `hall`,",
  "every line of a terminal `program` and `terminal`. `...` stands for fields that differ from time to time.",
  "",
  "| 事件 event | level | folder | fields |",
  "| --- | --- | --- | --- |",
];
