import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HallError, messageOf } from "../../protocol/index.ts";

/** The Debian release whose C library the fuzzer's native part was built for. */
const SUITE = "trixie";
const PACKAGES = ["libc6", "libstdc++6", "libgcc-s1"] as const;
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** How to start a program on another C library than the machine's: the loader, and what stands before the program. */
export interface Loader {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * Unpacks a newer C library below `directory`, beside the machine's and without touching it: from the mirror the
 * machine's own apt uses, with apt's own check of signatures. Kept from one run to the next.
 */
export function newerLibc(directory: string): Loader {
  const root = join(directory, "root");
  if (loadersIn(root).length === 0) fetchInto(directory, root);
  const [command] = loadersIn(root);
  if (command === undefined) throw unavailable("the packages hold no loader");
  const libraries = globSync("usr/lib/*-linux-gnu", { cwd: root }).map((path) => join(root, path));
  return { command, args: ["--library-path", libraries.join(":")] };
}

const loadersIn = (root: string): string[] =>
  existsSync(root)
    ? globSync("usr/lib/*-linux-gnu/ld-linux-*.so.*", { cwd: root }).map((path) => join(root, path))
    : [];

function fetchInto(directory: string, root: string): void {
  const sources = join(directory, "sources.list");
  const packages = join(directory, "packages");
  for (const made of [packages, root, join(directory, "lists/partial"), join(directory, "archives/partial")])
    mkdirSync(made, { recursive: true });
  try {
    writeFileSync(sources, `deb [signed-by=${KEYRING}] ${mirror()} ${SUITE} main\n`);
    const options = optionsFor(directory, sources);
    execFileSync("apt-get", [...options, "update"], { stdio: "pipe" });
    execFileSync("apt-get", [...options, "download", ...PACKAGES], { stdio: "pipe", cwd: packages });
    for (const name of globSync("*.deb", { cwd: packages }))
      execFileSync("dpkg-deb", ["-x", join(packages, name), root], { stdio: "pipe" });
  } catch (thrown) {
    throw unavailable(messageOf(thrown).split("\n")[0] ?? "");
  }
}

function mirror(): string {
  const format = ["--format", "$(REPO_URI) $(CODENAME)", "Created-By: Packages"];
  const lines = execFileSync("apt-get", ["indextargets", ...format], { encoding: "utf8" }).split("\n");
  const main = lines.map((line) => line.split(" ")).find(([, codename]) => /^[a-z]+$/u.test(codename ?? ""));
  if (main?.[0] === undefined) throw unavailable("apt knows no mirror: run apt-get update first");
  return main[0];
}

const optionsFor = (directory: string, sources: string): string[] =>
  Object.entries({
    "Dir::State": directory,
    "Dir::State::status": "/dev/null",
    "Dir::Cache": directory,
    "Dir::Etc::SourceList": sources,
    "Dir::Etc::SourceParts": "/dev/null",
    "APT::Sandbox::User": "root",
  }).flatMap(([key, value]) => ["-o", `${key}=${value}`]);

const unavailable = (reason: string): HallError =>
  new HallError("FUZZER_UNAVAILABLE", `the fuzzer needs ${SUITE}'s C library, which could not be had: ${reason}`);
