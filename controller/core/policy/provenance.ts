import type { Json } from "../../../protocol/index.ts";

/** Whose word a value is: the regulation's, a reading of what it leaves unclear, the product's, or the hall's own. */
export type Origin = "regulation" | "reading" | "default" | "hall";
export type Layer = "profile" | "default" | "hall";

export interface Carried {
  readonly origin: Origin;
  readonly rules: readonly string[];
}

/** Plain values, and beside them, by path ("late.countFrom"), who said so. */
export interface Sourced {
  readonly values: { readonly [key: string]: Json };
  readonly carried: ReadonlyMap<string, Carried>;
}

type Mapping = { readonly [key: string]: Json };

/**
 * Takes a profile apart. A mapping with `rules` is a carried value: `{ value: 5, rules: [ATT-16] }`, or, with no
 * `value`, the rest of the mapping: `{ atLeast: "20:00", rules: [ATT-03] }`.
 */
export function takeApart(tree: Mapping, layer: Layer): Sourced {
  const carried = new Map<string, Carried>();
  const values = bare(tree, "", layer, carried) as Mapping;
  return { values, carried };
}

function bare(node: Json, path: string, layer: Layer, carried: Map<string, Carried>): Json {
  if (!isMapping(node) || (isBound(node) && !isRules(node["rules"]))) {
    if (path !== "") carried.set(path, carriedBy(layer, []));
    return node;
  }
  const { rules } = node;
  if (!isRules(rules)) {
    return mapMembers(node, (key, member) => bare(member, path === "" ? key : `${path}.${key}`, layer, carried));
  }
  carried.set(path, carriedBy(layer, rules));
  if ("value" in node) return node["value"] ?? null;
  const { rules: _, ...rest } = node;
  return rest;
}

/** `above` over `below`: mappings are merged, every other value, and every bound, is replaced whole. */
export function overlay(below: Sourced, above: Sourced): Sourced {
  const carried = new Map(below.carried);
  for (const path of above.carried.keys()) {
    for (const old of below.carried.keys()) if (old.startsWith(`${path}.`)) carried.delete(old);
  }
  for (const [path, entry] of above.carried) carried.set(path, entry);
  return { values: merged(below.values, above.values) as Mapping, carried };
}

/** Who said what stands at `path`: the nearest entry at it or around it. */
export function carriedAt(carried: Sourced["carried"], path: string): Carried {
  for (let around = path; around !== ""; around = around.slice(0, Math.max(0, around.lastIndexOf(".")))) {
    const entry = carried.get(around);
    if (entry !== undefined) return entry;
  }
  return { origin: "default", rules: [] };
}

const isMapping = (node: Json | undefined): node is Mapping =>
  typeof node === "object" && node !== null && !Array.isArray(node);
const isRules = (node: Json | undefined): node is string[] =>
  Array.isArray(node) && node.every((id) => typeof id === "string");
const isBound = (node: Mapping): boolean => "atLeast" in node || "over" in node;

function carriedBy(layer: Layer, rules: readonly string[]): Carried {
  if (layer === "hall") return { origin: layer, rules };
  if (rules.length === 0) return { origin: layer === "default" ? "default" : "regulation", rules };
  return { origin: rules.every((id) => id.startsWith("AMB-")) ? "reading" : "regulation", rules };
}

function merged(below: Json | undefined, above: Json | undefined): Json {
  if (above === undefined) return below ?? null;
  if (!isMapping(below) || !isMapping(above) || isBound(below) || isBound(above)) return above;
  return mapMembers({ ...below, ...above }, (key) => merged(below[key], above[key]));
}

const mapMembers = (node: Mapping, change: (key: string, member: Json) => Json): Mapping =>
  Object.fromEntries(Object.entries(node).map(([key, member]) => [key, change(key, member)]));
