import { existsSync, readFileSync, readdirSync } from "node:fs";
import { FarEnd } from "./far-end.ts";
import { until } from "./time.ts";
import { type GadgetIdentity, UsbGadget } from "./usb-gadget.ts";

/** The boot keyboard of the HID specification, appendix B, with its five lamps. */
export const BOOT_KEYBOARD = Buffer.from(
  "05010906a101050719e029e71500250175019508810295017508810395057501050819012905910295017503910395067508150025650507" +
    "190029658100c0",
  "hex",
);

/** Reports of 64 bytes both ways, of the maker's own. */
export const VENDOR_REPORTS = Buffer.from(
  "0600ff0901a10119012940150026ff00750895408102190129407508954091 02c0".replace(" ", ""),
  "hex",
);

/** A USB input device: f_hid at its end of the cable, usbhid or libusb at ours. */
export class HidGadget {
  readonly #gadget: UsbGadget;
  #end: FarEnd | null = null;

  constructor(identity: GadgetIdentity, descriptor: Uint8Array, reportLength: number) {
    const isKeyboard = descriptor === BOOT_KEYBOARD;
    this.#gadget = new UsbGadget(identity, "hid", {
      protocol: isKeyboard ? "1" : "0",
      subclass: isKeyboard ? "1" : "0",
      report_length: String(reportLength),
      report_desc: descriptor,
    });
  }

  async plug(): Promise<void> {
    if (this.#gadget.isPlugged) return;
    this.#gadget.plug();
    const name = (): string | undefined => hidgOf(this.#gadget.setting("dev"));
    await until("the gadget has its end", () => existsSync(`/dev/${name() ?? "none"}`));
    this.#end = new FarEnd(`/dev/${name() ?? ""}`);
  }

  async unplug(): Promise<void> {
    if (!this.#gadget.isPlugged) return;
    this.#end?.close();
    this.#end = null;
    this.#gadget.unplug();
  }

  say(report: Uint8Array): void {
    this.#end?.say(report);
  }

  /** A report the device was sent since it was last asked; null: none. */
  hear(): Uint8Array | null {
    return this.#end?.hear() ?? null;
  }

  async release(): Promise<void> {
    await this.unplug();
    this.#gadget.release();
  }
}

const hidgOf = (number: string): string | undefined =>
  existsSync("/sys/class/hidg")
    ? readdirSync("/sys/class/hidg").find(
        (name) => readFileSync(`/sys/class/hidg/${name}/dev`, "utf8").trim() === number,
      )
    : undefined;
