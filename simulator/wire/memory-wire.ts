import type { ByteLink, ByteLinkListener, HidLink, HidLinkListener, LinkFault } from "../../hardware/index.ts";
import { assert, type Clock, type DurationMs, milliseconds, type Timer } from "../../protocol/index.ts";

/** How long a portion of bytes is under way. */
const WIRE_DELAY = milliseconds(2);

interface Ends {
  onUp(): void;
  onDown(fault: LinkFault): void;
  onArrived(bytes: Uint8Array): void;
}

/** A cable in memory, with a plug: its near end is a link, at its far end stands an emulated device. */
export class MemoryWire {
  /** The device hears this. */
  onHeard: (bytes: Uint8Array) => void = () => {};
  readonly #clock: Clock;
  readonly #delay: DurationMs;
  readonly #underWay = new Set<Timer>();
  #near: Ends | null = null;
  #opened = false;
  #isPlugged = true;

  constructor(clock: Clock, delay: DurationMs = WIRE_DELAY) {
    this.#clock = clock;
    this.#delay = delay;
  }

  /** The device says something; nobody hears it while the wire is unplugged. */
  say(bytes: Uint8Array): void {
    this.#carry(() => this.#near?.onArrived(bytes));
  }

  plug(): void {
    if (this.#isPlugged) return;
    this.#isPlugged = true;
    this.#near?.onUp();
  }

  unplug(fault: LinkFault = "unplugged"): void {
    if (!this.#isPlugged) return;
    this.#isPlugged = false;
    for (const timer of this.#underWay) timer.cancel();
    this.#underWay.clear();
    this.#near?.onDown(fault);
  }

  byteLink(): ByteLink {
    return {
      ...this.#link(),
      open: (listener: ByteLinkListener) =>
        this.#open({
          onUp: () => listener.onUp(),
          onDown: (fault) => listener.onDown(fault),
          onArrived: (bytes) => listener.onBytes(bytes),
        }),
    };
  }

  /** The same for a device whose portions are reports. */
  hidLink(): HidLink {
    return {
      ...this.#link(),
      open: (listener: HidLinkListener) =>
        this.#open({
          onUp: () => listener.onUp(),
          onDown: (fault) => listener.onDown(fault),
          onArrived: (report) => listener.onReport(report),
        }),
    };
  }

  #link() {
    return {
      name: "memory",
      write: (bytes: Uint8Array): void => this.#carry(() => this.onHeard(bytes)),
      close: (): Promise<void> => {
        this.#near = null;
        return Promise.resolve();
      },
    };
  }

  #open(near: Ends): Promise<void> {
    assert(!this.#opened, "a link is opened once");
    this.#opened = true;
    this.#near = near;
    if (this.#isPlugged) near.onUp();
    else near.onDown("absent");
    return Promise.resolve();
  }

  #carry(arrive: () => void): void {
    if (!this.#isPlugged || this.#near === null) return;
    const timer = this.#clock.after(this.#delay, () => {
      this.#underWay.delete(timer);
      arrive();
    });
    this.#underWay.add(timer);
  }
}
