import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a firmware was built from. */
export interface Origin {
  readonly version: string;
  /** 40 hex digits; with "-modified" behind it when the tree is not what was committed. */
  readonly commit: string;
  /** Seconds since the Unix epoch: when the commit was made. The date of every file in the archive. */
  readonly epoch: number;
}

/** Of the git work tree at `project`; HALLWARD_COMMIT and SOURCE_DATE_EPOCH say it for a tree without git. */
export function originOf(project: string): Origin {
  const { version } = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as { version: string };
  const { HALLWARD_COMMIT: commit, SOURCE_DATE_EPOCH: epoch } = process.env;
  return {
    version,
    commit: commit ?? committed(project),
    epoch: Number(epoch ?? git(project, "log", "-1", "--format=%ct")),
  };
}

function committed(project: string): string {
  const isModified = git(project, "status", "--porcelain") !== "";
  return git(project, "rev-parse", "HEAD") + (isModified ? "-modified" : "");
}

const git = (project: string, ...args: readonly string[]): string =>
  execFileSync("git", args, { cwd: project, encoding: "utf8" }).trim();
