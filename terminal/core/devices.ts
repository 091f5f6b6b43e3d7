import type { Fact } from "../../protocol/index.ts";
import type { Step } from "./step.ts";

export type DeviceFault = Extract<Fact, { type: "device-fault" }>["body"];
/** A device as a fault names it. A panel that is gone as a whole is named by its call key. */
export type DeviceName = DeviceFault["device"];

/** The fault each device last reported; absent: none. */
export type DeviceFaults = Readonly<Partial<Record<DeviceName, string>>>;

/** Facts only for what has changed: a device may say the same thing every second. */
export function stepDevice(
  state: DeviceFaults,
  device: DeviceName,
  fault: string | null,
): Step<DeviceFaults, DeviceFault> {
  const before = state[device] ?? null;
  if (before === fault) return [state, []];
  const changes: DeviceFault[] = [];
  if (before !== null) changes.push({ device, fault: before, state: "cleared" });
  if (fault !== null) changes.push({ device, fault, state: "raised" });
  return [{ ...state, [device]: fault ?? undefined }, changes];
}
