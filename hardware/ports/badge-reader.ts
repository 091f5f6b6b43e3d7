import type { MonoMs } from "../../protocol/base/time.ts";
import type { DeviceHealth } from "./device-health.ts";

/**
 * A badge as the hall knows it, whatever the reader: upper-case hex of the card's identifier, most significant byte
 * first, without the version byte of its transmission. Secret: it never leaves the process that read it, and is never
 * logged; only its keyed digest does.
 */
export type CanonicalBadge = string & { readonly __unit: "CanonicalBadge" };

/** One presentation: reported once when the card comes near; again only after 300 ms of silence. */
export interface BadgePresented {
  readonly badge: CanonicalBadge;
  readonly at: MonoMs;
}

/** The staff badge reader. Reports nothing any more once `close()` has resolved. */
export interface BadgeReader {
  readonly driver: string;
  open(listener: BadgeReaderListener): Promise<void>;
  close(): Promise<void>;
}

export interface BadgeReaderListener {
  onBadge(presented: BadgePresented): void;
  onHealth(health: DeviceHealth): void;
  /** A frame that was not understood: counted, never guessed at. */
  onBadFrame(reason: "checksum" | "framing" | "noise"): void;
}
