import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { CounterDevices } from "../hardware/index.ts";
import {
  canonicalJson,
  type Clock,
  type Desired,
  epochMs,
  type Input,
  type Log,
  payloadOf,
  type Random,
  type TerminalId,
  type VisitId,
} from "../protocol/index.ts";
import { createBadgeDigest } from "./adapters/badge-digest.ts";
import { loadIdentity } from "./adapters/identity.ts";
import { createMqttLink } from "./adapters/mqtt-link.ts";
import { openSqliteJournal } from "./adapters/sqlite-journal.ts";
import type { TerminalConfig } from "./config.ts";
import { type CounterFace, keptFace, NO_FACE } from "./core/face.ts";
import { startState } from "./core/terminal-state.ts";
import type { TerminalView } from "./core/view.ts";
import { FIRMWARE } from "./firmware.ts";
import type { ControllerLink } from "./shell/controller-link.ts";
import type { TerminalParts } from "./shell/parts.ts";
import type { Journal } from "./shell/journal.ts";
import { openDevices } from "./shell/open-devices.ts";
import { type OnView, TerminalRuntime } from "./shell/runtime.ts";

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
}

export interface RunningTerminal {
  readonly view: TerminalView;
  /** Tells the controller, closes link, devices and journal. Idempotent. */
  close(): Promise<void>;
}

/** Starts one counter terminal. Resolves when it works, with or without its controller. */
export async function startTerminal(options: StartTerminalOptions): Promise<RunningTerminal> {
  const { config, devices, clock, random, log, onView } = options;
  const { link, badgeKey } = options.connection ?? (await connectionOf(options));
  const journal = options.journal ?? openJournal(options);
  const identity = {
    hall: config.hall,
    terminal: config.terminal,
    role: config.role,
    firmware: FIRMWARE,
    configuration: createHash("sha256").update(canonicalJson(config)).digest("hex"),
  };
  const memoryBytes = (): number => process.memoryUsage.rss();
  const parts: TerminalParts = { identity, devices, journal, link, clock, random, log, memoryBytes };
  const runtime = new TerminalRuntime(parts, stateOf(config, journal, clock), onView);
  const { stream, boot, head, done } = journal.state();
  log.info("terminal.started", { firmware: FIRMWARE, stream, boot, head, done });
  await openDevices(devices, (input) => runtime.feed(input), createBadgeDigest(badgeKey), clock);
  runtime.start(clock.mono());
  return running(runtime, parts);
}

function running(runtime: TerminalRuntime, { devices, journal, link, log }: TerminalParts): RunningTerminal {
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    runtime.close();
    await link.close();
    const { buttons, badgeReader, ratingKeypad, nameplate } = devices;
    await Promise.all([buttons, badgeReader, ratingKeypad, nameplate].map((device) => device.close()));
    journal.close();
    log.info("terminal.closed");
  };
  return {
    get view() {
      return runtime.view;
    },
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
  return openSqliteJournal({ file: join(directory, "journal.sqlite"), random, log });
}

/** Inputs looked at on start: the last hall time known, and the ratings given lately, are among them. */
const REMEMBERED_MAX = 256;

function stateOf({ terminal }: TerminalConfig, journal: Journal, clock: Clock) {
  const position = journal.state();
  const recent = journal.read(Math.max(position.tail, position.head - REMEMBERED_MAX + 1), position.head);
  return startState({
    terminal,
    journal: position,
    epochSeen: position.epochSeen,
    hallFloor: epochMs(Math.max(0, ...recent.map(({ hallMs }) => hallMs))),
    rated: recent.flatMap(ratedVisit),
    face: faceOf(terminal, journal, clock),
  });
}

function faceOf(terminal: TerminalId, journal: Journal, clock: Clock): CounterFace {
  const kept = journal.keptFace();
  if (kept?.terminalId !== terminal) return NO_FACE;
  const { done, head } = journal.state();
  return keptFace(withoutOldWindow(kept, clock), journal.read(done + 1, head));
}

/** After a long night the keypad would ask the next citizen about the last one. When in doubt, nobody is asked. */
function withoutOldWindow(kept: Desired, clock: Clock): Desired {
  const { rating } = kept;
  const isOpen = rating !== null && clock.now() >= rating.openedAtMs && clock.now() < rating.closesAtMs;
  return isOpen ? kept : { ...kept, rating: null };
}

function ratedVisit(input: Input): readonly VisitId[] {
  const payload = payloadOf(input);
  return "type" in payload && payload.type === "rating-given" ? [payload.body.visitId] : [];
}
