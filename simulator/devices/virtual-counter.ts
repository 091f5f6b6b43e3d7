import type { BadgeReader, CounterDevices } from "../../hardware/index.ts";
import type { Clock } from "../../protocol/index.ts";
import { VirtualBadgeReader } from "./virtual-badge-reader.ts";
import { VirtualButtonPanel } from "./virtual-button-panel.ts";
import { VirtualNameplate } from "./virtual-nameplate.ts";
import { VirtualRatingKeypad } from "./virtual-rating-keypad.ts";

/** All devices of one window, virtual. `onChange` is called whenever what can be seen or heard has changed. */
export interface VirtualCounter {
  readonly buttons: VirtualButtonPanel;
  readonly badgeReader: VirtualBadgeReader;
  readonly ratingKeypad: VirtualRatingKeypad;
  readonly nameplate: VirtualNameplate;
}

export function virtualCounter(clock: Clock, onChange: () => void = () => {}): VirtualCounter {
  return {
    buttons: new VirtualButtonPanel(clock, onChange),
    badgeReader: new VirtualBadgeReader(clock),
    ratingKeypad: new VirtualRatingKeypad(clock, onChange),
    nameplate: new VirtualNameplate(onChange),
  };
}

/** The same window with a reader that reads real bytes. */
export const withReader = (counter: VirtualCounter, badgeReader: BadgeReader): CounterDevices => ({
  ...counter,
  badgeReader,
});
