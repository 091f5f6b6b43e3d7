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
  /** An attempt or a closing takes until the test lets it end. */
  readonly gate = new Gate();
  #channel: FakeChannel | null = null;

  readonly connect: Connect = async () => {
    this.attempts += 1;
    await this.gate.passed();
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
    this.#channel = new FakeChannel(this.heard, async () => {
      await this.gate.passed();
      this.held -= 1;
    });
    return accepted(this.#channel);
  }
}

class Gate {
  #waiting: (() => void)[] = [];
  #shut = false;

  shut(): void {
    this.#shut = true;
  }

  open(): void {
    this.#shut = false;
    for (const pass of this.#waiting.splice(0)) pass();
  }

  passed(): Promise<void> {
    return this.#shut ? new Promise((pass) => this.#waiting.push(pass)) : Promise.resolve();
  }
}

class FakeChannel implements Channel {
  listener: ChannelListener | null = null;
  readonly #heard: number[];
  readonly #release: () => Promise<void>;
  #fault: LinkFault | null = null;
  #closing: Promise<void> | null = null;

  constructor(heard: number[], release: () => Promise<void>) {
    this.#heard = heard;
    this.#release = release;
  }

  listen(listener: ChannelListener): void {
    this.listener = listener;
  }

  write(bytes: Uint8Array): void {
    if (this.#fault === null) this.#heard.push(...bytes);
  }

  lose(fault: LinkFault, mute: boolean): void {
    this.#fault = fault;
    if (!mute) this.listener?.onLost(fault);
  }

  probe(): Promise<LinkFault | null> {
    return Promise.resolve(this.#fault);
  }

  close(): Promise<void> {
    this.listener = null;
    this.#closing ??= this.#release();
    return this.#closing;
  }
}
