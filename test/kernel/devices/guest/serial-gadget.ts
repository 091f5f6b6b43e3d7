import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { assert } from "../../../../protocol/base/assert.ts";
import { FarEnd } from "./far-end.ts";
import { until } from "./time.ts";
import { linesOfSerial, UsbGadget } from "./usb-gadget.ts";

const BY_ID = "/dev/serial/by-id";
/** Every 5 ms. */
const LOOKS_MAX = 2000;

/** A USB serial device: f_acm at its end of the cable, cdc-acm at ours. */
export class SerialGadget {
  /** Where udev would put it: the machine has none, so the link is made here when the kernel has made the line. */
  readonly path: string;
  readonly #name: string;
  readonly #gadget: UsbGadget;
  #end: FarEnd | null = null;
  #heard = "";

  constructor(name: string) {
    this.#name = name;
    this.path = join(BY_ID, `usb-${name}-if00`);
    this.#gadget = new UsbGadget({ name, vendorId: 0x1d6b, productId: 0x0104 }, "acm", {});
    mkdirSync(BY_ID, { recursive: true });
  }

  async plug(): Promise<void> {
    if (this.#gadget.isPlugged) return;
    this.#gadget.plug();
    await until("the kernel has a line for it", () => linesOfSerial(this.#name).length > 0);
    const end = `/dev/ttyGS${this.#gadget.setting("port_num")}`;
    this.#end = new FarEnd(end);
    execFileSync("stty", ["-F", end, "raw", "-echo"]);
    symlinkSync(`/dev/${linesOfSerial(this.#name)[0] ?? ""}`, this.path);
  }

  async unplug(): Promise<void> {
    if (!this.#gadget.isPlugged) return;
    this.#pull();
    await until("the kernel has taken its line away", () => linesOfSerial(this.#name).length === 0);
    rmSync(this.path, { force: true });
  }

  /** Before this process does anything else: what it does next meets a line that has hung up. */
  unplugAtOnce(): void {
    this.#pull();
    const asleep = new Int32Array(new SharedArrayBuffer(4));
    for (let looks = 0; linesOfSerial(this.#name).length > 0; looks += 1) {
      assert(looks < LOOKS_MAX, "the kernel takes its line away");
      Atomics.wait(asleep, 0, 0, 5);
    }
    rmSync(this.path, { force: true });
  }

  #pull(): void {
    this.#end?.close();
    this.#end = null;
    this.#gadget.unplug();
  }

  say(bytes: Uint8Array): void {
    this.#end?.say(bytes);
  }

  /** All it has heard so far. */
  heard(): string {
    this.#heard += this.#end?.hear()?.toString("latin1") ?? "";
    return this.#heard;
  }

  async release(): Promise<void> {
    await this.unplug();
    this.#gadget.release();
  }
}
