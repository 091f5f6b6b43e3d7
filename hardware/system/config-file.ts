import { readFileSync } from "node:fs";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { HallError, messageOf } from "../../protocol/base/errors.ts";
import { nearestWord } from "./nearest-word.ts";
import { keysAt } from "./schema-keys.ts";

/** Parses the YAML file at `path`. Throws HallError `CONFIG_REFUSED`, one line per fault in its message. */
export function loadConfig<S extends z.ZodType>(schema: S, path: string): z.output<S> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (thrown) {
    throw refusal(path, [`${path}: cannot be read: ${messageOf(thrown)}`], thrown);
  }
  return parseConfig(schema, text, path);
}

/** Parses YAML `text`; `name` stands before every fault. A fault says where, why, and the nearest right key. */
export function parseConfig<S extends z.ZodType>(schema: S, text: string, name: string): z.output<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const placeOf = (offset: number | null): string => (offset === null ? name : `${name}:${lines.linePos(offset).line}`);
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => `${placeOf(error.pos[0])}: not valid YAML: ${messageOf(error)}`);
    throw refusal(name, faults, document.errors[0]);
  }
  const parsed = schema.safeParse(valueOf(document, name));
  if (parsed.success) return parsed.data;
  const given = (path: readonly PropertyKey[]): unknown => document.getIn(path);
  const faults = parsed.error.issues.flatMap((issue) => faultsOf({ schema, given }, issue));
  throw refusal(
    name,
    faults.map(({ path, reason }) => `${placeOf(offsetOf(document, path))}: ${wordsOf(path)}${reason}`),
  );
}

/** An alias without its anchor, or more of them than anybody writes by hand, shows only when the value is built. */
function valueOf(document: Document, name: string): unknown {
  try {
    return document.toJS();
  } catch (thrown) {
    throw refusal(name, [`${name}: not valid YAML: ${messageOf(thrown)}`], thrown);
  }
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}

type Issue = z.core.$ZodIssue;

interface Reading {
  readonly schema: z.ZodType;
  /** What the file says at that path. */
  readonly given: (path: readonly PropertyKey[]) => unknown;
}

function faultsOf(reading: Reading, issue: Issue, above: readonly PropertyKey[] = []): Fault[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    const right = keysAt(reading.schema, path);
    return issue.keys.map((key) => ({ path: [...path, key], reason: `unknown key${suggestion(key, right)}` }));
  }
  if (issue.code === "invalid_union") {
    // The alternative with the fewest faults is the one that was meant.
    const [nearest] = issue.errors.toSorted((a, b) => a.length - b.length);
    if (nearest !== undefined && nearest.length > 0) return nearest.flatMap((inner) => faultsOf(reading, inner, path));
  }
  const isMissing = issue.code === "invalid_type" && issue.message.includes("received undefined");
  if (isMissing) return [{ path, reason: `missing, expected ${issue.expected}` }];
  return [{ path, reason: `${issue.message}${valueSuggestion(reading.given(path), valuesOf(issue))}` }];
}

/** The words that could stand there: of a choice, or of the key by which alternatives are told apart. */
function valuesOf(issue: Issue): readonly string[] {
  if (issue.code === "invalid_value") return issue.values.filter((value) => typeof value === "string");
  if (issue.code !== "invalid_union") return [];
  return [...issue.message.matchAll(/'([^']+)'/gu)].map(([, value = ""]) => value);
}

function valueSuggestion(given: unknown, right: readonly string[]): string {
  const nearest = typeof given === "string" ? nearestWord(given, right) : null;
  return nearest === null ? "" : `, did you mean "${nearest}"?`;
}

function suggestion(key: string, right: readonly string[]): string {
  const nearest = nearestWord(key, right);
  if (nearest !== null) return `, did you mean "${nearest}"?`;
  return right.length === 0 ? "" : `, known here: ${right.join(", ")}`;
}

const wordsOf = (path: readonly PropertyKey[]): string => (path.length === 0 ? "" : `${path.map(stepOf).join(".")}: `);

/** A key as a person may read it in one line of a log, whatever somebody has put into the file. */
const stepOf = (key: PropertyKey): string =>
  /^[\p{L}\p{N}_-]{1,64}$/u.test(String(key)) ? String(key) : JSON.stringify(String(key).slice(0, KEY_SHOWN_MAX));

const KEY_SHOWN_MAX = 64;

/** Where in the text the value at `path` begins, or the nearest thing around it that is there. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const offset = startOf(document, path.slice(0, length));
    if (offset !== null) return offset;
  }
  return null;
}

function startOf(document: Document, path: readonly PropertyKey[]): number | null {
  const key = path.at(-1);
  const around: unknown = path.length === 0 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isMap(around) && key !== undefined) {
    const pair = around.items.find((item) => isScalar(item.key) && item.key.value === key);
    return isScalar(pair?.key) ? (pair.key.range?.[0] ?? null) : null;
  }
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}

function refusal(file: string, faults: readonly string[], cause?: unknown): HallError {
  const told = [...new Set(faults.map(oneLine))]; // A thing that is wrong in two ways at once is told once.
  return new HallError("CONFIG_REFUSED", told.join("\n"), { file, faults: told.length }, cause);
}

const oneLine = (fault: string): string => fault.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
