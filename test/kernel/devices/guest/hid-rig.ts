import { createHidLink } from "../../../../hardware/links/hid-link.ts";
import type { HidDriver } from "../../../../hardware/links/hid-module.ts";
import type { HidLink } from "../../../../hardware/ports/hid-link.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { milliseconds } from "../../../../protocol/base/time.ts";
import { loud } from "./time.ts";
import type { GadgetIdentity } from "./usb-gadget.ts";

/** An input device at the far end, by whichever of the kernel's simulators. */
export interface FarHidDevice {
  plug(): Promise<void>;
  unplug(): Promise<void>;
  say(report: Uint8Array): void;
  /** A report it was sent since it was last asked; null: none. */
  hear(): Uint8Array | null;
  release(): Promise<void>;
}

export type MakeHidDevice = (identity: GadgetIdentity, descriptor: Uint8Array) => FarHidDevice;

/** A keypad says which keys are down even when nothing changes: the idle rate of the HID specification, 7.2.4. */
export const IDLE = milliseconds(500);

const FACES = ["dark", "asking", "thanks"] as const;
export const KEYPAD_LAMPS = {
  dark: Uint8Array.of(0, 0),
  asking: Uint8Array.of(0, 1),
  thanks: Uint8Array.of(0, 2),
};

/** What a keypad with these lamps shows. */
export function faceOf(device: FarHidDevice): () => (typeof FACES)[number] {
  let lamps = 0;
  return () => {
    for (let report = device.hear(); report !== null; report = device.hear()) lamps = report.at(-1) ?? 0;
    return FACES[lamps] ?? "dark";
  };
}

export const cableOf = (device: FarHidDevice) => ({ plug: () => device.plug(), unplug: () => device.unplug() });

/** The product's link to that very device. */
export function linkTo({ name: serialNumber, ...ids }: GadgetIdentity, driver: HidDriver): HidLink {
  return createHidLink({ match: { ...ids, serialNumber }, driver, clock: systemClock, log: loud });
}
