import { type Clock, type DurationMs, milliseconds, type MonoMs } from "../../../protocol/index.ts";
import type { Allowance, TrafficLimits } from "./broker-limits.ts";
import { CONNECT_PACKET, PacketScanner, PUBLISH_PACKET, type ScanFault } from "./packet-scanner.ts";

export type TrafficFault = ScanFault | "not-connect" | "flood";

/** `wait` is how long nothing further may be read from this socket, 0 for not at all. */
export type Admission =
  | { readonly admitted: true; readonly wait: DurationMs }
  | { readonly admitted: false; readonly code: TrafficFault };

/**
 * Looks at every chunk of one socket before it is parsed. Traffic above the sustained rate is first delayed by not
 * reading, which the sender feels as a slow network; what exceeds even that is refused.
 */
export class TrafficGate {
  readonly #clock: Clock;
  readonly #scanner: PacketScanner;
  readonly #publishes: TokenBucket;
  readonly #controls: TokenBucket;
  #greeted = false;

  constructor(clock: Clock, limits: TrafficLimits) {
    this.#clock = clock;
    this.#scanner = new PacketScanner(limits.packetBytes);
    this.#publishes = new TokenBucket(limits.publishes, clock.mono());
    this.#controls = new TokenBucket(limits.controls, clock.mono());
  }

  admit(chunk: Uint8Array): Admission {
    let publishes = 0;
    let controls = 0;
    let strange = false;
    const fault = this.#scanner.scan(chunk, (type) => {
      if (type === PUBLISH_PACKET) publishes += 1;
      else controls += 1;
      strange ||= !this.#greeted && type !== CONNECT_PACKET;
      this.#greeted = true;
    });
    if (fault !== null) return { admitted: false, code: fault };
    if (strange) return { admitted: false, code: "not-connect" };
    const now = this.#clock.mono();
    const waits = [this.#publishes.take(publishes, now), this.#controls.take(controls, now)];
    if (waits.includes(null)) return { admitted: false, code: "flood" };
    return { admitted: true, wait: milliseconds(Math.max(...waits.map((wait) => wait ?? 0))) };
  }
}

class TokenBucket {
  readonly #allowance: Allowance;
  #tokens: number;
  #at: MonoMs;

  constructor(allowance: Allowance, now: MonoMs) {
    this.#allowance = allowance;
    this.#tokens = allowance.burst;
    this.#at = now;
  }

  /** Milliseconds until the debt is paid, 0 without one; null when it is larger than allowed. */
  take(count: number, now: MonoMs): number | null {
    const { perSecond, burst, debt } = this.#allowance;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) * perSecond) / 1000) - count;
    this.#at = now;
    if (this.#tokens < -debt) return null;
    return this.#tokens >= 0 ? 0 : (-this.#tokens * 1000) / perSecond;
  }
}
