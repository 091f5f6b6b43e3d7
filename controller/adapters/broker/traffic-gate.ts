import { type Clock, type DurationMs, milliseconds, type MonoMs } from "../../../protocol/index.ts";
import type { TrafficLimits } from "./broker-limits.ts";
import {
  CONNECT_PACKET,
  PacketScanner,
  PUBLISH_PACKET,
  type ScanFault,
  SUBSCRIBE_PACKET,
  UNSUBSCRIBE_PACKET,
} from "./packet-scanner.ts";
import { TokenBucket } from "./token-bucket.ts";

export type TrafficFault = ScanFault | "not-connect" | "flood";

/** `wait` is how long nothing further may be read from this socket, 0 for not at all. */
export type Admission =
  | { readonly admitted: true; readonly wait: DurationMs }
  | { readonly admitted: false; readonly code: TrafficFault };

/** What one client may still send. It outlives its sockets: coming back does not fill it up. */
export class TrafficBudget {
  readonly publishes: TokenBucket;
  readonly subscriptions: TokenBucket;
  readonly controls: TokenBucket;

  constructor(limits: TrafficLimits, now: MonoMs) {
    this.publishes = new TokenBucket(limits.publishes, now);
    this.subscriptions = new TokenBucket(limits.subscriptions, now);
    this.controls = new TokenBucket(limits.controls, now);
  }

  of(packetType: number): TokenBucket {
    if (packetType === PUBLISH_PACKET) return this.publishes;
    return packetType === SUBSCRIBE_PACKET || packetType === UNSUBSCRIBE_PACKET ? this.subscriptions : this.controls;
  }
}

/**
 * Looks at every chunk of one socket before it is parsed. Traffic above the sustained rate is first delayed by not
 * reading, which the sender feels as a slow network; what exceeds even that is refused.
 */
export class TrafficGate {
  readonly #clock: Clock;
  readonly #scanner: PacketScanner;
  readonly #budget: TrafficBudget;
  #greeted = false;

  constructor(clock: Clock, limits: TrafficLimits, budget = new TrafficBudget(limits, clock.mono())) {
    this.#clock = clock;
    this.#scanner = new PacketScanner(limits.packetBytes);
    this.#budget = budget;
  }

  admit(chunk: Uint8Array): Admission {
    const counts = new Map<TokenBucket, number>();
    let strange = false;
    const fault = this.#scanner.scan(chunk, (type) => {
      const bucket = this.#budget.of(type);
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
      strange ||= !this.#greeted && type !== CONNECT_PACKET;
      this.#greeted = true;
    });
    if (fault !== null) return { admitted: false, code: fault };
    if (strange) return { admitted: false, code: "not-connect" };
    const now = this.#clock.mono();
    const waits = [...counts].map(([bucket, count]) => bucket.take(count, now));
    if (waits.includes(null)) return { admitted: false, code: "flood" };
    return { admitted: true, wait: milliseconds(Math.max(0, ...waits.map((wait) => wait ?? 0))) };
  }
}
