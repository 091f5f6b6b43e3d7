import { FarEnd } from "./far-end.ts";
import type { GadgetIdentity } from "./usb-gadget.ts";

// include/uapi/linux/uhid.h: packed, in the machine's byte order.
const EVENT_BYTES = 4380;
const [DESTROY, OUTPUT, CREATE2, INPUT2] = [1, 6, 11, 12];
const BUS_USB = 3;
const OUTPUT_SIZE_AT = 4 + 4096;

/** An input device that the kernel has from this process alone, by uhid: on no bus, so hidraw is the only way to it. */
export class UhidDevice {
  readonly #identity: GadgetIdentity;
  readonly #descriptor: Uint8Array;
  #end: FarEnd | null = null;

  constructor(identity: GadgetIdentity, descriptor: Uint8Array) {
    this.#identity = identity;
    this.#descriptor = descriptor;
  }

  async plug(): Promise<void> {
    if (this.#end !== null) return;
    this.#end = new FarEnd("/dev/uhid");
    const { name, vendorId, productId } = this.#identity;
    const event = Buffer.alloc(EVENT_BYTES);
    event.writeUInt32LE(CREATE2, 0);
    event.write(name, 4);
    event.write(name, 196);
    event.writeUInt16LE(this.#descriptor.length, 260);
    event.writeUInt16LE(BUS_USB, 262);
    event.writeUInt32LE(vendorId, 264);
    event.writeUInt32LE(productId, 268);
    event.set(this.#descriptor, 280);
    this.#end.say(event);
  }

  async unplug(): Promise<void> {
    const event = Buffer.alloc(EVENT_BYTES);
    event.writeUInt32LE(DESTROY, 0);
    this.#end?.say(event);
    this.#end?.close();
    this.#end = null;
  }

  say(report: Uint8Array): void {
    const event = Buffer.alloc(EVENT_BYTES);
    event.writeUInt32LE(INPUT2, 0);
    event.writeUInt16LE(report.length, 4);
    event.set(report, 6);
    this.#end?.say(event);
  }

  /** A report the device was sent since it was last asked, its number not counted; null: none. */
  hear(): Uint8Array | null {
    for (let event = this.#end?.hear() ?? null; event !== null; event = this.#end?.hear() ?? null) {
      if (event.readUInt32LE(0) === OUTPUT) return event.subarray(5, 4 + event.readUInt16LE(OUTPUT_SIZE_AT));
    }
    return null;
  }

  release(): Promise<void> {
    return this.unplug();
  }
}
