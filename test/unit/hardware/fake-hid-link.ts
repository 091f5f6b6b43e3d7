import type { HidLink } from "../../../hardware/ports/hid-link.ts";
import { FakeLink } from "./fake-link.ts";

/** A HID link whose cable is in the test's hand: each thing said is one report. */
export class FakeHidLink implements HidLink {
  readonly name = "fake";
  readonly #link = new FakeLink();

  open: HidLink["open"] = (listener) =>
    this.#link.open({
      onUp: () => listener.onUp(),
      onDown: (fault) => listener.onDown(fault),
      onBytes: (report) => listener.onReport(report),
    });

  write(report: Uint8Array): void {
    this.#link.write(report);
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  plug(): void {
    this.#link.plug();
  }

  unplug(): void {
    this.#link.unplug();
  }

  say(report: Uint8Array): void {
    this.#link.say(report);
  }
}
