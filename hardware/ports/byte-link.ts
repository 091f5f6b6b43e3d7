/**
 * The lower seam: a stream of bytes to a device (a serial line, a socket, a pty). Heals itself: when the other end goes
 * away it reports `down`, keeps trying, and reports `up` again. Chunks carry no framing: any split is possible.
 */
export interface ByteLink {
  /** The stable path or address it was opened by, for people. */
  readonly name: string;
  /** Starts trying. Resolves at once, also when the device is not there yet. */
  open(listener: ByteLinkListener): Promise<void>;
  /** Hands over bytes; dropped while the link is down (a device that lost power has forgotten them anyway). */
  write(bytes: Uint8Array): void;
  /** After it resolves nothing is reported any more and no handle is left. Idempotent. */
  close(): Promise<void>;
}

export interface ByteLinkListener {
  onUp(): void;
  /** `reason` is a short stable word: "absent", "unplugged", "hung-up", "busy", "denied", "closed". */
  onDown(reason: string): void;
  onBytes(chunk: Uint8Array): void;
}
