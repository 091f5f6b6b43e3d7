import { existsSync } from "node:fs";
import { join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import { LAYERS, listSources } from "./repository.ts";

export interface Cruise {
  /** Modules of the repository itself that were read: packages and built-in modules do not count. */
  readonly modulesSeen: number;
  /** TypeScript files there are to be read. */
  readonly modulesThere: number;
  readonly violations: readonly Violation[];
}

export interface Violation {
  /** `rule: from -> to` */
  readonly what: string;
  /** What to do instead: the rule's comment. */
  readonly instead: string;
}

/** What the command line of `npm run walls` names, as far as it exists at `root`. */
const ENTRANCES = ["hallward.ts", ...LAYERS, "test"];
const CONFIGURATION = ".dependency-cruiser.cjs";

/** Runs dependency-cruiser with the repository's own rules over the repository at `root`. */
export async function cruiseRepository(root: string): Promise<Cruise> {
  const options = await extractOptions(join(root, CONFIGURATION));
  const entrances = ENTRANCES.filter((entrance) => existsSync(join(root, entrance)));
  const { output } = await cruise(
    entrances,
    { ...options, validate: true, baseDir: root },
    options.enhancedResolveOptions,
  );
  const { modules, summary } = parsed(output);
  return {
    modulesSeen: modules.filter(({ source }) => isOurs(source)).length,
    modulesThere: listSources(root).filter(isOurs).length,
    violations: summary.violations.map(({ rule, from, to }) => ({
      what: `${rule.name}: ${from} -> ${to}`,
      instead: options.ruleSet?.forbidden?.find(({ name }) => name === rule.name)?.comment ?? "",
    })),
  };
}

const parsed = (output: ICruiseResult | string): ICruiseResult =>
  typeof output === "string" ? (JSON.parse(output) as ICruiseResult) : output;

const isOurs = (path: string): boolean =>
  /\.tsx?$/u.test(path) && ENTRANCES.some((entrance) => path === entrance || path.startsWith(`${entrance}/`));

/**
 * What is wrong, one line each; nothing when the walls stand. A cruise that saw fewer modules than there are files
 * proves nothing: without a TypeScript it supports, dependency-cruiser reads no .ts file and reports success.
 */
export function faultsOf({ modulesSeen, modulesThere, violations }: Cruise): readonly string[] {
  const faults = violations.map(({ what, instead }) => `${what} (${instead})`);
  if (modulesSeen >= modulesThere && modulesThere > 0) return faults;
  return [`saw ${modulesSeen} modules of ${modulesThere}: check the version of typescript`, ...faults];
}
