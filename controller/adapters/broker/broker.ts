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
  /**
   * Hands `text` over for delivery and returns at once. Messages of one topic keep their order. Nothing is kept for
   * later: what cannot be handed over now is dropped.
   */
  publish(topic: string, text: string, delivery: Delivery): void;
  /** Ends the connection of a terminal, if it has one and the broker is the controller's own. */
  disconnect(terminalId: TerminalId): void;
  /** Connections the controller knows of: terminals' to its own broker; its own to another one. */
  readonly connected: number;
  /** False while nobody can be heard here, so that a terminal's silence means nothing. */
  readonly listening: boolean;
  readonly port: number;
  /** The epoch has changed: what the broker would say of a dead controller is to say the new one. */
  renewWill(): void;
  /** What clients cost it now; absent where the broker is not the controller's own. */
  readonly load?: BrokerLoad;
  /** What was handed over is written out, within a short time; then every connection ends and nothing comes in. */
  close(): Promise<void>;
}

/**
 * Takes one upward message. Called synchronously, once for each that came in, in the order in which its terminal sent
 * them; whether the broker has confirmed it means nothing. Text is at most MESSAGE_BYTES_MAX long and its topic is the
 * terminal's own. The answer is why it could not be read, or null: five such in ten seconds end the connection, or make
 * it unheard.
 */
export type MessageListener = (terminalId: TerminalId, branch: UpBranch, text: string) => MessageFault | null;

export interface BrokerLoad {
  /** Sockets behind which nobody is known yet. */
  readonly strangers: number;
  /** Bytes that wait in the controller's memory to be understood or written out, of all terminals. */
  readonly bufferedBytes: number;
  /** The most that ever waited to be written out to one terminal. */
  readonly outboundBytesPeak: number;
}

/** Whom something came from, as far as it is known: a certificate's terminal, else an address. */
export type Peer = { readonly terminal: TerminalId } | { readonly address: string };

export const peerName = (peer: Peer): string => ("terminal" in peer ? peer.terminal : peer.address);

/** Metric label of whatever a broker refuses. Stable. */
export type BrokerRefusal =
  | ConnectFault
  | PublishFault
  | TrafficFault
  | MessageFault["code"]
  | "no-certificate"
  | "bad-certificate"
  | "handshake"
  | "slow-handshake"
  | "no-identity"
  | "revoked"
  | "reconnect-storm"
  | "throttled"
  | "too-many-sessions"
  | "foreign-subscription"
  | "subscribe-storm"
  | "deep-topic"
  | "not-utf8"
  | "bad-messages"
  | "slow-subscriber"
  | "too-many-connections"
  | "protocol-error"
  | "hook-threw";
