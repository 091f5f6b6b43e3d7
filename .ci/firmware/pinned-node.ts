import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Architecture } from "./architecture.ts";
import { readLock } from "./packages.ts";

/** The directory with the pinned node for `architecture`: bin/node and LICENSE. */
export function pinnedNode(project: string, architecture: Architecture): string {
  const name = `node-linux-${architecture}`;
  const installed = join(project, "node_modules", name);
  if (existsSync(join(installed, "bin/node"))) return installed;
  const { version, integrity } = readLock(project)[`node_modules/${name}`] ?? {};
  if (version === undefined || integrity === undefined) throw new Error(`package-lock.json does not know ${name}`);
  const cached = join(project, ".build/firmware/cache", `${name}-${version}`);
  if (!existsSync(join(cached, "bin/node"))) fetchPackage(`${name}@${version}`, integrity, cached);
  return cached;
}

/** npm installs no package for a machine that is not this one; it hands it out all the same. */
function fetchPackage(spec: string, integrity: string, target: string): void {
  mkdirSync(join(target, ".."), { recursive: true });
  const draft = mkdtempSync(`${target}.`);
  try {
    const packed = execFileSync("npm", ["pack", spec, "--silent", "--pack-destination", draft], { encoding: "utf8" });
    const archive = join(draft, packed.trim());
    const digest = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
    if (digest !== integrity) throw new Error(`${spec} is not what package-lock.json says it is`);
    execFileSync("tar", ["-xzf", archive, "-C", draft, "package/bin/node", "package/LICENSE"]);
    rmSync(target, { recursive: true, force: true });
    renameSync(join(draft, "package"), target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
