import { accepted, refused, type Result } from "../../../protocol/base/result.ts";
import type { Channel, ChannelListener, Connect, ConnectRefusal } from "../../../hardware/links/channel.ts";
import type { LinkFault } from "../../../hardware/ports/byte-link.ts";

/** A device below a healing link: channels to it open, break, hang and close as a test says. */
export class FakeDevice {
  readonly heard: number[] = [];
  attempts = 0;
  /** Channels opened and not yet closed. */
  held = 0;
  /** Why it cannot be opened; null when it can. */
  fault: LinkFault | null = "absent";
  /** As serialport in its race: a loss is not told, only a probe finds it. */
  mute = false;
  /** False: the watchdog's look never ends. */
  probes = true;
  /** An attempt or a closing takes until the test lets it end. */
  readonly gate = new Gate();
  #channel: FakeChannel | null = null;

  readonly connect: Connect = async () => {
    this.attempts += 1;
    await this.gate.passed("attempts");
    return this.#open();
  };

  plug(): void {
    this.fault = null;
  }

  unplug(fault: LinkFault = "unplugged"): void {
    this.fault = "absent";
    this.#channel?.lose(fault, this.mute);
  }

  say(bytes: Uint8Array): void {
    this.#channel?.listener?.onBytes(bytes);
  }

  #open(): Result<Channel, ConnectRefusal> {
    if (this.fault !== null) return refused({ fault: this.fault });
    this.held += 1;
    this.#channel = new FakeChannel(this, async () => {
      await this.gate.passed("closings");
      this.held -= 1;
    });
    return accepted(this.#channel);
  }
}

type Gated = "attempts" | "closings";

class Gate {
  #waiting: (() => void)[] = [];
  #shut: ReadonlySet<Gated> = new Set();

  /** Without a word both. */
  shut(...what: readonly Gated[]): void {
    this.#shut = new Set(what.length === 0 ? ["attempts", "closings"] : what);
  }

  open(): void {
    this.#shut = new Set();
    for (const pass of this.#waiting.splice(0)) pass();
  }

  passed(what: Gated): Promise<void> {
    return this.#shut.has(what) ? new Promise((pass) => this.#waiting.push(pass)) : Promise.resolve();
  }
}

class FakeChannel implements Channel {
  listener: ChannelListener | null = null;
  readonly #device: FakeDevice;
  readonly #release: () => Promise<void>;
  #fault: LinkFault | null = null;
  #closing: Promise<void> | null = null;

  constructor(device: FakeDevice, release: () => Promise<void>) {
    this.#device = device;
    this.#release = release;
  }

  listen(listener: ChannelListener): void {
    this.listener = listener;
  }

  write(bytes: Uint8Array): void {
    if (this.#fault === null) this.#device.heard.push(...bytes);
  }

  lose(fault: LinkFault, mute: boolean): void {
    this.#fault = fault;
    if (!mute) this.listener?.onLost(fault);
  }

  probe(): Promise<LinkFault | null> {
    return this.#device.probes ? Promise.resolve(this.#fault) : new Promise(() => {});
  }

  close(): Promise<void> {
    this.listener = null;
    this.#closing ??= this.#release();
    return this.#closing;
  }
}
