import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { accessSync, constants, readdirSync, readFileSync, realpathSync, statfsSync } from "node:fs";
import { connect } from "node:net";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import { loadsOnoff } from "../../hardware/index.ts";
import { type Clock, seconds } from "../../protocol/index.ts";
import type { Machine, Reach, ToolAnswer } from "../doctor/machine.ts";

/** A tool or a host that says nothing for so long is not waited for. */
const ANSWER_WITHIN = seconds(3);

/** The machine this process runs on. */
export const thisMachine = (clock: Clock): Machine => ({
  readText: (path) => orNull(() => readFileSync(path, "utf8")),
  list: (path) => orNull(() => readdirSync(path)) ?? [],
  target: (path) => orNull(() => realpathSync(path)),
  access(path, use) {
    try {
      accessSync(path, use === "write" ? constants.W_OK : constants.R_OK | constants.W_OK);
      return "ok";
    } catch (thrown) {
      return ABSENT.has(codeOf(thrown)) ? "absent" : "denied";
    }
  },
  loadsOnoff,
  space: (path) => spaceAt(path),
  userName: () => userInfo().username,
  run: runTool,
  reach: (host, port) => reach(host, port, clock),
  certificateDates(pem) {
    const certificate = orNull(() => new X509Certificate(pem));
    return certificate && { from: Date.parse(certificate.validFrom), to: Date.parse(certificate.validTo) };
  },
  now: () => clock.now(),
});

function orNull<T>(look: () => T): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}

const ABSENT: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR"]);
const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";

function spaceAt(path: string): ReturnType<Machine["space"]> {
  const found = orNull(() => statfsSync(path));
  if (found !== null) return { free: found.bavail * found.bsize, all: found.blocks * found.bsize };
  return dirname(path) === path ? null : spaceAt(dirname(path));
}

function runTool(tool: string, args: readonly string[]): Promise<ToolAnswer> {
  return new Promise((resolve) => {
    const limits = { timeout: ANSWER_WITHIN, killSignal: "SIGKILL", maxBuffer: 1 << 16 } as const;
    execFile(tool, [...args], limits, (thrown, stdout, stderr) => {
      const missing = thrown !== null && ["ENOENT", "EACCES"].includes(codeOf(thrown));
      resolve({ missing, text: stdout + stderr });
    });
  });
}

function reach(host: string, port: number, clock: Clock): Promise<Reach> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (reached: Reach): void => {
      patience.cancel();
      socket.destroy();
      resolve(reached);
    };
    const patience = clock.after(ANSWER_WITHIN, () => settle("no-answer"));
    socket.once("connect", () => settle("ok"));
    socket.on("error", (thrown) => settle(REACHES.get(codeOf(thrown)) ?? "no-answer"));
  });
}

const REACHES: ReadonlyMap<string, Reach> = new Map([
  ["ECONNREFUSED", "refused"],
  ["ENOTFOUND", "unknown-name"],
  ["EAI_AGAIN", "unknown-name"],
]);
