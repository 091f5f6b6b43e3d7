import type * as NodeHid from "node-hid";
import { messageOf } from "../../protocol/base/errors.ts";
import { accepted, refused, type Result } from "../../protocol/base/result.ts";
import type { ConnectRefusal } from "./channel.ts";

type HidModule = typeof NodeHid;

/**
 * libusb: the kernel's own driver is taken off the device, so that the digits of a keyboard-like keypad or reader are
 * not typed into the console too. hidraw: for devices that are on no USB bus.
 */
export type HidDriver = "libusb" | "hidraw";

let loaded: { readonly driver: HidDriver; readonly hid: HidModule } | null = null;

/**
 * Loaded here and not at the top: a terminal without such devices does not pay for it, nor need it. One process can
 * use one driver alone: the first that is asked for.
 */
export async function loadHid(driver: HidDriver): Promise<Result<HidModule, ConnectRefusal>> {
  try {
    const hid = await import("node-hid");
    if (loaded === null) {
      hid.setDriverType(driver);
      loaded = { driver, hid };
    }
    if (loaded.driver === driver) return accepted(loaded.hid);
    return refused({ fault: "no-driver", detail: `this process uses ${loaded.driver} already` });
  } catch (thrown) {
    return refused({ fault: "no-driver", detail: messageOf(thrown) });
  }
}
