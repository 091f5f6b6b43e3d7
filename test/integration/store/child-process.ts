import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const script = (name: string): string => join(import.meta.dirname, name);

/** A busy writer in a process of its own. `reported`: what it said to be committed. */
export class BusyWriter {
  readonly reported: number[] = [];
  readonly #child: ChildProcess;

  constructor(directory: string) {
    this.#child = spawn(process.execPath, [script("busy-writer.ts"), directory], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void this.#child.kill("SIGKILL"));
    let rest = "";
    this.#child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      this.reported.push(...lines.map(Number));
    });
  }

  async firstReport(): Promise<void> {
    if (this.reported.length > 0 || this.#child.stdout === null) return;
    await once(this.#child.stdout, "data");
  }

  /** kill -9, and everything it had said before. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await once(this.#child, "close");
  }
}

export interface LogCommandResult {
  readonly code: number | null;
  readonly out: string;
  readonly complaint: string;
}

/** `hallward log ...` in a process of its own. */
export function runLogCommand(...words: string[]): LogCommandResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script("run-log-command.ts"), ...words], {
    encoding: "utf8",
  });
  return { code: status, out: stdout, complaint: stderr };
}
