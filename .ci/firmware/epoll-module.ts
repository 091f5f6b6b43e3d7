import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Architecture } from "./architecture.ts";

/** Of onoff: the one native module that comes without binaries. */
export interface EpollModule {
  readonly contents: Uint8Array;
  /** As it calls itself: another one may write other bytes. */
  readonly compiler: string;
}

const TRIPLETS: Readonly<Record<Architecture, string>> = { x64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" };

/** Compiled for the pinned Node of that architecture. Null: nobody here can compile for it. */
export function compileEpoll(project: string, architecture: Architecture): EpollModule | null {
  const native = architecture === process.arch ? ["g++"] : [];
  for (const command of [`${TRIPLETS[architecture]}-g++`, ...native]) {
    const compiler = versionOf(command);
    if (compiler === null) continue;
    const draft = mkdtempSync(join(tmpdir(), "hallward-epoll-"));
    try {
      const file = join(draft, "epoll.node");
      const env = { ...process.env, CXX: command };
      execFileSync(join(project, ".ci/build-epoll"), [architecture, file], {
        env,
        stdio: ["ignore", "ignore", "inherit"],
      });
      return { contents: readFileSync(file), compiler };
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  return null;
}

/** "g++ (Debian 12.2.0-14+deb12u1) 12.2.0"; null: not installed. */
function versionOf(command: string): string | null {
  try {
    const said = execFileSync(command, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return said.split("\n", 1)[0] ?? command;
  } catch {
    return null;
  }
}
