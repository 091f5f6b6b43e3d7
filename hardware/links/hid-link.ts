import type { Log } from "../../protocol/base/log.ts";
import type { Clock } from "../../protocol/base/time.ts";
import type { HidLink } from "../ports/hid-link.ts";
import type { Connect } from "./channel.ts";
import { createHealingLink } from "./healing-link.ts";
import { type HidMatch, openHidChannel } from "./hid-channel.ts";
import type { HidDriver } from "./hid-module.ts";

export interface HidLinkOptions {
  readonly match: HidMatch;
  /** Default: libusb. */
  readonly driver?: HidDriver;
  readonly clock: Clock;
  readonly log?: Log;
}

/** A USB input device that is looked for again and again. */
export function createHidLink({ match, driver = "libusb", clock, log }: HidLinkOptions): HidLink {
  return hidLinkOver(nameOf(match), () => openHidChannel(match, driver, clock), clock, log);
}

/** The link over channels whose chunks are reports. */
export function hidLinkOver(name: string, connect: Connect, clock: Clock, log?: Log): HidLink {
  const link = createHealingLink({ name, connect, clock, log });
  return {
    name,
    open: (listener) =>
      link.open({
        onUp: () => listener.onUp(),
        onDown: (fault) => listener.onDown(fault),
        onBytes: (report) => listener.onReport(report),
      }),
    write: (report) => link.write(report),
    close: () => link.close(),
  };
}

const nameOf = ({ vendorId, productId, serialNumber }: HidMatch): string => {
  const [vendor, product] = [vendorId, productId].map((id) => id.toString(16).padStart(4, "0"));
  return `${vendor}:${product}${serialNumber === undefined ? "" : `:${serialNumber}`}`;
};
