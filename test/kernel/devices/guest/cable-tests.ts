import { expect, test } from "vitest";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import type { DeviceHealth } from "../../../../hardware/ports/device-health.ts";
import { elapsed, milliseconds, seconds } from "../../../../protocol/base/time.ts";
import { passed, until } from "./time.ts";

/** A device, opened, and its cable. */
export interface CableRig {
  open(onHealth: (health: DeviceHealth) => void): Promise<void>;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  release(): Promise<void>;
}

export const FAULT_WITHIN = seconds(2);
/** From the very moment it is up, when a read is about to begin, to quiet use. */
const RESTS = [0, 1, 5, 40, 700, 1500].map(milliseconds);

/** However soon after it came up the cable is pulled: a fault within 2 s, and well again without a restart. */
export function cableTests(name: string, makeRig: () => Promise<CableRig>): void {
  test(`${name}: unplugged and plugged in again, each time a fault within 2 s, each time healed`, async () => {
    const rig = await makeRig();
    let health: DeviceHealth | null = null;
    const state = (): string => (health === null ? "none" : health.state);
    try {
      await rig.open((said) => (health = said));
      for (const rest of RESTS) {
        await until("well", () => state() === "ok");
        await passed(rest);
        const start = systemClock.mono();
        await rig.unplug();
        await until("a fault", () => state() === "fault");
        expect(elapsed(start, systemClock.mono()), `ms to the fault after ${rest} ms`).toBeLessThan(FAULT_WITHIN);
        await rig.plug();
      }
      await until("well", () => state() === "ok");
    } finally {
      await rig.release();
    }
  });
}
