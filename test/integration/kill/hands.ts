import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { milliseconds, seconds } from "../../../protocol/index.ts";
import { type CounterView, DARK_VIEW, type HandMessage, TerminalMessage } from "../../../simulator/wire/ipc.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import type { SeededRandom } from "../../support/seeded-random.ts";
import { badgeValue } from "./hall-names.ts";

const HALLWARD = fileURLToPath(new URL("../../../hallward.ts", import.meta.url));
const STRANGERS_FROM = 0xf000_0000;

/** `hallward ARGS` as a process of its own, its words in a file. */
export function startHallward(args: readonly string[], logFile: string): ChildProcess {
  const log = openSync(logFile, "a");
  const child = spawn(process.execPath, [HALLWARD, ...args], { stdio: ["ignore", log, log, "ipc"] });
  closeSync(log);
  return child;
}

export const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once("exit", (code) => resolve(code)));

/** The next wake of the machine's own clock: the harness of real processes lives in real time. */
export const passed = (durationMs: number): Promise<void> =>
  new Promise((resolve) => void systemClock.after(milliseconds(durationMs), resolve));

/** Waits until `holds`, looking again and again; fails with `what` after `withinMs`. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> {
  const start = systemClock.mono();
  while (!(await holds())) {
    if (systemClock.mono() - start > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await passed(50);
  }
}

/**
 * One window's terminal process and the hands in front of it, which press whatever keys come to mind. What was promised
 * to them is written down: taps that showed green, ratings that were thanked for.
 */
export class Hands {
  readonly greenTaps: string[] = [];
  thanks = 0;
  taps = 0;
  view: CounterView = DARK_VIEW;
  #child: ChildProcess | null = null;
  #stranger: number;
  #busy = true;
  readonly #n: number;
  readonly #random: SeededRandom;
  readonly #start: () => ChildProcess;

  constructor(n: number, random: SeededRandom, start: () => ChildProcess) {
    this.#n = n;
    this.#random = random;
    this.#start = start;
    this.#stranger = STRANGERS_FROM + n * 0x10_000;
  }

  get isUp(): boolean {
    return this.view.link === "up";
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  powerOn(): void {
    const child = this.#start();
    this.#child = child;
    this.view = DARK_VIEW;
    child.on("message", (raw) => {
      const message = TerminalMessage.safeParse(raw);
      if (message.success && this.#child === child) this.#see(message.data.view);
    });
  }

  /** kill -9, as a power cut does it. */
  async powerOff(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    this.view = DARK_VIEW;
    if (child === null) return;
    child.kill("SIGKILL");
    await ended(child);
  }

  /** Presses on until told to rest. */
  async work(): Promise<void> {
    while (this.#busy) {
      await this.#act();
      await passed(150 + this.#random.next() * 600);
    }
  }

  rest(): void {
    this.#busy = false;
  }

  async signOn(): Promise<void> {
    await this.#tap(badgeValue(this.#n));
  }

  async #act(): Promise<void> {
    const choice = this.#random.next();
    if (this.view.keypad === "asking" && choice < 0.6) return this.#send({ type: "rate", level: 5 });
    if (choice < 0.3) return this.#tapAsStranger();
    const heldForMs = choice > 0.95 ? seconds(1.6) : 60;
    this.#send({ type: "press", button: this.#likelyButton(choice), heldForMs });
  }

  /** Mostly what a clerk would press, whose call lamp blinks while a ticket is called; now and then the other key. */
  #likelyButton(choice: number): "call" | "pause" {
    const called = this.view.lamps.call === "blink";
    return called === choice < 0.8 ? "pause" : "call";
  }

  async #tapAsStranger(): Promise<void> {
    this.#stranger += 1;
    const badge = badgeValue(this.#stranger);
    if (await this.#tap(badge)) this.greenTaps.push(badge);
  }

  /** True when the reader's light went green. Only one thing is done at a time, so the next answer is its own. */
  async #tap(badge: string): Promise<boolean> {
    await passed(120); // The answer to an earlier key must not pass for this one's.
    const before = this.view.beep?.count ?? 0;
    const child = this.#child;
    this.taps += 1;
    this.#send({ type: "tap", badge });
    const start = systemClock.mono();
    while (systemClock.mono() - start < 1_500 && this.#child === child) {
      const { beep } = this.view;
      if (beep !== null && beep.count > before) return beep.pattern === "accepted";
      await passed(5);
    }
    return false;
  }

  #send(message: HandMessage): void {
    if (this.#child?.connected === true) this.#child.send(message, () => undefined);
  }

  #see(view: CounterView): void {
    if (view.keypad === "thanks" && this.view.keypad !== "thanks") this.thanks += 1;
    this.view = view;
  }
}
