import type { LinkFault } from "./byte-link.ts";
import type { KeyEdge } from "./key-edge.ts";

/** silent: the line to the board is there, and no board answers. no-line: the board has no line of that name or use. */
export type BoardFault = LinkFault | "silent" | "no-line";

/**
 * The lower seam of contacts and lamps wired to a board: lines by name, whichever way they are pulled. Heals itself
 * like a byte link.
 */
export interface GpioLines {
  /** The chip or board, for people. */
  readonly name: string;
  /** Starts trying. Resolves at once, also when the board is not there yet. Called once. */
  open(listener: GpioLinesListener): Promise<void>;
  /** Sets an output; dropped while the board is away. */
  write(line: string, lit: boolean): void;
  /** Reports nothing from the moment it is called; no handle is left when it resolves. Never rejects. Idempotent. */
  close(): Promise<void>;
}

/** Edges come only between `onUp` and the next `onDown`; a contact closed at `onUp` is reported then as `pressed`. */
export interface GpioLinesListener {
  onUp(): void;
  /** As in a byte link. */
  onDown(reason: BoardFault): void;
  onEdge(line: string, edge: KeyEdge): void;
}
