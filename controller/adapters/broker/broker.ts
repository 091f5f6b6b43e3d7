import type { MessageFault, TerminalId } from "../../../protocol/index.ts";
import type { ConnectFault, PublishFault, UpBranch } from "./client-rights.ts";
import type { TrafficFault } from "./traffic-gate.ts";

/** How a message from the controller travels; the wire table says it for every branch. */
export interface Delivery {
  readonly qos: 0 | 1;
  readonly retain: boolean;
}

/**
 * The hall's message bus as the controller sees it. Nothing in it is truth: retained messages and sessions may be gone
 * at any time, and a delivered message may be lost or arrive twice.
 */
export interface Broker {
  /** Hands `text` over for delivery and returns at once. Messages of one topic keep their order. */
  publish(topic: string, text: string, delivery: Delivery): void;
  /** Ends the connection of a terminal, if it has one. */
  disconnect(terminalId: TerminalId): void;
  /** Terminals connected now. */
  readonly connected: number;
  readonly port: number;
  /** What was handed over is written out, within a short time; then every connection ends and nothing comes in. */
  close(): Promise<void>;
}

/**
 * Takes one upward message. Called synchronously, once for each that came in, in the order in which its terminal sent
 * them, before the broker confirms it. Text is at most MESSAGE_BYTES_MAX long and its topic is the terminal's own. The
 * answer is why it could not be read, or null: five such in ten seconds end the connection.
 */
export type MessageListener = (terminalId: TerminalId, branch: UpBranch, text: string) => MessageFault | null;

/** Metric label of whatever a broker refuses. Stable. */
export type BrokerRefusal =
  | ConnectFault
  | PublishFault
  | TrafficFault
  | MessageFault["code"]
  | "no-certificate"
  | "bad-certificate"
  | "handshake"
  | "no-identity"
  | "revoked"
  | "foreign-subscription"
  | "not-utf8"
  | "bad-messages"
  | "slow-subscriber"
  | "too-many-connections"
  | "protocol-error"
  | "hook-threw";
