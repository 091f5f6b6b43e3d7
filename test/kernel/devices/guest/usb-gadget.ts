import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";

const CONFIG = "/sys/kernel/config/usb_gadget";
const LANGUAGE = "strings/0x409";

export interface GadgetIdentity {
  /** Also its serial number. */
  readonly name: string;
  readonly vendorId: number;
  readonly productId: number;
}

/** A USB device of one function, in a simulated socket of the same machine: both ends of the cable are the kernel's. */
export class UsbGadget {
  readonly #folder: string;
  readonly #function: string;
  #socket: string | null = null;

  constructor(
    { name, vendorId, productId }: GadgetIdentity,
    kind: string,
    settings: Record<string, string | Uint8Array>,
  ) {
    const folder = join(CONFIG, name);
    this.#folder = folder;
    mkdirSync(join(folder, LANGUAGE), { recursive: true });
    writeFileSync(join(folder, "idVendor"), `0x${vendorId.toString(16)}`);
    writeFileSync(join(folder, "idProduct"), `0x${productId.toString(16)}`);
    writeFileSync(join(folder, LANGUAGE, "serialnumber"), name);
    writeFileSync(join(folder, LANGUAGE, "product"), name);
    mkdirSync(join(folder, "configs/c.1"));
    this.#function = `${kind}.${name}`;
    mkdirSync(join(folder, "functions", this.#function));
    for (const [file, value] of Object.entries(settings)) writeFileSync(this.#file(file), value);
    symlinkSync(join(folder, "functions", this.#function), join(folder, "configs/c.1", this.#function));
  }

  get isPlugged(): boolean {
    return this.#socket !== null;
  }

  setting(file: string): string {
    return readFileSync(this.#file(file), "utf8").trim();
  }

  plug(): void {
    const taken = readdirSync(CONFIG).map((gadget) => textAt(join(CONFIG, gadget, "UDC")));
    this.#socket = readdirSync("/sys/class/udc").find((socket) => !taken.includes(socket)) ?? "no free socket";
    writeFileSync(join(this.#folder, "UDC"), this.#socket);
  }

  unplug(): void {
    this.#socket = null;
    writeFileSync(join(this.#folder, "UDC"), "\n");
  }

  release(): void {
    if (this.isPlugged) this.unplug();
    unlinkSync(join(this.#folder, "configs/c.1", this.#function));
    rmdirSync(join(this.#folder, "functions", this.#function));
    rmdirSync(join(this.#folder, "configs/c.1"));
    rmdirSync(join(this.#folder, LANGUAGE));
    rmdirSync(this.#folder);
  }

  #file(name: string): string {
    return join(this.#folder, "functions", this.#function, name);
  }
}

const USB_DEVICES = "/sys/bus/usb/devices";

/** Where the kernel has the USB device with this serial number, as in `1-1`; null while it has none. */
export const placeOfSerial = (serial: string): string | null =>
  readdirSync(USB_DEVICES).find((place) => serialAt(place) === serial) ?? null;

const serialAt = (place: string): string | null => textAt(join(USB_DEVICES, place, "serial"));

/** What a file of the kernel's says; null when it is not there, or no longer: the kernel asks nobody before it goes. */
export const textAt = (file: string): string | null => nowOrNull(() => readFileSync(file, "utf8").trim());

function nowOrNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** Which driver has the device's only interface: `usbfs` is a process with libusb. */
export function driverOfSerial(serial: string): string | null {
  const link = join(USB_DEVICES, `${placeOfSerial(serial) ?? "none"}:1.0`, "driver");
  return nowOrNull(() => basename(readlinkSync(link)));
}

/** The terminal lines the kernel has made of USB serial devices with this serial number. */
export const linesOfSerial = (serial: string): readonly string[] =>
  readdirSync("/sys/class/tty")
    .filter((line) => line.startsWith("ttyACM"))
    .filter((line) => textAt(`/sys/class/tty/${line}/device/../serial`) === serial);
