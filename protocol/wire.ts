import type { z } from "zod";
import { Ack } from "./messages/ack.ts";
import { Announcement, Board } from "./messages/board.ts";
import { CommandReply, TechnicianCommand } from "./messages/command.ts";
import { ControllerState } from "./messages/controller-state.ts";
import { Desired } from "./messages/desired.ts";
import { Health } from "./messages/health.ts";
import { Reported } from "./messages/reported.ts";
import { TerminalState } from "./messages/terminal-state.ts";
import { UpEnvelope } from "./messages/up.ts";
import type { HallBranch, TerminalBranch } from "./topics.ts";

export type WireBranch = HallBranch | TerminalBranch;

/** How one message travels. */
export interface WireRow {
  /** Last level of its topic. */
  readonly branch: WireBranch;
  /** Below the hall's own topics, or below `terminals/{terminal}`. */
  readonly family: "hall" | "terminal";
  /** `up`: from a terminal to the controller. */
  readonly direction: "up" | "down";
  readonly qos: 0 | 1;
  readonly retained: boolean;
  /** The sender also leaves one with the broker as its last will, with the same QoS and retain flag. */
  readonly lastWill: boolean;
  /** Taking it twice is the same as taking it once. QoS 1 may deliver twice, so nothing else may be on this wire. */
  readonly idempotent: true;
  /** Fields by which a receiver tells a repeat or an older one; empty when the latest simply counts. */
  readonly repeatKnownBy: readonly string[];
  /** The branch that carries the receiver's answer, if there is one. */
  readonly answeredBy: WireBranch | null;
  readonly name: string;
  readonly schema: z.ZodType;
  readonly title: string;
  readonly summary: string;
}

type WireTable = {
  readonly [B in HallBranch]: WireRow & { readonly branch: B; readonly family: "hall" };
} & {
  readonly [B in TerminalBranch]: WireRow & { readonly branch: B; readonly family: "terminal" };
};

const fromHall = { family: "hall", direction: "down", idempotent: true, answeredBy: null } as const;
const toTerminal = { family: "terminal", direction: "down", lastWill: false, idempotent: true } as const;
const fromTerminal = { family: "terminal", direction: "up", idempotent: true } as const;

/** The wire: every message there is, and nothing else. Broker, links and the published contract all read it. */
export const WIRE = {
  controller: {
    ...fromHall,
    branch: "controller",
    qos: 1,
    retained: true,
    lastWill: true,
    repeatKnownBy: ["epoch", "status"],
    name: "ControllerState",
    schema: ControllerState,
    title: "Controller state",
    summary: "Who leads the hall: its epoch, version and protocol range. The last will says that it is down.",
  },
  board: {
    ...fromHall,
    branch: "board",
    qos: 1,
    retained: true,
    lastWill: false,
    repeatKnownBy: ["epoch", "rev"],
    name: "Board",
    schema: Board,
    title: "Board",
    summary: "Everything a public screen shows, whole.",
  },
  calls: {
    ...fromHall,
    branch: "calls",
    qos: 1,
    retained: false,
    lastWill: false,
    repeatKnownBy: ["callId"],
    name: "Announcement",
    schema: Announcement,
    title: "Announcement",
    summary: "One call or recall, for chime and voice. Never retained: a late joiner must not replay a chime.",
  },
  state: {
    ...fromTerminal,
    branch: "state",
    qos: 1,
    retained: true,
    lastWill: true,
    repeatKnownBy: ["stream", "session", "status"],
    answeredBy: "ack",
    name: "TerminalState",
    schema: TerminalState,
    title: "Terminal state",
    summary: "The birth after every connect, and the last will of the same stream and session.",
  },
  up: {
    ...fromTerminal,
    branch: "up",
    qos: 1,
    retained: false,
    lastWill: false,
    repeatKnownBy: ["stream", "inputs"],
    answeredBy: "ack",
    name: "UpEnvelope",
    schema: UpEnvelope,
    title: "Inputs",
    summary: "What happened at the terminal, in ascending seq; every input is sent until an ack covers it.",
  },
  reported: {
    ...fromTerminal,
    branch: "reported",
    qos: 1,
    retained: false,
    lastWill: false,
    repeatKnownBy: ["epoch", "rev"],
    answeredBy: null,
    name: "Reported",
    schema: Reported,
    title: "Reported face",
    summary: "The revision the counter really shows, with its configuration and software.",
  },
  reply: {
    ...fromTerminal,
    branch: "reply",
    qos: 1,
    retained: false,
    lastWill: false,
    repeatKnownBy: ["commandId"],
    answeredBy: null,
    name: "CommandReply",
    schema: CommandReply,
    title: "Command reply",
    summary: "What became of a technician's order.",
  },
  health: {
    ...fromTerminal,
    branch: "health",
    qos: 0,
    retained: false,
    lastWill: false,
    repeatKnownBy: [],
    answeredBy: "ack",
    name: "Health",
    schema: Health,
    title: "Health",
    summary: "Every 10 s: journal positions, uptime, memory, clock offset and counters.",
  },
  ack: {
    ...toTerminal,
    branch: "ack",
    qos: 0,
    retained: false,
    repeatKnownBy: [],
    answeredBy: null,
    name: "Ack",
    schema: Ack,
    title: "Acknowledgement",
    summary:
      "Highest contiguous committed seq, gaps asked for, refusals and hall time. The next one repairs a lost one.",
  },
  desired: {
    ...toTerminal,
    branch: "desired",
    qos: 1,
    retained: true,
    repeatKnownBy: ["epoch", "rev"],
    answeredBy: "reported",
    name: "Desired",
    schema: Desired,
    title: "Desired face",
    summary: "The whole face of the counter; anything not newer than what is shown is ignored.",
  },
  command: {
    ...toTerminal,
    branch: "command",
    qos: 1,
    retained: false,
    repeatKnownBy: ["commandId"],
    answeredBy: "reply",
    name: "TechnicianCommand",
    schema: TechnicianCommand,
    title: "Technician's command",
    summary: "An order bound to an epoch and an expiry, carried out at most once.",
  },
} as const satisfies WireTable;

/** The row of `branch`: take schema, QoS and retain flag of a publish or a subscription from it. */
export const wireOf = <B extends WireBranch>(branch: B): (typeof WIRE)[B] => WIRE[branch];
