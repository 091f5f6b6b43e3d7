import type { BadgeReader } from "./badge-reader.ts";
import type { ButtonPanel } from "./button-panel.ts";
import type { Nameplate } from "./nameplate.ts";
import type { RatingKeypad } from "./rating-keypad.ts";

/** All that stands at one window. */
export interface CounterDevices {
  readonly buttons: ButtonPanel;
  readonly badgeReader: BadgeReader;
  readonly ratingKeypad: RatingKeypad;
  readonly nameplate: Nameplate;
}
