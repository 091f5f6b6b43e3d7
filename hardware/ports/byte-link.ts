/**
 * What keeps a link down. absent: there is no such device. unplugged: it was there and is gone. hung-up: it is there,
 * but the other end is not. busy: another process holds it. denied: this process may not open it. no-driver: the
 * software to open it is missing. failed: anything else, said in the log.
 */
export type LinkFault = "absent" | "unplugged" | "hung-up" | "busy" | "denied" | "no-driver" | "failed";

/**
 * The lower seam: a stream of bytes to a device (a serial line, a socket, a pty). Heals itself: when the other end goes
 * away it reports `down`, keeps trying, and reports `up` again. Chunks carry no framing: any split is possible.
 */
export interface ByteLink {
  /** The stable path or address it was opened by, for people. */
  readonly name: string;
  /** Starts trying. Resolves at once, also when the device is not there yet. Called once in a link's life. */
  open(listener: ByteLinkListener): Promise<void>;
  /** Hands over bytes; dropped while the link is down (a device that lost power has forgotten them anyway). */
  write(bytes: Uint8Array): void;
  /**
   * Reports nothing from the moment it is called, no `down` either; no handle is left when it resolves. Never rejects.
   * Idempotent.
   */
  close(): Promise<void>;
}

/** Bytes come only between `onUp` and the next `onDown`. */
export interface ByteLinkListener {
  onUp(): void;
  /**
   * Once when the link goes down, or cannot come up at first; again before the next `onUp` only if the reason becomes
   * another one that tells more ("absent" says nothing new after "unplugged" or "hung-up").
   */
  onDown(reason: LinkFault): void;
  onBytes(chunk: Uint8Array): void;
}
