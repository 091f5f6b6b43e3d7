import { assert } from "../../protocol/base/assert.ts";
import { type Log, type LogFields, silentLog } from "../../protocol/base/log.ts";
import {
  type Clock,
  type DurationMs,
  elapsed,
  milliseconds,
  type MonoMs,
  monoMs,
  seconds,
  type Timer,
} from "../../protocol/base/time.ts";
import type { ByteLink, ByteLinkListener, LinkFault } from "../ports/byte-link.ts";
import type { Channel, Connect } from "./channel.ts";
import { Patience } from "./patience.ts";

/** The pause before the first new attempt. It doubles with each further one, up to LINK_RETRY_MAX. */
export const LINK_RETRY_FIRST = milliseconds(250);
export const LINK_RETRY_MAX = seconds(2);
/** How often the watchdog looks whether the other end is still there. */
export const LINK_PROBE_EVERY = seconds(1);

// System calls into a driver that hangs end when they like: nobody waits for them longer than this.
/** An attempt that takes longer is a fault. It is not doubled: each may hold a thread that others need. */
export const LINK_OPEN_WITHIN = seconds(5);
/** A device that keeps even the watchdog waiting is lost. */
export const LINK_PROBE_WITHIN = seconds(3);
/** Longer than the kernel itself waits, 30 s, for a line to take its last bytes before it closes. */
export const LINK_BURY_WITHIN = seconds(35);
/** Handles that would not close, while new ones are tried for. */
export const LINK_STUCK_MAX = 2;
/** `close` takes no longer, whatever hangs. */
export const LINK_CLOSE_WITHIN = seconds(5);

export interface HealingLinkOptions {
  readonly name: string;
  readonly connect: Connect;
  readonly clock: Clock;
  readonly log?: Log;
}

/** A link that connects again and again, and watches over a channel that cannot be trusted to tell of its own loss. */
export function createHealingLink(options: HealingLinkOptions): ByteLink {
  return new HealingLink(options);
}

/** Faults that "absent" tells nothing new after. */
const GONE: readonly (LinkFault | null)[] = ["absent", "unplugged", "hung-up"];

class HealingLink implements ByteLink {
  readonly name: string;
  readonly #connect: Connect;
  readonly #clock: Clock;
  readonly #log: Log;
  /** Attempts, probes and closings under way: `close` waits for them. */
  readonly #underWay = new Set<Promise<void>>();
  #listener: ByteLinkListener | null = null;
  #channel: Channel | null = null;
  #closing: Promise<void> | null = null;
  /** The next attempt while down, the next probe while up. */
  #timer: Timer | null = null;
  #retryIn: DurationMs = LINK_RETRY_FIRST;
  #upAt: MonoMs = monoMs(0);
  #fault: LinkFault | null = null;
  /** Rings when an attempt takes too long. */
  #openPatience: Timer | null = null;
  readonly #patience: Patience;
  #stuck = 0;

  constructor({ name, connect, clock, log = silentLog }: HealingLinkOptions) {
    this.name = name;
    this.#connect = connect;
    this.#clock = clock;
    this.#log = log;
    this.#patience = new Patience(clock);
  }

  open(listener: ByteLinkListener): Promise<void> {
    assert(this.#listener === null && this.#closing === null, "a link is opened once");
    this.#listener = listener;
    this.#track(this.#attempt());
    return Promise.resolve();
  }

  write(bytes: Uint8Array): void {
    this.#channel?.write(bytes);
  }

  close(): Promise<void> {
    this.#closing ??= this.#shut();
    return this.#closing;
  }

  async #shut(): Promise<void> {
    this.#listener = null;
    this.#timer?.cancel();
    this.#openPatience?.cancel();
    this.#patience.end();
    const channel = this.#channel;
    this.#channel = null;
    const rest = new Patience(this.#clock);
    const done = await rest.within(Promise.all([channel?.close(), ...this.#underWay]), LINK_CLOSE_WITHIN);
    if (!done) this.#log.warn("link.left", { link: this.name });
  }

  async #attempt(): Promise<void> {
    this.#openPatience = this.#clock.after(LINK_OPEN_WITHIN, () => this.#down("failed", { seenBy: "patience" }));
    const connected = await this.#connect();
    this.#openPatience.cancel();
    if (this.#listener === null) {
      if (connected.ok) await connected.value.close();
      return;
    }
    if (connected.ok) this.#up(connected.value);
    else {
      const { fault, detail } = connected.error;
      this.#down(fault, { seenBy: "attempt", detail });
      this.#retryLater();
    }
  }

  #up(channel: Channel): void {
    this.#channel = channel;
    this.#fault = null;
    this.#upAt = this.#clock.mono();
    this.#probeLater(channel);
    this.#log.info("link.up", { link: this.name });
    this.#listener?.onUp();
    if (this.#channel !== channel) return; // Closed by the listener.
    channel.listen({
      onBytes: (chunk) => this.#listener?.onBytes(chunk),
      onLost: (fault) => this.#lose(channel, fault, "channel"),
    });
  }

  #lose(channel: Channel, fault: LinkFault, seenBy: "channel" | "watchdog"): void {
    if (this.#channel !== channel) return;
    this.#channel = null;
    this.#timer?.cancel();
    // A device that comes up only to go at once is not tried any faster for it.
    if (elapsed(this.#upAt, this.#clock.mono()) >= LINK_RETRY_MAX) this.#retryIn = LINK_RETRY_FIRST;
    this.#track(this.#bury(channel));
    this.#down(fault, { seenBy });
  }

  /** The old handle goes before a new one comes: while it is held, a replugged device gets another name. */
  async #bury(channel: Channel): Promise<void> {
    const closing = channel.close();
    this.#track(closing);
    const closed = await this.#patience.within(closing, LINK_BURY_WITHIN);
    if (!closed && this.#listener !== null) await this.#leaveStuck(closing);
    this.#retryLater();
  }

  /** A handle that the system does not give back must not keep a replugged device away; but not many of them. */
  async #leaveStuck(closing: Promise<void>): Promise<void> {
    this.#stuck += 1;
    this.#log.warn("link.stuck", { link: this.name, handles: this.#stuck });
    const freed = closing.then(() => void (this.#stuck -= 1));
    if (this.#stuck >= LINK_STUCK_MAX) await freed;
  }

  #down(fault: LinkFault, circumstances: LogFields): void {
    if (fault === this.#fault || (fault === "absent" && GONE.includes(this.#fault))) return;
    this.#fault = fault;
    this.#log.warn("link.down", { link: this.name, fault, ...circumstances });
    this.#listener?.onDown(fault);
  }

  #retryLater(): void {
    if (this.#listener === null) return;
    this.#log.debug("link.waiting", { link: this.name, retryInMs: this.#retryIn });
    this.#timer = this.#clock.after(this.#retryIn, () => this.#track(this.#attempt()));
    this.#retryIn = milliseconds(Math.min(this.#retryIn * 2, LINK_RETRY_MAX));
  }

  #probeLater(channel: Channel): void {
    this.#timer = this.#clock.after(LINK_PROBE_EVERY, () => this.#track(this.#probe(channel)));
  }

  async #probe(channel: Channel): Promise<void> {
    let fault: LinkFault | null = "hung-up";
    const probing = channel.probe().then((found) => void (fault = found));
    await this.#patience.within(probing, LINK_PROBE_WITHIN);
    if (this.#channel !== channel) return;
    if (fault === null) this.#probeLater(channel);
    else this.#lose(channel, fault, "watchdog");
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }
}
