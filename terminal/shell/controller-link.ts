import type {
  Ack,
  CommandReply,
  ControllerState,
  Desired,
  Health,
  Reported,
  TechnicianCommand,
  TerminalState,
  UpEnvelope,
} from "../../protocol/index.ts";

/** What the controller says to this terminal, already checked. */
export type Heard =
  | { readonly type: "ack"; readonly ack: Ack }
  | { readonly type: "desired"; readonly desired: Desired }
  | { readonly type: "command"; readonly command: TechnicianCommand }
  | { readonly type: "controller"; readonly controller: ControllerState };

/** What this terminal says to the controller. */
export type Said =
  | { readonly branch: "state"; readonly message: TerminalState }
  | { readonly branch: "up"; readonly message: UpEnvelope }
  | { readonly branch: "reported"; readonly message: Reported }
  | { readonly branch: "reply"; readonly message: CommandReply }
  | { readonly branch: "health"; readonly message: Health };

/**
 * The way to the controller. Keeps nothing: no outbox, no retries, no session. One attempt at a time; each ends in one
 * `onDown`, with or without an `onUp` before it. Nothing is reported any more once `close()` has resolved.
 */
export interface ControllerLink {
  /** Starts an attempt. `will` is what the controller hears of us if the connection breaks. */
  connect(will: TerminalState, listener: LinkListener): void;
  /** Dropped while the link is not up. Never waits. */
  say(said: Said): void;
  /** A clean end: the will is not published. */
  close(): Promise<void>;
}

export interface LinkListener {
  /** Connected, and every subscription granted. */
  onUp(): void;
  /** `reason`: a short stable word or the library's error code. */
  onDown(reason: string): void;
  onHeard(heard: Heard): void;
  /** A message that was not understood; `code` says why. */
  onRefused(code: string): void;
}
