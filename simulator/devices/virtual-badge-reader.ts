import type { BadgeReader, BadgeReaderListener, CanonicalBadge, DeviceHealth } from "../../hardware/index.ts";
import { BADGE_SILENCE, type Clock, elapsed, type MonoMs } from "../../protocol/index.ts";

/** A reader without a coil: `tap` holds a badge near it. */
export class VirtualBadgeReader implements BadgeReader {
  readonly driver = "virtual-reader";
  readonly #clock: Clock;
  #listener: BadgeReaderListener | null = null;
  #health: DeviceHealth = { state: "ok" };
  #resting: { readonly badge: CanonicalBadge; readonly seenAt: MonoMs } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  open(listener: BadgeReaderListener): Promise<void> {
    this.#listener = listener;
    listener.onHealth(this.#health);
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#listener = null;
    return Promise.resolve();
  }

  /** The badge is near now. Again within the silence it is the same presentation, which then lasts longer. */
  tap(badge: CanonicalBadge): void {
    const at = this.#clock.mono();
    const last = this.#resting;
    const rests = last !== null && last.badge === badge && elapsed(last.seenAt, at) < BADGE_SILENCE;
    this.#resting = { badge, seenAt: at };
    if (!rests && this.#health.state === "ok") this.#listener?.onBadge({ badge, at });
  }

  /** Bytes that were no badge. */
  garble(reason: "checksum" | "framing" | "noise"): void {
    this.#listener?.onBadFrame(reason);
  }

  /** A pulled plug, or its return. A reader without power sees no badge. */
  ail(health: DeviceHealth): void {
    this.#health = health;
    this.#listener?.onHealth(health);
  }
}
