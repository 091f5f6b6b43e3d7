import type { LinkFault } from "./byte-link.ts";

/**
 * The lower seam of USB human interface devices: reports, each whole. Heals itself like a byte link: when the device
 * goes away it reports `down`, keeps looking for it, and reports `up` again.
 */
export interface HidLink {
  /** What it looks for, for people. */
  readonly name: string;
  /** Starts looking. Resolves at once, also when the device is not there yet. Called once in a link's life. */
  open(listener: HidLinkListener): Promise<void>;
  /** An output report, its number first (0 where the device has none); dropped while the link is down. */
  write(report: Uint8Array): void;
  /** Reports nothing from the moment it is called; no handle is left when it resolves. Never rejects. Idempotent. */
  close(): Promise<void>;
}

/** Reports come only between `onUp` and the next `onDown`. `onDown` as in a byte link. */
export interface HidLinkListener {
  onUp(): void;
  onDown(reason: LinkFault): void;
  /** An input report; with its number first where the device numbers them. */
  onReport(report: Uint8Array): void;
}
