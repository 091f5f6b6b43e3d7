import { accepted, type Json, refused, type Result } from "../../../protocol/index.ts";
import { checkPolicy } from "./check-policy.ts";
import { HallSettings } from "./hall-settings.ts";
import { missingOutOf } from "./missing-out.ts";
import type { Policy, PolicyFault } from "./policy.ts";
import { PRODUCT_DEFAULTS } from "./product-defaults.ts";
import { Profile } from "./profile.ts";
import { type Layer, overlay, type Sourced, takeApart } from "./provenance.ts";
import { sessionHours } from "./session-hours.ts";
import { issueFault } from "./zod-fault.ts";

export type ProfileTree = { readonly [key: string]: Json };

export interface PolicyParts {
  /** Built-in profiles by id, as they stand in their files. */
  readonly builtIn: (id: string) => ProfileTree | null;
  /** The id of a built-in profile, or `{ extends: id, ...changes }`, or a whole profile of the hall's own. */
  readonly policy: string | ProfileTree;
  readonly settings: Json;
}

/** At most so many profiles may extend each other. */
const EXTENDS_MAX = 8;

/** The policy a hall asks for, or everything that is wrong with it. */
export function resolvePolicy(parts: PolicyParts): Result<Policy, readonly PolicyFault[]> {
  const settings = HallSettings.safeParse(parts.settings);
  if (!settings.success) return refused(settings.error.issues.map((issue) => issueFault(issue, ["settings"])));
  const sourced = layersOf(parts);
  if (!sourced.ok) return sourced;
  const profile = Profile.safeParse(sourced.value.values);
  if (!profile.success) return refused(profile.error.issues.map((issue) => issueFault(issue, [])));
  const { carried } = sourced.value;
  const { hours, summer } = sessionHours(profile.data, settings.data, carried);
  const season = settings.data.summer;
  const policy: Policy = {
    profile: profile.data,
    settings: settings.data,
    carried,
    hours: hours ?? [],
    summer: summer === null || season === undefined ? null : { ...season, hours: summer },
    restWeekdays: settings.data.restWeekdays ?? profile.data.calendar.restWeekdays,
    walkS: settings.data.walkS ?? profile.data.signals.walkS,
    missingOut: missingOutOf(profile.data),
  };
  const faults = checkPolicy(policy);
  return faults.length > 0 ? refused(faults) : accepted(policy);
}

/** "P-COUNTY" is "county". */
export const profileId = (asked: string): string => asked.toLowerCase().replace(/^p-/u, "");

function layersOf({ builtIn, policy }: PolicyParts): Result<Sourced, readonly PolicyFault[]> {
  const chain: { tree: ProfileTree; layer: Layer }[] = [];
  const seen = new Set<string>();
  let next: string | ProfileTree | undefined = policy;
  while (next !== undefined) {
    const tree: ProfileTree | null = typeof next === "string" ? builtIn(profileId(next)) : next;
    if (tree === null) return unknownProfile(typeof next === "string" ? next : "");
    if (typeof next === "string" && (seen.has(next) || seen.size > EXTENDS_MAX)) return endless(next);
    if (typeof next === "string") seen.add(next);
    const { extends: base, ...own }: { extends?: Json } & ProfileTree = tree;
    chain.unshift({ tree: own, layer: typeof next === "string" ? "profile" : "hall" });
    if (base !== undefined && typeof base !== "string") return unknownProfile(JSON.stringify(base));
    next = base;
  }
  const bottom = takeApart(PRODUCT_DEFAULTS, "default");
  return accepted(chain.reduce((below, { tree, layer }) => overlay(below, takeApart(tree, layer)), bottom));
}

const unknownProfile = (id: string): Result<never, readonly PolicyFault[]> =>
  refused([{ code: "POLICY_UNKNOWN", path: "policy", message: `there is no profile "${id}"`, rules: [] }]);
const endless = (id: string): Result<never, readonly PolicyFault[]> =>
  refused([{ code: "POLICY_ENDLESS", path: "extends", message: `"${id}" extends itself`, rules: [] }]);
