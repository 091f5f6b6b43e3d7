import type { Json } from "../../protocol/index.ts";
import { readCarriedOut, readReadings, readRules } from "../adapters/policies/policy-files.ts";
import { timeOf } from "../core/attendance/hall-time.ts";
import type { Regulation } from "../core/office/regulation.ts";
import type { Policy, SessionHours } from "../core/policy/policy.ts";
import { carriedRules } from "../policy-command/show-policy.ts";
import type { ActivePolicy } from "../projections/attendance/attendance-pictures.ts";

const hoursPicture = ({ name, fromS, toS, rules }: SessionHours) => ({
  session: name,
  from: timeOf(fromS).slice(0, 5),
  to: timeOf(toS).slice(0, 5),
  rules: [...rules],
});

const made = new WeakMap<Policy, ActivePolicy>();

/** The hall's regulation in its own words. Made once: it does not change while the controller runs. */
export function activePolicy({ policy }: Regulation): ActivePolicy {
  const known = made.get(policy);
  if (known !== undefined) return known;
  const { profile, hours, summer } = policy;
  const { zh, place, lines } = profile.document;
  const states = readCarriedOut();
  const picture: ActivePolicy = {
    id: profile.id,
    name: profile.names,
    document: { zh, place, lines },
    sources: [...profile.sources],
    hours: hours.map(hoursPicture),
    summer: summer === null ? null : { from: summer.from, to: summer.to, hours: summer.hours.map(hoursPicture) },
    rules: carriedRules(profile.sources, readRules()).map(({ id, zh: words, en, source }) => ({
      id,
      zh: words,
      en,
      source,
      state: states.get(id)?.state ?? "later",
    })),
    readings: [...readReadings().values()],
    values: valuesOf(policy),
  };
  made.set(policy, picture);
  return picture;
}

const HEADING = new Set(["id", "names", "document", "sources", "open", "later"]);

function valuesOf({ profile, carried, settings }: Policy): ActivePolicy["values"] {
  const said = [...carried].flatMap(([path, { origin, rules }]) => {
    const value = at(profile, path);
    if (HEADING.has(path.split(".")[0] ?? "") || value === undefined || value === null) return [];
    return [{ path, value: value as never, origin: origin, rules: [...rules] }];
  });
  const set = Object.entries(settings).map(([key, value]) => ({
    path: `settings.${key}`,
    value: value as never,
    origin: "hall",
    rules: [],
  }));
  return [...said, ...set];
}

const at = (tree: unknown, path: string): Json | undefined =>
  path
    .split(".")
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | null | undefined)?.[key], tree) as Json;
