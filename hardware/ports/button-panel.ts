import type { DeviceHealth } from "./device-health.ts";
import type { KeyEdge } from "./key-edge.ts";

export type ButtonName = "call" | "pause";

export interface ButtonEdge extends KeyEdge {
  readonly button: ButtonName;
}

export type ButtonLampState = "off" | "on" | "blink";

/**
 * The clerk's two buttons with their lamps and a beeper. Says how it is once it is open and whenever that changes; an
 * edge comes only while it is well. Reports nothing any more once `close()` has resolved.
 */
export interface ButtonPanel {
  readonly driver: string;
  open(listener: ButtonPanelListener): Promise<void>;
  /** Takes effect at once; a lamp that cannot be lit is a fault, never an exception. Lit again after a fault. */
  light(button: ButtonName, lamp: ButtonLampState): void;
  beep(pattern: "accepted" | "refused" | "attention"): void;
  close(): Promise<void>;
}

export interface ButtonPanelListener {
  onEdge(edge: ButtonEdge): void;
  onHealth(health: DeviceHealth): void;
}
