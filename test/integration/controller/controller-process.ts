import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { stringify } from "yaml";
import { configurationOf } from "./running-hall.ts";

const HALLWARD = fileURLToPath(new URL("../../../hallward.ts", import.meta.url));

export interface Ready {
  readonly httpPort: number;
  readonly mqttPort: number;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `hallward controller` in a process of its own. */
export interface ControllerProcess {
  readonly child: ChildProcess;
  /** Rejects when the process ends first. */
  readonly ready: Promise<Ready>;
  readonly ended: Promise<Ended>;
}

/** Writes `controller.yaml` into `directory`, with what `change` puts in place of it. */
export function writeConfiguration(directory: string, change: Record<string, unknown> = {}): string {
  const file = join(directory, "controller.yaml");
  writeFileSync(file, stringify({ ...configurationOf("."), ...change }));
  return file;
}

export function hallward(...args: readonly string[]): ControllerProcess {
  const child = spawn(process.execPath, [HALLWARD, ...args], { stdio: ["ignore", "pipe", "pipe", "ipc"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => (said[name] += text));
  }
  const ended = new Promise<Ended>((resolve) => child.once("close", (code) => resolve({ code, ...said })));
  const ready = new Promise<Ready>((resolve, reject) => {
    child.once("message", (message) => resolve(message as Ready));
    void ended.then(({ stderr }) => reject(new TypeError(stderr)));
  });
  ready.catch(() => {});
  return { child, ready, ended };
}
