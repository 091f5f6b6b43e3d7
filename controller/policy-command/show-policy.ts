import type { Json } from "../../protocol/index.ts";
import { readReadings, readRules, type RuleText, sourcesOf } from "../adapters/policies/policy-files.ts";
import { PRODUCT_DEFAULTS } from "../core/policy/product-defaults.ts";
import { type Carried, takeApart } from "../core/policy/provenance.ts";
import type { ProfileTree } from "../core/policy/resolve-policy.ts";

interface Heading {
  readonly id: string;
  readonly names: { readonly zh: string; readonly en: string };
  readonly document: { readonly zh: string; readonly place: string; readonly lines: string; readonly date?: string };
  readonly sources: readonly string[];
  readonly open: readonly string[];
}

/** A built-in profile has its heading: a test reads every one of them. */
const headingOf = (profile: ProfileTree): Heading => profile as unknown as Heading;

const HEADING_KEYS: ReadonlySet<string> = new Set(["id", "names", "document", "sources", "open"]);

export function* listPolicies(profiles: readonly ProfileTree[]): Generator<string, void, void> {
  for (const profile of profiles) {
    const { id, names, open } = headingOf(profile);
    const left = open.length === 0 ? "" : ` · 待定 open: ${open.join(", ")}`;
    yield `${id.padEnd(14)} ${names.zh} · ${names.en}${left}`;
  }
}

/** Name and source, every value with its rules, the product's defaults as such, and the rules' own words. */
export function* showPolicy(profile: ProfileTree): Generator<string, void, void> {
  const heading = headingOf(profile);
  const { names, document, sources } = heading;
  yield `${names.zh} · ${names.en}`;
  yield `来源 source: ${document.zh},${document.place}${document.date === undefined ? "" : `,${document.date}`}`;
  yield `        ${sources.join("、")} (${document.lines})`;
  yield `待定 left open, the hall sets it: ${heading.open.length === 0 ? "–" : heading.open.join(", ")}`;
  const { values, carried } = takeApart(profile, "profile");
  yield "";
  yield "规定 fixed by the regulation";
  yield* valueLines(
    values,
    carried,
    (path) => !path.startsWith("later.") && !HEADING_KEYS.has(path.split(".")[0] ?? ""),
  );
  const later = [...valueLines(values, carried, (path) => path.startsWith("later."))];
  if (later.length > 0) yield* ["", "规定,尚未执行 fixed by the regulation, not carried out yet", ...later];
  yield "";
  yield "产品默认,非规定 product defaults and readings where the regulation is silent, never a rule";
  const defaults = takeApart(PRODUCT_DEFAULTS, "default");
  yield* valueLines(defaults.values, defaults.carried, (path, value) => !isFixed(carried, path) && isSaid(value));
  yield "";
  yield "条文 the rules it carries, in the regulation's words";
  yield* ruleLines(heading, carried);
}

const isFixed = (carried: ReadonlyMap<string, Carried>, path: string): boolean =>
  [...carried.keys()].some((key) => key === path || key.startsWith(`${path}.`) || path.startsWith(`${key}.`));

/** An empty default says nothing. */
const isSaid = (value: Json | undefined): boolean => {
  if (value === null || value === undefined || value === false || value === 0) return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
};

function* valueLines(
  values: { readonly [key: string]: Json },
  carried: ReadonlyMap<string, Carried>,
  isWanted: (path: string, value: Json | undefined) => boolean,
): Generator<string, void, void> {
  for (const [path, { rules }] of carried) {
    const value = at(values, path);
    if (!isWanted(path, value)) continue;
    const all = rules.length > 0 ? rules : nestedRules(value);
    yield `  ${path}: ${written(value)}${all.length === 0 ? "" : `  [${all.join(", ")}]`}`;
  }
}

const at = (values: { readonly [key: string]: Json }, path: string): Json | undefined =>
  path.split(".").reduce<Json | undefined>((node, key) => {
    if (typeof node !== "object" || node === null || Array.isArray(node)) return undefined;
    return (node as { readonly [name: string]: Json })[key];
  }, values);

/** Entries of a list carry their rules themselves. */
function nestedRules(value: Json | undefined): string[] {
  if (!Array.isArray(value)) return [];
  const rules = value.flatMap((entry: Json) => (entry as { readonly rules?: readonly string[] } | null)?.rules ?? []);
  return [...new Set(rules)];
}

/** A figure that the regulation leaves blank stays blank until the hall fills it in (GAP-11). */
const written = (value: Json | undefined): string => (value === null ? "未设定 not set" : writtenOut(value));

const writtenOut = (value: Json | undefined): string =>
  typeof value === "object" && value !== null ? JSON.stringify(withoutRules(value)) : String(value);

function withoutRules(value: Json): Json {
  if (!Array.isArray(value)) return value;
  return value.map((entry: Json) => {
    if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return entry;
    const { rules: _, ...rest } = entry as { readonly [key: string]: Json };
    return rest;
  });
}

/** The rules whose source is this regulation, then the readings that its values rest on. */
function* ruleLines({ sources }: Heading, carried: ReadonlyMap<string, Carried>): Generator<string, void, void> {
  for (const rule of carriedRules(sources)) {
    yield `  ${rule.id}  ${rule.zh}`;
    yield `          ${rule.en}  [${rule.source}]`;
  }
  const used = new Set([...carried.values()].flatMap(({ rules }) => rules).filter((id) => id.startsWith("AMB-")));
  for (const { id, reading } of readReadings().values()) if (used.has(id)) yield `  ${id}  ${reading}`;
}

/** The rules of the documents `sources`, in the order of the catalogue. */
export function carriedRules(sources: readonly string[], rules = readRules()): RuleText[] {
  return [...rules.values()].filter((rule) => sourcesOf(rule).some((code) => sources.includes(code)));
}
