import { milliseconds, PACKET_BYTES_MAX, seconds } from "../../../protocol/index.ts";

// What one socket may cost the hall (I13). Product defaults.

/** Sockets at once, handshakes included: 500 terminals, their half-dead predecessors after a power cut, and room. */
export const CONNECTIONS_MAX = 2_000;
export const HANDSHAKE_TIMEOUT = seconds(5);
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

export interface TrafficLimits {
  readonly packetBytes: number;
  /** PUBLISH packets. A refilling terminal has 64 inputs under way at most, so it is slowed and never cut off. */
  readonly publishes: Allowance;
  /** Everything else: acknowledgements, pings, subscriptions. */
  readonly controls: Allowance;
}

export const TRAFFIC_LIMITS: TrafficLimits = {
  packetBytes: PACKET_BYTES_MAX,
  publishes: { perSecond: 20, burst: 100, debt: 100 },
  controls: { perSecond: 100, burst: 200, debt: 200 },
};
