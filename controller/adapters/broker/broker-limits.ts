import { milliseconds, PACKET_BYTES_MAX, seconds } from "../../../protocol/index.ts";

// What one socket may cost the hall (I13). Product defaults.

/** Sockets at once, handshakes included: 500 terminals, their half-dead predecessors after a power cut, and room. */
export const CONNECTIONS_MAX = 2_000;
/** From the first SYN to a checked certificate, whatever trickles in meanwhile. */
export const HANDSHAKE_TIMEOUT = seconds(5);
/** Sockets that have not shown a certificate yet. The rest of CONNECTIONS_MAX is for those that have. */
export const STRANGERS_MAX = 1_000;
/** Of them, from one address: 500 terminals behind one router, and room. */
export const STRANGERS_PER_ADDRESS_MAX = 600;
/** Bytes of the first TLS record, its header included (RFC 8446, 5.1). */
export const HELLO_BYTES_MAX = 5 + 16 * 1024;
/** Sockets of one terminal: the living one, half-dead ones before it, and one that is being opened. */
export const SESSIONS_PER_TERMINAL_MAX = 4;
/** Terminals whose budget is remembered between two connections. */
export const BUDGETS_MAX = 2_048;
/** Foreign filters on one connection before it is cut: a mistake in a firmware is a handful. */
export const FOREIGN_FILTERS_MAX = 16;
/** A subscriber that does not read for so long is dropped: by default it would starve the others for a minute. */
export const DRAIN_TIMEOUT = seconds(5);
/** Bytes waiting for one subscriber before it is dropped. */
export const OUTBOUND_BYTES_MAX = 256 * 1024;
/** So many unreadable messages within the window cost a client its connection. */
export const BAD_MESSAGES_MAX = 5;
export const BAD_MESSAGES_WINDOW = seconds(10);
/** What is still to be written gets so long when the broker closes. */
export const FLUSH_WITHIN = milliseconds(500);

export interface Allowance {
  /** Packets a second, sustained. */
  readonly perSecond: number;
  /** Packets at once after a quiet time. */
  readonly burst: number;
  /** Packets beyond the burst that are merely delayed. More is a flood. */
  readonly debt: number;
}

/**
 * TLS handshakes of the whole hall. One takes 0.8 ms of the loop on which everybody is served: 500 terminals are back
 * after a power cut in 3.5 s, and a storm of strangers takes an eighth of the time.
 */
export const HANDSHAKES: Allowance = { perSecond: 150, burst: 16, debt: 0 };

/** For each terminal, over all its connections. */
export interface TrafficLimits {
  readonly packetBytes: number;
  /** Connections whose certificate was good. */
  readonly connects: Allowance;
  /** PUBLISH packets. A refilling terminal has 64 inputs under way at most, so it is slowed and never cut off. */
  readonly publishes: Allowance;
  /** SUBSCRIBE and UNSUBSCRIBE: each may be answered with every retained message the client may have. */
  readonly subscriptions: Allowance;
  /** Everything else: acknowledgements, pings. */
  readonly controls: Allowance;
}

/** A client that has to wait for so long before it is read on is counted: a terminal that refills waits less. */
export const THROTTLE_SAID_FROM = milliseconds(500);

export const TRAFFIC_LIMITS: TrafficLimits = {
  packetBytes: PACKET_BYTES_MAX,
  connects: { perSecond: 1, burst: 20, debt: 0 },
  publishes: { perSecond: 20, burst: 100, debt: 100 },
  subscriptions: { perSecond: 2, burst: 20, debt: 20 },
  controls: { perSecond: 100, burst: 200, debt: 200 },
};
