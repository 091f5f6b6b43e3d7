import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { CounterDevices } from "../hardware/index.ts";
import type { Clock, Log, Random, Trace } from "../protocol/index.ts";
import { loadIdentity } from "./adapters/identity.ts";
import { createMqttLink } from "./adapters/mqtt-link.ts";
import { openJournal as openJournalFile } from "./adapters/standby-journal.ts";
import { type AssembledTerminal, assembleTerminal, type TerminalGround } from "./assemble-terminal.ts";
import type { TerminalConfig } from "./config.ts";
import type { TerminalView } from "./core/view.ts";
import type { ControllerLink } from "./shell/controller-link.ts";
import type { Journal } from "./shell/journal.ts";
import type { Vitals } from "./shell/life-watch.ts";
import type { OnView } from "./shell/runtime.ts";

export interface StartTerminalOptions {
  readonly config: TerminalConfig;
  readonly devices: CounterDevices;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Default: SQLite in the configured directory. */
  readonly journal?: Journal;
  /** With the badge key that goes with it. Default: MQTT, with the identity in the configured directory. */
  readonly connection?: { readonly link: ControllerLink; readonly badgeKey: Uint8Array };
  /** Told of what the counter shows, whenever it changes. */
  readonly onView?: OnView;
  /** Ends the waiting for an enrolment. */
  readonly signal?: AbortSignal;
  /** Where to tell how inputs pass. Default: nowhere. */
  readonly trace?: Trace | undefined;
}

export interface RunningTerminal {
  readonly view: TerminalView;
  vitals(): Vitals;
  /** Tells the controller, closes link, devices and journal. Idempotent. */
  close(): Promise<void>;
}

/** Starts one counter terminal. Resolves when it works, with or without its controller. */
export async function startTerminal(options: StartTerminalOptions): Promise<RunningTerminal> {
  const connection = options.connection ?? (await connectionOf(options));
  const journal = options.journal ?? openJournal(options);
  const ground: TerminalGround = { ...options, ...connection, journal };
  const terminal = assembleTerminal(ground);
  await terminal.opened;
  terminal.start();
  return running(terminal, ground);
}

function running(terminal: AssembledTerminal, { devices, journal, link, log }: TerminalGround): RunningTerminal {
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    terminal.stop();
    await link.close();
    const { buttons, badgeReader, ratingKeypad, nameplate } = devices;
    await Promise.all([buttons, badgeReader, ratingKeypad, nameplate].map((device) => device.close()));
    journal.close();
    log.info("terminal.closed");
  };
  return {
    get view() {
      return terminal.view;
    },
    vitals: () => terminal.vitals(),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

async function connectionOf({ config, clock, random, log, signal }: StartTerminalOptions) {
  const { hall, terminal, directory } = config;
  const { host, mqttPort: port } = config.controller;
  const { badgeKey, ...credentials } = await loadIdentity(directory, terminal, { clock, random, log, signal });
  return { link: createMqttLink({ host, port, hall, terminal, ...credentials, clock, log }), badgeKey };
}

function openJournal({ config: { directory }, random, log }: StartTerminalOptions): Journal {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return openJournalFile({ file: join(directory, "journal.sqlite"), random, log });
}
