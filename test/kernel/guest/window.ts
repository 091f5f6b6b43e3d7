import { join } from "node:path";
import { canonicalBadge } from "../../../hardware/index.ts";
import { loadConfig } from "../../../hardware/system/config-file.ts";
import { createPinoLog } from "../../../hardware/system/pino-log.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { systemRandom } from "../../../hardware/system/system-random.ts";
import { milliseconds, seconds } from "../../../protocol/index.ts";
import { type VirtualCounter, virtualCounter } from "../../../simulator/devices/virtual-counter.ts";
import { loadIdentity } from "../../../terminal/adapters/identity.ts";
import { createMqttLink } from "../../../terminal/adapters/mqtt-link.ts";
import { openSqliteJournal } from "../../../terminal/adapters/sqlite-journal.ts";
import {
  besideFile,
  type ControllerLink,
  type Journal,
  type RunningTerminal,
  startTerminal,
  TerminalConfig,
  type TerminalView,
} from "../../../terminal/index.ts";
import { passed } from "../../integration/kill/hands.ts";
import { badgeValue } from "../../integration/kill/hall-names.ts";
import type { FactChannel } from "./fact-channel.ts";

/** Badges that nobody has, so that each tap can be found again: chosen by chance, for they must differ after a cut. */
const strangersBadge = () =>
  canonicalBadge(
    Math.floor(0xf000_0000 + systemRandom.next() * 0x0fff_ffff)
      .toString(16)
      .toUpperCase(),
  );

/** One counter: the product's terminal with its own journal and link, virtual devices, and hands that never rest. */
export class Window {
  readonly #n: number;
  readonly #facts: FactChannel;
  readonly #counter: VirtualCounter;
  #terminal: RunningTerminal | null = null;
  #journal: Journal | null = null;
  #name = "";
  #keypad = "dark";
  #number: string | null = null;

  constructor(n: number, facts: FactChannel) {
    this.#n = n;
    this.#facts = facts;
    this.#counter = virtualCounter(systemClock, () => this.#look());
  }

  get isUp(): boolean {
    return this.#terminal?.view.connected === true;
  }

  get isSettled(): boolean {
    const state = this.#journal?.state();
    return state !== undefined && state.head === state.done;
  }

  async open(configFile: string): Promise<void> {
    const config = besideFile(loadConfig(TerminalConfig, configFile), configFile);
    const { hall, terminal, directory } = config;
    const { host, mqttPort: port } = config.controller;
    this.#name = terminal;
    const log = createPinoLog({ base: { terminal }, level: "warn" });
    const world = { clock: systemClock, random: systemRandom, log };
    const { badgeKey, ...credentials } = await loadIdentity(directory, terminal, world);
    const link = this.#overheard(
      createMqttLink({ host, port, hall, terminal, ...credentials, clock: systemClock, log }),
    );
    this.#journal = openSqliteJournal({ file: join(directory, "journal.sqlite"), random: systemRandom, log });
    const onView = (view: TerminalView): void => this.#read(view);
    this.#terminal = await startTerminal({
      config,
      devices: this.#counter,
      ...world,
      journal: this.#journal,
      connection: { link, badgeKey },
      onView,
    });
  }

  /** Badge in, then press, tap and rate whatever comes to mind. */
  async work(): Promise<never> {
    await this.#tap(canonicalBadge(badgeValue(this.#n)));
    for (;;) {
      await this.#act();
      await passed(20 + systemRandom.next() * 150);
    }
  }

  close(): Promise<void> {
    return this.#terminal?.close() ?? Promise.resolve();
  }

  async #act(): Promise<void> {
    const choice = systemRandom.next();
    const { buttons, ratingKeypad } = this.#counter;
    if (ratingKeypad.face === "asking" && choice < 0.7) return ratingKeypad.rate(5);
    if (choice < 0.4) return await this.#tap(strangersBadge());
    const called = buttons.lamps.call === "blink";
    buttons.press(called === choice < 0.85 ? "pause" : "call", choice > 0.97 ? seconds(1.6) : milliseconds(60));
  }

  /** Only one thing is done at a time, so the next beep answers this tap. */
  async #tap(badge: ReturnType<typeof canonicalBadge>): Promise<void> {
    await passed(100);
    const { buttons, badgeReader } = this.#counter;
    const before = buttons.lastBeep?.count ?? 0;
    badgeReader.tap(badge);
    for (let looks = 0; looks < 200; looks += 1) {
      const beep = buttons.lastBeep;
      if (beep !== null && beep.count > before) {
        if (beep.pattern === "accepted") this.#facts.say({ type: "green", terminal: this.#name, badge });
        return;
      }
      await passed(5);
    }
  }

  /** The same link, with the controller's acknowledgements said to the host before the terminal hears them. */
  #overheard(link: ControllerLink): ControllerLink {
    return {
      connect: (will, listener) =>
        link.connect(will, {
          onUp: () => listener.onUp(),
          onDown: (reason) => listener.onDown(reason),
          onRefused: (code) => listener.onRefused(code),
          onHeard: (heard) => {
            if (heard.type === "ack") {
              const { stream, upTo } = heard.ack;
              this.#facts.say({ type: "acked", terminal: this.#name, stream, upTo });
            }
            listener.onHeard(heard);
          },
        }),
      say: (said) => link.say(said),
      close: () => link.close(),
    };
  }

  #look(): void {
    const keypad = this.#counter.ratingKeypad.face;
    if (keypad === "thanks" && this.#keypad !== "thanks") this.#facts.say({ type: "thanked", terminal: this.#name });
    this.#keypad = keypad;
  }

  #read({ ticketNumber: number }: TerminalView): void {
    if (number !== null && number !== this.#number) this.#facts.say({ type: "called", terminal: this.#name, number });
    this.#number = number;
  }
}
