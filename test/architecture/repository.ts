import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSource, type SourceFile } from "./source-file.ts";

export const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** The top folders whose arrows are walled, the lowest first. */
export const LAYERS = ["protocol", "hardware", "terminal", "controller", "simulator"] as const;

/**
 * Paths of the TypeScript files at `root`, relative to it and sorted: tracked ones and those not yet tracked, so that a
 * new file is judged before it is committed. Fixtures are left out: they are specimens, not our writing.
 */
export function listSources(root: string): readonly string[] {
  // A checkout that belongs to another user (a mounted clone) is still ours to read.
  const trust = ["-c", "safe.directory=*"];
  const query = [
    "ls-files",
    "--cached",
    "--others",
    "--exclude-standard",
    "--deduplicate",
    "-z",
    "--",
    "*.ts",
    "*.tsx",
  ];
  const listed = execFileSync("git", [...trust, ...query], { cwd: root, encoding: "utf8" });
  const paths = listed.split("\0").filter((path) => path !== "" && !path.startsWith("test/fixtures/"));
  return paths.filter((path) => existsSync(join(root, path))).sort();
}

export function readSources(root: string): readonly SourceFile[] {
  return listSources(root).map((path) => parseSource(path, readFileSync(join(root, path), "utf8")));
}
