import type { Level } from "../../protocol/base/levels.ts";
import type { DeviceHealth } from "./device-health.ts";
import type { KeyEdge } from "./key-edge.ts";

export interface RatingKeyEdge extends KeyEdge {
  readonly level: Level;
}

/**
 * The citizen's five keys. They report in the dark too: which press counts is the terminal's business. Says how it is
 * once it is open and whenever that changes; an edge comes only while it is well. Reports nothing any more once
 * `close()` has resolved.
 */
export interface RatingKeypad {
  readonly driver: string;
  open(listener: RatingKeypadListener): Promise<void>;
  /** `asking` lights the keys, `thanks` confirms, `dark` all else. Never throws; shown again after a fault. */
  show(face: "dark" | "asking" | "thanks"): void;
  close(): Promise<void>;
}

export interface RatingKeypadListener {
  onEdge(edge: RatingKeyEdge): void;
  onHealth(health: DeviceHealth): void;
}
