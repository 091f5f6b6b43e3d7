import { createHash } from "node:crypto";
import type { CounterDevices } from "../hardware/index.ts";
import {
  canonicalJson,
  type Clock,
  type Desired,
  type DurationMs,
  epochMs,
  type Input,
  type Log,
  payloadOf,
  type Random,
  type TerminalId,
  type Timer,
  type Trace,
  type VisitId,
} from "../protocol/index.ts";
import { createBadgeDigest } from "./adapters/badge-digest.ts";
import type { TerminalConfig } from "./config.ts";
import { type CounterFace, keptFace, NO_FACE } from "./core/face.ts";
import { startState } from "./core/terminal-state.ts";
import type { TerminalView } from "./core/view.ts";
import { FIRMWARE } from "./firmware.ts";
import type { ControllerLink } from "./shell/controller-link.ts";
import type { Journal } from "./shell/journal.ts";
import type { Vitals } from "./shell/life-watch.ts";
import { openDevices } from "./shell/open-devices.ts";
import type { TerminalParts } from "./shell/parts.ts";
import { type OnView, TerminalRuntime } from "./shell/runtime.ts";

/** Everything a terminal stands on, already open. */
export interface TerminalGround {
  readonly config: TerminalConfig;
  readonly devices: CounterDevices;
  readonly journal: Journal;
  readonly link: ControllerLink;
  readonly badgeKey: Uint8Array;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Told of what the counter shows, whenever it changes. */
  readonly onView?: OnView;
  /** Default: this process's resident memory. */
  readonly memoryBytes?: () => number;
  /** Default: `clock.every`. See TerminalParts. */
  readonly beats?: (period: DurationMs, beat: () => void) => Timer;
  readonly trace?: Trace | undefined;
  /** See TerminalParts. */
  readonly healthPeriod?: DurationMs | undefined;
}

export interface AssembledTerminal {
  readonly view: TerminalView;
  /** Settles when every device is open; devices that open at once need not be waited for. */
  readonly opened: Promise<void>;
  vitals(): Vitals;
  /** What the devices said before it waits for it. */
  start(): void;
  /** Takes and orders nothing any more, and tells the controller. Link, devices and journal stay open. */
  stop(): void;
}

/** Puts a terminal together, without starting it: the same in the real process and in the simulator. */
export function assembleTerminal(ground: TerminalGround): AssembledTerminal {
  const { config, devices, journal, link, clock, random, log, onView, trace } = ground;
  const identity = {
    hall: config.hall,
    terminal: config.terminal,
    role: config.role,
    firmware: FIRMWARE,
    configuration: createHash("sha256").update(canonicalJson(config)).digest("hex"),
  };
  const memoryBytes = ground.memoryBytes ?? (() => process.memoryUsage.rss());
  const beats = ground.beats ?? ((period, beat) => clock.every(period, beat));
  const { healthPeriod } = ground;
  const ports = { devices, journal, link, clock, random, log };
  const parts: TerminalParts = { identity, ...ports, memoryBytes, beats, trace, healthPeriod };
  const runtime = new TerminalRuntime(parts, stateOf(config, journal, clock), onView);
  const { stream, boot, head, done } = journal.state();
  log.info("terminal.started", { firmware: FIRMWARE, stream, boot, head, done });
  const opened = openDevices(devices, (input) => runtime.feed(input), createBadgeDigest(ground.badgeKey), clock, log);
  return {
    get view() {
      return runtime.view;
    },
    opened,
    vitals: () => runtime.vitals(),
    start: () => runtime.start(clock.mono()),
    stop: () => runtime.close(),
  };
}

/** Inputs looked at on start: the last hall time known, and the ratings given lately, are among them. */
const REMEMBERED_MAX = 256;

function stateOf({ terminal }: TerminalConfig, journal: Journal, clock: Clock) {
  const position = journal.state();
  const recent = journal.read(Math.max(position.tail, position.head - REMEMBERED_MAX + 1), position.head);
  return startState({
    terminal,
    journal: position,
    journalFault: position.boot === 0 ? "journal-unwritable" : null,
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
