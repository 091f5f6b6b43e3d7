import { FakeLink } from "./fake-link.ts";

/** A link with an emulated device at its far end, which hears at once what is written. */
export class WiredLink extends FakeLink {
  hear: (bytes: Uint8Array) => void = () => {};
  #plugged = false;

  override plug(): void {
    this.#plugged = true;
    super.plug();
  }

  override unplug(): void {
    this.#plugged = false;
    super.unplug();
  }

  override write(bytes: Uint8Array): void {
    super.write(bytes);
    if (this.#plugged) this.hear(bytes);
  }
}
