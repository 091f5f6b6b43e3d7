import type { CanonicalBadge, CounterDevices, DeviceHealth } from "../../hardware/index.ts";
import { type BadgeDigest, type Clock, type Log, silentLog } from "../../protocol/index.ts";
import type { DeviceName } from "../core/devices.ts";
import type { Feed } from "./parts.ts";

/**
 * Opens all devices at once and turns what they report into inputs. A badge is digested here: its number goes no
 * further. A device that is not fitted is no fault.
 */
export async function openDevices(
  { buttons, badgeReader, ratingKeypad, nameplate }: CounterDevices,
  feed: Feed,
  digest: (badge: CanonicalBadge) => BadgeDigest,
  clock: Clock,
  log: Log = silentLog,
): Promise<void> {
  const healthOf = (device: DeviceName, driver: string) => (health: DeviceHealth) => {
    if (driver === "absent") return;
    feed({ type: "device-spoke", device, fault: health.state === "ok" ? null : health.fault, at: clock.mono() });
  };
  await Promise.all([
    buttons.open({
      onEdge: ({ button, edge, at }) => feed({ type: "key-edge", key: button, edge, at }),
      onHealth: healthOf("call-key", buttons.driver),
    }),
    badgeReader.open({
      onBadge: ({ badge, at }) => feed({ type: "badge-presented", badge: digest(badge), at }),
      onBadFrame: () => feed({ type: "badge-frame-bad", at: clock.mono() }),
      onHealth: healthOf("badge-reader", badgeReader.driver),
    }),
    ratingKeypad.open({
      onEdge: ({ level, edge, at }) => feed({ type: "key-edge", key: `rating-${level}`, edge, at }),
      onHealth: healthOf("rating-keypad", ratingKeypad.driver),
    }),
    nameplate.open({
      onHealth: healthOf("nameplate", nameplate.driver),
      onReport: ({ columns, rows, colours, cannot }) =>
        log.info("nameplate.reported", { columns, rows, colours, cannot: cannot.join(" ") }),
    }),
  ]);
}
