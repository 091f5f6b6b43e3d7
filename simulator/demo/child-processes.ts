import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import { z } from "zod";
import { type HandMessage, TerminalMessage } from "../wire/ipc.ts";
import type { Child, Ending, Supervised } from "./supervisor.ts";
import type { WiredCounter } from "./wired-counter.ts";

const HALLWARD = fileURLToPath(new URL("../../hallward.ts", import.meta.url));
const LEAVE_WITH_PARENT = fileURLToPath(new URL("../wire/leave-with-parent.ts", import.meta.url));

/** Between these exit codes a controller says that it will not run... */
const REFUSES_FROM = 64;
const REFUSES_TO = 78;
/** ...but a bug, or a disk that failed once, may be gone the next time. */
const WORTH_ANOTHER_TRY: ReadonlySet<number> = new Set([70, 76]);
const LAST_WORDS_MAX = 2000;

/** `hallward ARGS`, its log in a file. In a process group of its own: Ctrl-C is for the demonstration. */
function start(
  args: readonly string[],
  logFile: string,
  piped: "output" | "errors" | "nothing",
  onEnd: OnEnd,
): ChildProcess {
  const log = openSync(logFile, "a");
  const child = spawn(process.execPath, ["--import", LEAVE_WITH_PARENT, HALLWARD, ...args], {
    stdio: ["ignore", piped === "output" ? "pipe" : log, piped === "errors" ? "pipe" : log, "ipc"],
    detached: true,
  });
  closeSync(log);
  child.once("error", () => onEnd({ code: null, signal: null })); // Could not be started at all.
  child.once("close", (code, signal) => onEnd({ code, signal }));
  return child;
}

type OnEnd = (ending: Ending) => void;

const controlOf = (child: ChildProcess): Child => ({
  close: () => void child.kill("SIGTERM"),
  kill: () => void child.kill("SIGKILL"),
});

/** Where the processes of a demonstration write what they have to say. */
export function logDirectory(dataDirectory: string): string {
  const directory = join(dataDirectory, "logs");
  mkdirSync(directory, { recursive: true });
  return directory;
}

const isRefusal = (code: number): boolean => code >= REFUSES_FROM && code <= REFUSES_TO && !WORTH_ANOTHER_TRY.has(code);

export interface ControllerProcess extends Supervised {
  /** The end of what it wrote to stderr. */
  lastWords(): string;
}

export function controllerProcess(configFile: string, logFile: string): ControllerProcess {
  let words = "";
  return {
    name: "controller",
    lastWords: () => words.trim().split("\n").at(-1) ?? "",
    isFinal: ({ code }: Ending) => code !== null && isRefusal(code),
    spawn(onEnd) {
      words = "";
      const child = start(["controller", "--config", configFile], logFile, "errors", onEnd);
      child.stderr?.setEncoding("utf8").on("data", (text: string) => {
        words = (words + text).slice(-LAST_WORDS_MAX);
        appendFileSync(logFile, text);
      });
      return controlOf(child);
    },
  };
}

export interface TerminalProcess extends Supervised {
  /** False when the process is not there. */
  send(message: HandMessage): boolean;
}

export interface TerminalProcessOptions {
  readonly name: string;
  readonly args: readonly string[];
  readonly logFile: string;
  readonly onMessage: (message: TerminalMessage) => void;
  readonly onGone: () => void;
}

export function terminalProcess(options: TerminalProcessOptions): TerminalProcess {
  let running: ChildProcess | null = null;
  const send = (message: HandMessage): boolean => {
    if (running === null || !running.connected) return false;
    running.send(message, () => {}); // A process that dies meanwhile is its supervisor's business.
    return true;
  };
  return {
    name: options.name,
    send,
    isFinal: () => false,
    spawn(onEnd) {
      const child = start(["virtual-terminal", ...options.args], options.logFile, "nothing", (ending) => {
        running = null;
        options.onGone();
        onEnd(ending);
      });
      running = child;
      child.on("message", (raw) => {
        const message = TerminalMessage.safeParse(raw);
        if (message.success) options.onMessage(message.data);
      });
      return controlOf(child);
    },
  };
}

export interface WiredProcessOptions extends Pick<TerminalProcessOptions, "name" | "logFile"> {
  readonly configFile: string;
  readonly counter: Pick<WiredCounter, "move" | "linkIs">;
}

/** The product's own `hallward terminal`: nobody speaks to it but its devices, at the ends of their wires. */
export function wiredProcess({ name, configFile, logFile, counter }: WiredProcessOptions): TerminalProcess {
  return {
    name,
    send: (message) => counter.move(message),
    isFinal: () => false,
    spawn(onEnd) {
      const child = start(["terminal", "--config", configFile], logFile, "output", (ending) => {
        counter.linkIs("down");
        onEnd(ending);
      });
      if (child.stdout !== null) {
        createInterface({ input: child.stdout }).on("line", (line) => {
          appendFileSync(logFile, `${line}\n`);
          const link = linkIn(line);
          if (link !== null) counter.linkIs(link);
        });
      }
      return controlOf(child);
    },
  };
}

const LogLine = z.object({ event: z.string(), link: z.string().optional() });

/** Whether the terminal hears the controller, where its log says so. Lines of the same name tell of its wires. */
function linkIn(line: string): "up" | "down" | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return null;
  }
  const { data } = LogLine.safeParse(parsed);
  if (data?.event === "link.resynced") return "up";
  return data?.event === "link.down" && data.link === undefined ? "down" : null;
}
