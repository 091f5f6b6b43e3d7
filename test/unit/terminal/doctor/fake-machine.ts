import type { Access, Machine, Reach, ToolAnswer } from "../../../../terminal/doctor/machine.ts";
import { NOW_MS } from "./healthy-facts.ts";

/** A machine of a few files and tools. */
export class FakeMachine implements Machine {
  readonly tools = new Map<string, string>();
  /** Path -> text, or the path a link leads to. */
  readonly #files = new Map<string, { readonly text?: string; readonly link?: string }>();
  readonly #denied = new Set<string>();

  /** With a reader that types, buttons on GPIO, a serial keypad, a sign on the network, and all they need. */
  static furnished(): FakeMachine {
    const machine = new FakeMachine();
    const usb = "/sys/bus/usb/devices";
    const files: Record<string, string> = {
      "/dev/ttyUSB0": "",
      "/dev/tty1": "",
      "/dev/gpiochip0": "",
      "/dev/i2c-1": "",
      "/dev/bus/usb/001/004": "",
      "/usr/share/unifont/unifont.hex": "",
      "/data/certificate.pem": "PEM",
      "/data": "",
      "/run/udev/control": "",
      "/usr/lib/systemd/systemd-udevd": "",
      "/proc/1/comm": "systemd\n",
      "/proc/199/comm": "systemd-udevd\n",
      [`${usb}/1-1/idVendor`]: "1a86\n",
      [`${usb}/1-1/idProduct`]: "7523\n",
      [`${usb}/1-1/product`]: "USB Serial\n",
      [`${usb}/1-2/idVendor`]: "ffff\n",
      [`${usb}/1-2/idProduct`]: "0035\n",
      [`${usb}/1-2/product`]: "SYC ID&IC USB Reader\n",
      [`${usb}/1-2/busnum`]: "1\n",
      [`${usb}/1-2/devnum`]: "4\n",
      [`${usb}/1-2:1.0/bInterfaceClass`]: "03\n",
      [`${usb}/1-2:1.0/bInterfaceProtocol`]: "01\n",
    };
    for (const [path, text] of Object.entries(files)) machine.#files.set(path, { text });
    machine.#files.set("/dev/serial/by-id/usb-1a86", { link: "/dev/ttyUSB0" });
    machine.#files.set("/sys/class/tty/ttyUSB0/device", { link: `${usb}/1-1/ttyUSB0` });
    machine.tools.set("gpiomon", "gpiomon (libgpiod) v2.1.3\nCopyright");
    machine.tools.set("gpiodetect", "gpiochip0 [pinctrl-bcm2711] (58 lines)\n");
    machine.tools.set("setpriv", "setpriv from util-linux 2.38.1");
    machine.tools.set("timedatectl", "yes\n");
    return machine;
  }

  paths(): string[] {
    return [...this.#files.keys()];
  }

  write(path: string, text: string): void {
    this.#files.set(path, { text });
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  deny(path: string): void {
    this.#denied.add(path);
  }

  readText(path: string): string | null {
    return this.#files.get(path)?.text ?? null;
  }

  list(path: string): readonly string[] {
    const below = this.paths().filter((file) => file.startsWith(`${path}/`));
    return [...new Set(below.map((file) => file.slice(path.length + 1).split("/")[0] ?? ""))];
  }

  target(path: string): string | null {
    const { link } = this.#files.get(path) ?? {};
    if (link === undefined) return this.#files.has(path) ? path : null;
    return link.startsWith("/sys") || this.#files.has(link) ? link : null;
  }

  access(path: string): Access {
    const target = this.target(path);
    if (target === null) return "absent";
    return this.#denied.has(target) ? "denied" : "ok";
  }

  /** Its native module was built. */
  onoff = true;

  loadsOnoff(): Promise<boolean> {
    return Promise.resolve(this.onoff);
  }

  space(_path: string): ReturnType<Machine["space"]> {
    return { free: 5e9, all: 9e9 };
  }

  userName(): string {
    return "hallward";
  }

  answer(tool: string): ToolAnswer {
    const text = this.tools.get(tool);
    return text === undefined ? { missing: true, text: "" } : { missing: false, text };
  }

  run(tool: string): Promise<ToolAnswer> {
    return Promise.resolve(this.answer(tool));
  }

  reach(): Promise<Reach> {
    return Promise.resolve("ok");
  }

  certificateDates(): { readonly from: number; readonly to: number } {
    return { from: NOW_MS - 1, to: NOW_MS + 400 * 24 * 3_600_000 };
  }

  now(): number {
    return NOW_MS;
  }
}
