import { assert } from "../../protocol/base/assert.ts";
import { type Clock, type DurationMs, milliseconds, type MonoMs } from "../../protocol/base/time.ts";
import { decodeRdm6300, endRdm6300, RDM6300_START, type Rdm6300Frame, type Rdm6300State } from "../codecs/rdm6300.ts";
import type { BadgeReader, BadgeReaderListener, CanonicalBadge } from "../ports/badge-reader.ts";
import type { ByteLink } from "../ports/byte-link.ts";
import { Silence } from "./silence.ts";

/** Frames repeat every 50 ms or so while a card rests: after six missed ones it has left. */
export const RDM6300_SILENCE = milliseconds(300);
/** The rate the module is built for, 8N1. */
export const RDM6300_BAUD_RATE = 9600;

export interface Rdm6300Options {
  readonly link: ByteLink;
  readonly clock: Clock;
  /** A card that was not heard for so long has left. Default: RDM6300_SILENCE. */
  readonly silence?: DurationMs;
}

/**
 * A badge reader RDM6300, or an ID-12 or ID-20, on a serial line. Health: ok while the line is up, else a fault named
 * by the link (LinkFault). The presentation's instant is that of the chunk which completed its first frame.
 */
export function createRdm6300Reader(options: Rdm6300Options): BadgeReader {
  return new Rdm6300Reader(options);
}

class Rdm6300Reader implements BadgeReader {
  readonly driver = "rdm6300";
  readonly #link: ByteLink;
  readonly #clock: Clock;
  /** Ends a presentation. Damaged frames keep a card present, for it is near; stray noise does not. */
  readonly #frameSilence: Silence;
  /** Ends a frame that broke off, lest its head be joined to the tail of another card's. */
  readonly #byteSilence: Silence;
  #listener: BadgeReaderListener | null = null;
  #state: Rdm6300State = RDM6300_START;
  #resting: CanonicalBadge | null = null;

  constructor({ link, clock, silence = RDM6300_SILENCE }: Rdm6300Options) {
    this.#link = link;
    this.#clock = clock;
    this.#frameSilence = new Silence(clock, silence, () => (this.#resting = null));
    this.#byteSilence = new Silence(clock, silence, () => this.#breakOff());
  }

  open(listener: BadgeReaderListener): Promise<void> {
    assert(this.#listener === null, "a reader is opened once");
    this.#listener = listener;
    return this.#link.open({
      onUp: () => this.#listener?.onHealth({ state: "ok" }),
      onDown: (fault) => {
        this.#breakOff();
        this.#listener?.onHealth({ state: "fault", fault });
      },
      onBytes: (chunk) => this.#read(chunk),
    });
  }

  async close(): Promise<void> {
    this.#listener = null;
    this.#frameSilence.stop();
    this.#byteSilence.stop();
    await this.#link.close();
  }

  #read(chunk: Uint8Array): void {
    const at = this.#clock.mono();
    this.#byteSilence.heard();
    const [state, frames] = decodeRdm6300(this.#state, chunk);
    this.#state = state;
    for (const frame of frames) this.#take(frame, at);
  }

  #take(frame: Rdm6300Frame, at: MonoMs): void {
    if (this.#listener === null) return; // Closed by the listener itself, between two frames of one chunk.
    if (frame.kind === "bad") {
      if (frame.reason !== "noise" && this.#resting !== null) this.#frameSilence.heard();
      this.#listener.onBadFrame(frame.reason);
      return;
    }
    const isNew = frame.tag !== this.#resting;
    this.#resting = frame.tag;
    this.#frameSilence.heard();
    if (isNew) this.#listener.onBadge({ badge: frame.tag, at });
  }

  /** Nobody is near any more, so unlike a damaged frame on the way this keeps no card present. */
  #breakOff(): void {
    const [state, frames] = endRdm6300(this.#state);
    this.#state = state;
    for (const frame of frames) if (frame.kind === "bad") this.#listener?.onBadFrame(frame.reason);
  }
}
