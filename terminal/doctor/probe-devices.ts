import type { CounterDevices, DeviceHealth } from "../../hardware/index.ts";
import { type Clock, seconds, type Timer } from "../../protocol/index.ts";
import type { DeviceName } from "./facts.ts";

/** What a device said of itself once it was opened. Null: nothing. */
export interface DeviceAnswer {
  readonly device: DeviceName;
  readonly health: DeviceHealth | null;
}

/** An OSDP reader counts as gone after 8 s; an Arduino that is opened begins anew, and that takes 2 s. */
export const ANSWER_WITHIN = seconds(10);
/** Waiting does not mend these. */
const FINAL: readonly string[] = ["absent", "busy", "denied", "no-driver", "no-line"];

/**
 * Opens every device that is fitted and waits until each is well, or has a fault that stays, or the time is over. Then
 * closes them all. Each by itself: one that hangs holds up no other.
 */
export async function probeDevices(devices: CounterDevices, clock: Clock): Promise<readonly DeviceAnswer[]> {
  const { badgeReader, buttons, ratingKeypad, nameplate } = devices;
  const none = (): void => {};
  const openings: readonly Opening[] = [
    ["badgeReader", (onHealth) => badgeReader.open({ onHealth, onBadge: none, onBadFrame: none })],
    ["buttons", (onHealth) => buttons.open({ onHealth, onEdge: none })],
    ["ratingKeypad", (onHealth) => ratingKeypad.open({ onHealth, onEdge: none })],
    ["nameplate", (onHealth) => nameplate.open({ onHealth })],
  ];
  const fitted = openings.filter(([device]) => devices[device].driver !== "absent");
  const answers = await Promise.all(fitted.map((opening) => answerOf(opening, clock)));
  // Not before all have answered: what shares an Arduino with another would close it for both.
  await Promise.all(fitted.map(([device]) => devices[device].close()));
  return answers;
}

type Opening = readonly [DeviceName, (onHealth: (health: DeviceHealth) => void) => Promise<void>];

async function answerOf([device, open]: Opening, clock: Clock): Promise<DeviceAnswer> {
  let last: DeviceHealth | null = null;
  let patience: Timer | null = null;
  await new Promise<void>((resolve) => {
    patience = clock.after(ANSWER_WITHIN, resolve);
    const hear = (health: DeviceHealth): void => {
      last = health;
      if (health.state === "ok" || FINAL.includes(health.fault)) resolve();
    };
    open(hear).catch(() => resolve());
  });
  (patience as Timer | null)?.cancel();
  return { device, health: last };
}
