import type { Level } from "../../protocol/base/levels.ts";
import type { MonoMs } from "../../protocol/base/time.ts";
import type { DeviceHealth } from "./device-health.ts";

export interface RatingKeyPressed {
  readonly level: Level;
  readonly at: MonoMs;
}

/** The citizen's five keys. Reports nothing any more once `close()` has resolved. */
export interface RatingKeypad {
  readonly driver: string;
  open(listener: RatingKeypadListener): Promise<void>;
  /** `asking` lights the keys, `thanks` confirms, `dark` is everything else. */
  show(face: "dark" | "asking" | "thanks"): void;
  close(): Promise<void>;
}

export interface RatingKeypadListener {
  onKey(pressed: RatingKeyPressed): void;
  onHealth(health: DeviceHealth): void;
}
