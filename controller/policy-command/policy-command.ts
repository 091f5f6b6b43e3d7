import { readFileSync } from "node:fs";
import { Command } from "commander";
import { HallError, type Json, messageOf } from "../../protocol/index.ts";
import { builtInProfiles, readProfile, readProfiles } from "../adapters/policies/policy-files.ts";
import { readPlacedYaml } from "../adapters/policies/yaml-places.ts";
import { ignoredSettings } from "../core/policy/ignored-settings.ts";
import type { PolicyFault } from "../core/policy/policy.ts";
import { profileId, type ProfileTree, resolvePolicy } from "../core/policy/resolve-policy.ts";
import { listPolicies, showPolicy } from "./show-policy.ts";

/** The policy cannot be activated, or there is none of that name. */
export const EXIT_REFUSED = 2;

/** `hallward policy list|show|check`. */
export function policyCommand(): Command {
  const policy = new Command("policy").description("the regulations a hall can live under, and a hall's own choice");
  policy
    .command("list")
    .description("one line per profile")
    .action(() => refusing(() => print(listPolicies(readProfiles()))));
  policy
    .command("show")
    .description("what a profile fixes, by which rule, in the words of the regulation")
    .argument("<id>", "county, baodi, jiayuguan, ...")
    .action((id: string) => refusing(() => print(showPolicy(profileOf(profileId(id))))));
  policy
    .command("check")
    .description("whether a hall may activate its policy: exit 0, or 2 with one line for every contradiction")
    .argument("<file>", "extends, settings and changes, YAML or JSON")
    .action((file: string) => refusing(() => checkFile(file)));
  return policy;
}

function profileOf(id: string): ProfileTree {
  const profile = readProfile(id);
  if (profile !== null) return profile;
  throw new HallError("POLICY_UNKNOWN", `there is no profile "${id}", only: ${builtInProfiles().join(", ")}`);
}

function checkFile(file: string): void {
  const { tree, lineOf } = placed(file);
  if (typeof tree !== "object" || tree === null || Array.isArray(tree)) {
    throw new HallError("POLICY_MALFORMED", `${file}:1: a mapping is expected: extends, settings, changes`);
  }
  const { settings = {}, ...policy } = tree as { readonly settings?: Json } & ProfileTree;
  const resolved = resolvePolicy({ builtIn: readProfile, policy, settings });
  if (!resolved.ok) {
    for (const fault of resolved.error) process.stderr.write(`${lineOfFault(file, lineOf(fault.path), fault)}\n`);
    process.exitCode = EXIT_REFUSED;
    return;
  }
  for (const note of ignoredSettings(resolved.value)) process.stderr.write(`${note}\n`);
  const { names } = resolved.value.profile;
  print([`${file}: ${names.zh} (${names.en}) may be activated`]);
}

function lineOfFault(file: string, line: number, { code, path, message, rules }: PolicyFault): string {
  const why = rules.length === 0 ? "" : ` (${rules.join(", ")})`;
  return `${code} ${file}:${line}: ${path}: ${message}${why}`;
}

function placed(file: string): ReturnType<typeof readPlacedYaml> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (thrown) {
    throw new HallError("POLICY_UNREADABLE", `${file}: ${messageOf(thrown)}`, { file }, thrown);
  }
  return readPlacedYaml(text, file);
}

function print(lines: Iterable<string>): void {
  process.stdout.on("error", () => process.exit()); // Whoever read has had enough: `| head`.
  for (const line of lines) process.stdout.write(`${line}\n`);
}

function refusing(work: () => void): void {
  try {
    work();
  } catch (thrown) {
    if (!(thrown instanceof HallError)) throw thrown;
    process.stderr.write(`${thrown.code} ${thrown.message}\n`.replace(/\s*\n\s*(?=.)/gu, " "));
    process.exitCode = EXIT_REFUSED;
  }
}
