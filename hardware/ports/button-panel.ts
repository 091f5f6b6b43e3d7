import type { MonoMs } from "../../protocol/base/time.ts";
import type { DeviceHealth } from "./device-health.ts";

export type ButtonName = "call" | "pause";

/** One edge of a key, already debounced. The meaning of long and short is the core's business. */
export interface ButtonEdge {
  readonly button: ButtonName;
  readonly edge: "pressed" | "released";
  readonly at: MonoMs;
}

export type ButtonLampState = "off" | "on" | "blink";

/** The clerk's two buttons with their lamps and a beeper. Reports nothing any more once `close()` has resolved. */
export interface ButtonPanel {
  readonly driver: string;
  open(listener: ButtonPanelListener): Promise<void>;
  /** Takes effect at once; a lamp that cannot be lit is a fault, never an exception. */
  light(button: ButtonName, lamp: ButtonLampState): void;
  beep(pattern: "accepted" | "refused" | "attention"): void;
  close(): Promise<void>;
}

export interface ButtonPanelListener {
  onEdge(edge: ButtonEdge): void;
  onHealth(health: DeviceHealth): void;
}
