import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { HallError, messageOf } from "../../../protocol/index.ts";
import type { ProfileTree } from "../../core/policy/resolve-policy.ts";

const PROFILES = new URL("../../policies/profiles/", import.meta.url);
const RULES = new URL("../../policies/rules/", import.meta.url);
const READINGS = "readings.yaml";
const CARRIED_OUT = new URL("../../policies/carried-out.yaml", import.meta.url);
const ID = /^[a-z0-9-]+$/u;

/** The ids of the built-in profiles, sorted. */
export function builtInProfiles(): string[] {
  const files = readdirSync(PROFILES).filter((name) => name.endsWith(".yaml"));
  return files.map((name) => name.slice(0, -".yaml".length)).toSorted();
}

/** Files of the build, as few as there are: they stay what they are while it runs. */
const profiles = new Map<string, ProfileTree>();

/** A built-in profile as it stands in its file; null when there is none of that id. */
export function readProfile(id: string): ProfileTree | null {
  const known = profiles.get(id);
  if (known !== undefined) return known;
  if (!ID.test(id) || !builtInProfiles().includes(id)) return null;
  const profile = readYaml(new URL(`${id}.yaml`, PROFILES)) as ProfileTree;
  profiles.set(id, profile);
  return profile;
}

/** All of them, in the order of their ids. */
export const readProfiles = (): ProfileTree[] => builtInProfiles().flatMap((id) => readProfile(id) ?? NONE);
const NONE: readonly ProfileTree[] = [];

/** One numbered rule, in the words of its regulation. */
export interface RuleText {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** Documents, articles and lines: "S0.R 五.2 (L354)". */
  readonly source: string;
}

/** How one ambiguity is read. */
export interface ReadingText {
  readonly id: string;
  readonly question: string;
  readonly source: string;
  readonly reading: string;
}

/** Every rule of every regulation, by id, in the order of their families. */
export function readRules(): ReadonlyMap<string, RuleText> {
  const files = readdirSync(RULES).filter((name) => name.endsWith(".yaml") && name !== READINGS);
  const rules = files.flatMap((name) => readYaml(new URL(name, RULES)) as RuleText[]);
  return new Map(rules.map((rule) => [rule.id, rule]));
}

export function readReadings(): ReadonlyMap<string, ReadingText> {
  const readings = readYaml(new URL(READINGS, RULES)) as ReadingText[];
  return new Map(readings.map((reading) => [reading.id, reading]));
}

/** What the product makes of a rule, and the test that says so. */
export interface CarriedOut {
  readonly state: "carried-out" | "decided" | "by-hand" | "later";
  readonly test?: string;
  /** Words of the test's title. */
  readonly title?: string;
  /** Of what is not carried out: why not, and what records it meanwhile. */
  readonly why?: string;
}

export function readCarriedOut(): ReadonlyMap<string, CarriedOut> {
  return new Map(Object.entries(readYaml(CARRIED_OUT) as Record<string, CarriedOut>));
}

const SOURCE_CODE = /S\d\.[0-9A-Z]+[a-z]?/gu;

/** The documents that a rule's source names: "S0.R", "S3.5c". */
export const sourcesOf = ({ source }: RuleText): string[] => source.match(SOURCE_CODE) ?? [];

function readYaml(file: URL): unknown {
  try {
    return parse(readFileSync(file, "utf8")) as unknown;
  } catch (thrown) {
    throw new HallError("POLICY_UNREADABLE", `${file.pathname}: ${messageOf(thrown)}`, {}, thrown);
  }
}
