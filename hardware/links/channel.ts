import type { Result } from "../../protocol/base/result.ts";
import type { LinkFault } from "../ports/byte-link.ts";

/** One life of a connection, from its opening to its loss. What a healing link is made of. */
export interface Channel {
  /** Begins to report; called once. Bytes that came before wait in the operating system. */
  listen(listener: ChannelListener): void;
  write(bytes: Uint8Array): void;
  /** Looks whether the other end is still there: null, or why it is not. Never rejects. */
  probe(): Promise<LinkFault | null>;
  /** Nothing is reported from now on; no handle is left when it resolves. Never rejects. */
  close(): Promise<void>;
}

export interface ChannelListener {
  onBytes(chunk: Uint8Array): void;
  /** The other end went away. At most once; the channel is still to be closed. */
  onLost(fault: LinkFault): void;
}

/** Why an attempt failed: the word for the contract, and what the system said, for the log. */
export interface ConnectRefusal {
  readonly fault: LinkFault;
  readonly detail?: string;
}

/** Tries once. Never rejects. */
export type Connect = () => Promise<Result<Channel, ConnectRefusal>>;
