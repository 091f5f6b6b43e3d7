import type { DeviceHealth } from "./device-health.ts";

/** One line of the plate: Chinese first, English beside it where the device has the room. */
export interface PlateLine {
  readonly zh: string;
  readonly en: string;
  readonly emphasis: "normal" | "strong" | "warning";
}

/** The laid-out face of a counter, top line first. Each sign renders what it can. */
export interface PlateFace {
  readonly lines: readonly PlateLine[];
}

/** The LED sign over the window. Reports nothing any more once `close()` has resolved. */
export interface Nameplate {
  readonly driver: string;
  open(listener: NameplateListener): Promise<void>;
  /** Replaces the whole face. Later faces overtake earlier ones that are not out yet. */
  show(face: PlateFace): void;
  close(): Promise<void>;
}

export interface NameplateListener {
  onHealth(health: DeviceHealth): void;
}
