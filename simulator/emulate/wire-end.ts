/** The far end of a cable, with its plug in our hand. */
export interface WireEnd {
  /** The device's plug goes in; nothing happens while it is in. Rejects with HallError where there is no wire. */
  plug(): Promise<void>;
  /** The cable is pulled: the other end sees the device go. */
  unplug(): Promise<void>;
  say(bytes: Uint8Array): void;
  /** Unplugs, and leaves nothing behind. */
  close(): Promise<void>;
}

export interface WireEndListener {
  onHeard(bytes: Uint8Array): void;
  /** Somebody pulled it, not we. */
  onBroken(): void;
}
