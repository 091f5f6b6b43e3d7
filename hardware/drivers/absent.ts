import type { BadgeReader } from "../ports/badge-reader.ts";
import type { ButtonPanel } from "../ports/button-panel.ts";
import type { CounterDevices } from "../ports/counter-devices.ts";
import type { DeviceHealth } from "../ports/device-health.ts";
import type { Nameplate } from "../ports/nameplate.ts";
import type { RatingKeypad } from "../ports/rating-keypad.ts";

// Devices that are not there: they say so once, take every order and do nothing. A terminal runs with what it has.

const driver = "absent";

interface HealthListener {
  onHealth(health: DeviceHealth): void;
}

const sayAbsent = (listener: HealthListener): Promise<void> => {
  listener.onHealth({ state: "fault", fault: "absent" });
  return Promise.resolve();
};
const nothing = (): void => {};
const closed = (): Promise<void> => Promise.resolve();

export const createAbsentBadgeReader = (): BadgeReader => ({ driver, open: sayAbsent, close: closed });

export const createAbsentButtonPanel = (): ButtonPanel => ({
  driver,
  open: sayAbsent,
  light: nothing,
  beep: nothing,
  close: closed,
});

export const createAbsentRatingKeypad = (): RatingKeypad => ({ driver, open: sayAbsent, show: nothing, close: closed });

export const createAbsentNameplate = (): Nameplate => ({ driver, open: sayAbsent, show: nothing, close: closed });

/** A counter with no device at all, to be filled up with those that are there. */
export const createAbsentDevices = (): CounterDevices => ({
  buttons: createAbsentButtonPanel(),
  badgeReader: createAbsentBadgeReader(),
  ratingKeypad: createAbsentRatingKeypad(),
  nameplate: createAbsentNameplate(),
});
