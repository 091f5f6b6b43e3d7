import { type Clock, milliseconds, seconds, type Timer } from "../../protocol/base/time.ts";
import {
  decodeOsdp,
  encodeOsdp,
  endOsdp,
  OSDP_START,
  type OsdpPacket,
  type OsdpSequence,
  type OsdpState,
  type OsdpWord,
} from "../codecs/osdp-packet.ts";
import { OSDP_NAKS, OSDP_REPLIES } from "../codecs/osdp-messages.ts";
import { Silence } from "./silence.ts";

/** A reader that has not answered for so long is asked again, in the same words. */
export const OSDP_REPLY_WITHIN = milliseconds(200);
/** A reader that was not heard for so long is gone. */
export const OSDP_OFFLINE_AFTER = seconds(8);

export interface OsdpLineOptions {
  readonly address: number;
  readonly clock: Clock;
  readonly write: (bytes: Uint8Array) => void;
  /** The answer to the command under way. */
  readonly onReply: (packet: OsdpPacket, signed: Uint8Array) => void;
  readonly onSilent: () => void;
  readonly onBad: (reason: "checksum" | "framing" | "noise") => void;
}

/** One command at a time with its answer: sequence numbers, repeats, BUSY, silence. Knows nothing of what is said. */
export class OsdpLine {
  readonly #options: OsdpLineOptions;
  readonly #silent: Silence;
  #state: OsdpState = OSDP_START;
  #sequence: OsdpSequence = 0;
  #underWay: { readonly bytes: Uint8Array; readonly sequence: OsdpSequence } | null = null;
  #timer: Timer | null = null;

  constructor(options: OsdpLineOptions) {
    this.#options = options;
    this.#silent = new Silence(options.clock, OSDP_OFFLINE_AFTER, () => options.onSilent());
  }

  /** The line is new: the reader hears sequence 0 first, and forgets what was before. */
  begin(): void {
    this.restart();
    this.#silent.heard();
  }

  restart(): void {
    this.#timer?.cancel();
    [this.#state, this.#sequence, this.#underWay] = [OSDP_START, 0, null];
  }

  stop(): void {
    this.restart();
    this.#silent.stop();
  }

  /** What stands in the head of the next command, in clear. */
  next(code: number, data: Uint8Array = new Uint8Array()): Omit<OsdpPacket, "security" | "mac"> {
    return { address: this.#options.address, reply: false, sequence: this.#sequence, check: "crc", code, data };
  }

  sendClear(code: number, data?: Uint8Array, security: OsdpPacket["security"] = null): void {
    this.send(encodeOsdp({ ...this.next(code, data), security, mac: null }));
  }

  send(bytes: Uint8Array): void {
    this.#underWay = { bytes, sequence: this.#sequence };
    this.#say(bytes);
  }

  /** The same words again, with the same sequence number: the reader then repeats its answer and does nothing twice. */
  #repeatLater(): void {
    this.#timer?.cancel();
    this.#timer = this.#options.clock.after(OSDP_REPLY_WITHIN, () => {
      const [state, words] = endOsdp(this.#state);
      this.#state = state;
      for (const word of words) this.#take(word);
      if (this.#underWay !== null) this.#say(this.#underWay.bytes);
    });
  }

  read(chunk: Uint8Array): void {
    const [state, words] = decodeOsdp(this.#state, chunk);
    this.#state = state;
    for (const word of words) this.#take(word);
  }

  #say(bytes: Uint8Array): void {
    this.#repeatLater();
    this.#options.write(bytes);
  }

  #take(word: OsdpWord): void {
    if (word.kind === "bad") return this.#options.onBad(word.reason);
    const { packet, signed } = word;
    const underWay = this.#underWay;
    // An echo of ourselves, another reader's answer, or a late one.
    if (underWay === null || !packet.reply || packet.address !== this.#options.address || packet.check !== "crc")
      return;
    const isNak = packet.code === OSDP_REPLIES.nak;
    const isUnheard = isNak && packet.mac === null && packet.data[0] === OSDP_NAKS.check;
    if (packet.code === OSDP_REPLIES.busy || isUnheard) {
      this.#silent.heard();
      return this.#repeatLater();
    }
    if (packet.sequence !== underWay.sequence && !isNak) return;
    this.#silent.heard();
    this.#timer?.cancel();
    this.#underWay = null;
    this.#sequence = ((underWay.sequence % 3) + 1) as OsdpSequence;
    this.#options.onReply(packet, signed);
  }
}
