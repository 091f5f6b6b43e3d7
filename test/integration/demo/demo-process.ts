import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { assert } from "../../../protocol/index.ts";
import type { PanelHall } from "../../../simulator/panel/panel-contract.ts";
import type { CounterView } from "../../../simulator/wire/ipc.ts";

const HALLWARD = fileURLToPath(new URL("../../../hallward.ts", import.meta.url));

export const newDirectory = (): string => join(mkdtempSync(join(tmpdir(), "hallward-demo-")), "hall");
export const removeDirectory = (directory: string): void => rmSync(join(directory, ".."), { recursive: true });

export async function until<T>(what: string, look: () => Promise<T | null>, withinMs = 15_000): Promise<T> {
  const deadline = systemClock.mono() + withinMs;
  while (systemClock.mono() < deadline) {
    const seen = await look().catch(() => null);
    if (seen !== null) return seen;
    await pause(50);
  }
  assert(false, `not within ${withinMs} ms: ${what}`);
}

/** `hallward demo`, as somebody starts it. */
export class DemoProcess {
  readonly child: ChildProcess;
  readonly exit: Promise<number | null>;
  readonly #port: number;
  said = "";
  complained = "";

  private constructor(child: ChildProcess, port: number) {
    this.child = child;
    this.#port = port;
    this.exit = new Promise((resolve) => child.once("exit", (code) => resolve(code)));
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.said += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.complained += text));
  }

  static start(options: {
    counters: number;
    port: number;
    mqttPort: number;
    data: string;
    more?: readonly string[];
    /** With a fortnight behind it: default without. */
    history?: boolean;
  }): DemoProcess {
    const { counters, port, mqttPort, data, more = [], history = false } = options;
    const numbers = ["--counters", counters, "--port", port, "--mqtt-port", mqttPort].map(String);
    const past = history ? [] : ["--no-history"];
    const child = spawn(process.execPath, [HALLWARD, "demo", ...numbers, "--data", data, "--quiet", ...past, ...more], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new DemoProcess(child, port);
  }

  async ready(): Promise<void> {
    await until("the hall is ready", async () => (this.said.includes("ready in") ? true : null), 25_000);
  }

  /** Process ids of everything it has started. */
  children(): number[] {
    const { pid } = this.child;
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  }

  /** Process id of the terminal with this id. */
  terminal(id: string): number {
    const found = this.children().find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`/${id}/`));
    assert(found !== undefined, `terminal ${id} is running`);
    return found;
  }

  /** Process id of what it has started with these words in its command line. */
  childWith(words: string): number {
    const found = this.children().find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(words));
    assert(found !== undefined, `a process with ${words} is running`);
    return found;
  }

  async metrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.#port}/metrics`)).text();
  }

  /** Ends what a failed test may have left. */
  async dispose(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill("SIGKILL");
    await this.exit;
  }

  async view(counter: string): Promise<CounterView> {
    const hall = (await (await fetch(`http://127.0.0.1:${this.#port + 1}/panel/counters`)).json()) as PanelHall;
    const found = hall.counters.find(({ counterId }) => counterId === counter);
    assert(found !== undefined, `counter ${counter} is on the panel`);
    return found.view;
  }

  /** Waits until one line of the plate reads so, and returns the whole view. */
  plateSays(counter: string, zh: string, withinMs?: number): Promise<CounterView> {
    const look = async (): Promise<CounterView | null> => {
      const view = await this.view(counter);
      return view.plate.some((line) => line.zh === zh) ? view : null;
    };
    return until(`the plate of ${counter} says ${zh}`, look, withinMs);
  }

  async hands(counter: string, act: "press" | "tap" | "rate", body: object): Promise<void> {
    const url = `http://127.0.0.1:${this.#port + 1}/panel/counters/${counter}/${act}`;
    const { status } = await post(url, body);
    assert(status === 202, `${act} at ${counter} is taken`);
  }

  async takeTicket(service: string): Promise<string> {
    const response = await post(`http://127.0.0.1:${this.#port}/api/tickets`, { service });
    assert(response.status === 201, "a ticket is issued");
    return ((await response.json()) as { number: string }).number;
  }

  /** The password of one of the demonstration's accounts, as the start prints it. */
  passwordOf(account: string): string {
    const found = new RegExp(`^ +${account} +(\\S+)`, "mu").exec(this.said)?.[1];
    assert(found !== undefined, `${account} is printed`);
    return found;
  }

  async board(): Promise<unknown> {
    return (await fetch(`http://127.0.0.1:${this.#port}/api/board`)).json();
  }
}

const post = (url: string, body: object): Promise<Response> =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** Gone, or waiting to be collected by whoever inherited it. */
export function isGone(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return !existsSync(file) || / [ZX] /u.test(readFileSync(file, "utf8"));
}

/** A free port whose next one is free too. */
export async function freePortPair(): Promise<number> {
  for (;;) {
    const port = candidate;
    candidate = port + 2 < FIRST_EPHEMERAL ? port + 2 : FIRST_CANDIDATE;
    const first = await listenOn(port).catch(() => null);
    if (first === null) continue;
    const second = await listenOn(port + 1).catch(() => null);
    await closed(first[0]);
    if (second === null) continue;
    await closed(second[0]);
    return port;
  }
}

/** Below the ports that outgoing connections beside us take at any moment; each test process its own stretch. */
const FIRST_CANDIDATE = 20_000;
const FIRST_EPHEMERAL = 32_000;
let candidate = FIRST_CANDIDATE + (process.pid % 500) * 24;

type Listening = readonly [ReturnType<typeof createServer>, number];

export function listenOn(port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      assert(typeof address === "object" && address !== null, "it listens");
      resolve([server, address.port]);
    });
  });
}

export const closed = (server: ReturnType<typeof createServer>): Promise<void> =>
  new Promise((resolve) => server.close(() => resolve()));
