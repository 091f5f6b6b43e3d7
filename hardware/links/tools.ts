import { type ChildProcessByStdio, spawn } from "node:child_process";
import { statSync } from "node:fs";
import type { Readable } from "node:stream";

/** How a tool ended. null: it could not be started at all, or was killed. */
export interface ToolEnd {
  readonly code: number | null;
  readonly missing: boolean;
  readonly stderr: string;
}

export interface RunningTool {
  /** Ends it at once; resolves when it is gone. Never rejects. Idempotent. */
  kill(): Promise<void>;
}

export interface ToolListener {
  onLine(line: string): void;
  /** Once, when it ended by itself or was killed. */
  onEnd(end: ToolEnd): void;
}

/** Starts programs of the operating system, without a shell. None outlives this process, however it ends. */
export interface Tools {
  start(command: string, args: readonly string[], listener: ToolListener): RunningTool;
  /** What tells a GPIO chip from a later one of the same name; null when there is none. Absent: nobody can tell. */
  chipAt?(name: string): string | null;
}

/** Nothing a tool says is longer; more of it is dropped. */
const LINE_MAX = 256;
const STDERR_MAX = 1024;

/**
 * The kernel kills the tool when the thread that started it, our main thread, is gone: a terminal that was killed could
 * not do it, and an orphan would keep its lines from the next one. setpriv is a part of every Debian.
 */
export const systemTools: Tools = {
  start: (command, args, listener) =>
    new SystemTool(
      spawn("setpriv", ["--pdeathsig", "KILL", "--", command, ...args], { stdio: ["ignore", "pipe", "pipe"] }),
      listener,
    ),
  chipAt: (name) => statSync(`/dev/${name}`, { bigint: true, throwIfNoEntry: false })?.ino.toString() ?? null,
};

/** What setpriv, as a shell, ends with when there is no such program. */
const NOT_FOUND = 127;

class SystemTool implements RunningTool {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #ended: Promise<void>;
  #rest = "";
  #stderr = "";

  constructor(child: ChildProcessByStdio<null, Readable, Readable>, listener: ToolListener) {
    this.#child = child;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = (this.#rest + text).split("\n");
      this.#rest = (lines.pop() ?? "").slice(0, LINE_MAX);
      for (const line of lines) listener.onLine(line.slice(0, LINE_MAX));
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(0, STDERR_MAX);
    });
    this.#ended = new Promise((resolve) => {
      child.once("error", () => {
        listener.onEnd({ code: null, missing: true, stderr: "setpriv" });
        resolve();
      });
      child.once("close", (code) => {
        const missing = code === NOT_FOUND || /failed to execute|no such file.*exec/iu.test(this.#stderr);
        if (child.pid !== undefined) listener.onEnd({ code, missing, stderr: this.#stderr });
        resolve();
      });
    });
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }
}

/** Runs a tool to its end. Never rejects. */
export function runTool(
  tools: Tools,
  command: string,
  args: readonly string[],
): Promise<ToolEnd & { readonly lines: readonly string[] }> {
  const lines: string[] = [];
  return new Promise((resolve) => {
    tools.start(command, args, { onLine: (line) => void lines.push(line), onEnd: (end) => resolve({ ...end, lines }) });
  });
}
