import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { assert } from "../../../../protocol/base/assert.ts";
import { milliseconds } from "../../../../protocol/base/time.ts";
import { FarEnd } from "./far-end.ts";
import { until } from "./time.ts";
import { linesOfSerial, UsbGadget } from "./usb-gadget.ts";

const BY_ID = "/dev/serial/by-id";
/** A device hears what it was sent no later than that. */
const HEARS_EVERY = milliseconds(20);
/** One that is asked all the time. */
export const HEARS_QUICKLY = milliseconds(5);
/** Every 5 ms. */
const LOOKS_MAX = 2000;

/** Where udev would put it: it has no rules for that here, so the link is made when the kernel has made the line. */
export const pathOfSerial = (name: string): string => join(BY_ID, `usb-${name}-if00`);

/** A USB serial device: f_acm at its end of the cable, cdc-acm at ours. */
export class SerialGadget {
  readonly path: string;
  readonly #name: string;
  readonly #gadget: UsbGadget;
  #end: FarEnd | null = null;
  #heard = "";

  constructor(name: string) {
    this.#name = name;
    this.path = pathOfSerial(name);
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

  /** A device that hears by itself. `stop` stops it; `now` lets it hear at once what has come so far. */
  listen(onHeard: (bytes: Uint8Array) => void, every = HEARS_EVERY): { now(): void; stop(): void } {
    const now = (): void => {
      for (let bytes = this.#end?.hear(); bytes; bytes = this.#end?.hear()) onHeard(Uint8Array.from(bytes));
    };
    const hearing = systemClock.every(every, now);
    return { now, stop: () => hearing.cancel() };
  }

  async release(): Promise<void> {
    await this.unplug();
    this.#gadget.release();
  }
}
