import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { milliseconds } from "../../../../protocol/base/time.ts";
import { FarEnd } from "./far-end.ts";
import { BOOT_KEYBOARD, KEYBOARD_BYTES, VENDOR_BYTES } from "./hid-reports.ts";
import { passed, until } from "./time.ts";
import { driverOfSerial, type GadgetIdentity, placeOfSerial, textAt, UsbGadget } from "./usb-gadget.ts";

const UDEV_KNOWS = "/run/udev/data";
/** libusb hears udev in a thread of its own. */
const HEARD = milliseconds(20);

/** A USB input device: f_hid at its end of the cable, usbhid or libusb at ours. */
export class HidGadget {
  readonly #name: string;
  readonly #gadget: UsbGadget;
  /** What udev knows of it while it is plugged in. */
  #known: readonly string[] = [];
  #end: FarEnd | null = null;

  constructor(identity: GadgetIdentity, descriptor: Uint8Array) {
    const isKeyboard = descriptor === BOOT_KEYBOARD;
    this.#name = identity.name;
    this.#gadget = new UsbGadget(identity, "hid", {
      protocol: isKeyboard ? "1" : "0",
      subclass: isKeyboard ? "1" : "0",
      report_length: String(isKeyboard ? KEYBOARD_BYTES : VENDOR_BYTES),
      report_desc: descriptor,
    });
  }

  /** Resolves when whoever asks udev or the kernel finds it. */
  async plug(): Promise<void> {
    if (this.#gadget.isPlugged) return;
    this.#gadget.plug();
    const name = (): string | undefined => hidgOf(this.#gadget.setting("dev"));
    await until("the gadget has its end", () => existsSync(`/dev/${name() ?? "none"}`));
    this.#end = new FarEnd(`/dev/${name() ?? ""}`);
    await until("the kernel has the device", () => driverOfSerial(this.#name) !== null);
    const place = placeOfSerial(this.#name) ?? "";
    const number = readFileSync(`/sys/bus/usb/devices/${place}/dev`, "utf8").trim();
    this.#known = [`c${number}`, `+usb:${place}:1.0`].map((file) => join(UDEV_KNOWS, file));
    await until("udev knows it", () => this.#known.every((file) => existsSync(file)));
    await passed(HEARD);
  }

  /** Resolves when nobody finds it any more. */
  async unplug(): Promise<void> {
    if (!this.#gadget.isPlugged) return;
    this.#end?.close();
    this.#end = null;
    this.#gadget.unplug();
    await until("udev has forgotten it", () => !this.#known.some((file) => existsSync(file)));
    await passed(HEARD);
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
    ? readdirSync("/sys/class/hidg").find((name) => textAt(`/sys/class/hidg/${name}/dev`) === number)
    : undefined;
