import { assert } from "../../protocol/base/assert.ts";
import type { MonoMs } from "../../protocol/base/time.ts";
import type { DeviceHealth } from "./device-health.ts";

/**
 * A badge as the hall knows it, whatever the reader: upper-case hex of the card's identifier, most significant byte
 * first, without the version byte of its transmission. Secret: it never leaves the process that read it, and is never
 * logged; only its keyed digest does.
 */
export type CanonicalBadge = string & { readonly __unit: "CanonicalBadge" };

/** Identifiers have 4 to 10 bytes: EM4100 and MIFARE 4, ISO 14443 4, 7 or 10. */
const CANONICAL = /^(?:[0-9A-F]{2}){4,10}$/u;

/** Only for hex that is known to be canonical; the failure does not repeat it, for it may be a badge. */
export function canonicalBadge(hex: string): CanonicalBadge {
  assert(CANONICAL.test(hex), "a canonical badge is 4 to 10 bytes in upper-case hex");
  return hex as CanonicalBadge;
}

/** One presentation: reported once when the card comes near; again only after 300 ms of silence. */
export interface BadgePresented {
  readonly badge: CanonicalBadge;
  readonly at: MonoMs;
}

/**
 * The staff badge reader. `open` resolves at once, also when the device is not there: its health follows. A device that
 * goes away and comes back is reported, and needs nothing from the caller. Reports nothing any more once `close()` has
 * resolved; closing again does nothing.
 */
export interface BadgeReader {
  readonly driver: string;
  open(listener: BadgeReaderListener): Promise<void>;
  /** What became of the latest card, on the reader's own lamp and buzzer where it has them. Never throws. */
  answer?(verdict: "accepted" | "refused"): void;
  close(): Promise<void>;
}

export interface BadgeReaderListener {
  /**
   * A card that rests is one presentation, however long. Another card is a new one at once, also while the first still
   * rests.
   */
  onBadge(presented: BadgePresented): void;
  onHealth(health: DeviceHealth): void;
  /** A frame that was not understood: counted, never guessed at. */
  onBadFrame(reason: "checksum" | "framing" | "noise"): void;
}
