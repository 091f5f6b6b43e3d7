import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { REPOSITORY } from "./repository.ts";

/** File texts by path. */
export type Plants = Readonly<Record<string, string>>;

export interface ToolRun {
  readonly exitCode: number | null;
  /** Standard output, then standard error. */
  readonly output: string;
}

/** A throw-away repository under the same rules as ours, in which breaking them is the point. */
export interface MiniRepository {
  readonly root: string;
  /** Runs a tool of node_modules/.bin at the root. */
  readonly run: (tool: string, ...args: readonly string[]) => ToolRun;
  readonly remove: () => void;
}

const TOOLS = join(REPOSITORY, "node_modules");
const CONFIGURATIONS = ["package.json", "biome.json", ".gitignore", ".oxlintrc.json", ".dependency-cruiser.cjs"];

/** Copies our configurations beside `plants`. With `packages: "ours"` the tools find our node_modules there. */
export function plantRepository(plants: Plants, packages: "ours" | "planted" = "ours"): MiniRepository {
  const root = mkdtempSync(join(tmpdir(), "hallward-walls-"));
  for (const path of [...CONFIGURATIONS, ...compilerConfigurations()]) cpSync(join(REPOSITORY, path), join(root, path));
  for (const [path, text] of Object.entries(plants)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  if (packages === "ours") symlinkSync(TOOLS, join(root, "node_modules"));
  execFileSync("git", ["init", "--quiet"], { cwd: root });
  return {
    root,
    run: (tool, ...args) => runTool(root, tool, args),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function compilerConfigurations(): readonly string[] {
  const query = ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", "--", "*tsconfig*.json"];
  const listed = execFileSync("git", ["-c", "safe.directory=*", ...query], { cwd: REPOSITORY, encoding: "utf8" });
  return listed.split("\n").filter((path) => path !== "" && !path.startsWith("test/fixtures/"));
}

function runTool(root: string, tool: string, args: readonly string[]): ToolRun {
  const bin = join(TOOLS, ".bin");
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`, NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(join(bin, tool), args, { cwd: root, env, encoding: "utf8" });
  return { exitCode: status, output: stdout + stderr };
}
