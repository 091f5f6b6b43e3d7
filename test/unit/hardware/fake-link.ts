import { assert } from "../../../protocol/base/assert.ts";
import type { ByteLink, ByteLinkListener, LinkFault } from "../../../hardware/ports/byte-link.ts";

/** A link whose cable is in the test's hand. Reports at once. */
export class FakeLink implements ByteLink {
  readonly name = "fake";
  /** All the device has heard. */
  readonly heard: number[] = [];
  #listener: ByteLinkListener | null = null;
  #opened = false;
  #plugged = false;

  open(listener: ByteLinkListener): Promise<void> {
    assert(!this.#opened, "a link is opened once");
    this.#opened = true;
    this.#listener = listener;
    if (this.#plugged) listener.onUp();
    else listener.onDown("absent");
    return Promise.resolve();
  }

  write(bytes: Uint8Array): void {
    if (this.#plugged && this.#listener !== null) this.heard.push(...bytes);
  }

  close(): Promise<void> {
    this.#listener = null;
    return Promise.resolve();
  }

  plug(): void {
    this.#plugged = true;
    this.#listener?.onUp();
  }

  unplug(fault: LinkFault = "unplugged"): void {
    this.#plugged = false;
    this.#listener?.onDown(fault);
  }

  /** The device says something; nobody hears it while it is unplugged. */
  say(bytes: Uint8Array): void {
    if (this.#plugged) this.#listener?.onBytes(bytes);
  }
}
