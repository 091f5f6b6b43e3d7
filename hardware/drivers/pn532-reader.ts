import { type Clock, milliseconds, seconds, type Timer } from "../../protocol/base/time.ts";
import type { BadgeForm } from "../codecs/badge-form.ts";
import { cardOfTarget, PN532_COMMANDS, pn532Look, pn532Normal, pn532Tries } from "../codecs/pn532-commands.ts";
import {
  decodePn532,
  endPn532,
  PN532_START,
  PN532_WAKE_UP,
  type Pn532State,
  type Pn532Word,
} from "../codecs/pn532-frame.ts";
import type { BadgeReader, BadgeReaderListener } from "../ports/badge-reader.ts";
import type { ByteLink } from "../ports/byte-link.ts";
import { ReaderVoice } from "./reader-voice.ts";

export const PN532_BAUD_RATE = 115_200;
/** Between two looks for a card. */
export const PN532_LOOK_EVERY = milliseconds(60);
/** The chip acknowledges within 15 ms and answers a look within some 60 ms; more is a word that was lost. */
export const PN532_ANSWER_WITHIN = milliseconds(250);
/** Commands in a row without an answer, after which the chip is said to be silent. */
const UNANSWERED_MAX = 4;
const TRIES = 2;
/** Between two attempts to wake a silent chip. */
const WAKE_EVERY = seconds(1);

export interface Pn532ReaderOptions {
  readonly link: ByteLink;
  readonly clock: Clock;
  readonly form?: BadgeForm | undefined;
}

/**
 * A PN532 on a serial line (HSU). Health: a fault named by the link (LinkFault) while the line is down, `silent` when
 * the chip does not answer; ok once it has been woken and set up. Only cards of ISO 14443 type A.
 */
export function createPn532Reader(options: Pn532ReaderOptions): BadgeReader {
  return new Pn532Reader(options);
}

interface Command {
  readonly code: number;
  readonly bytes: Uint8Array;
}

const SET_UP: readonly Command[] = [
  { code: PN532_COMMANDS.samConfiguration, bytes: Uint8Array.from([...PN532_WAKE_UP, ...pn532Normal()]) },
  { code: PN532_COMMANDS.rfConfiguration, bytes: pn532Tries(TRIES) },
];
const LOOK: Command = { code: PN532_COMMANDS.listPassiveTarget, bytes: pn532Look() };

class Pn532Reader implements BadgeReader {
  readonly driver = "pn532";
  readonly #link: ByteLink;
  readonly #clock: Clock;
  readonly #voice: ReaderVoice;
  #state: Pn532State = PN532_START;
  /** The one command in flight. An answer before its acknowledgement is an answer to something else. */
  #inFlight: (Command & { acknowledged: boolean }) | null = null;
  /** What is still to be set up before the first look. */
  #toSetUp: readonly Command[] = SET_UP;
  #unanswered = 0;
  #isSilent = false;
  #timer: Timer | null = null;

  constructor({ link, clock, form }: Pn532ReaderOptions) {
    [this.#link, this.#clock] = [link, clock];
    this.#voice = new ReaderVoice(clock, form);
  }

  open(listener: BadgeReaderListener): Promise<void> {
    this.#voice.open(listener);
    return this.#link.open({
      onUp: () => this.#wake(),
      onDown: (fault) => {
        this.#halt();
        this.#ail(fault);
      },
      onBytes: (chunk) => {
        const [state, words] = decodePn532(this.#state, chunk);
        this.#state = state;
        for (const word of words) this.#take(word);
      },
    });
  }

  async close(): Promise<void> {
    this.#voice.silence();
    this.#halt();
    await this.#link.close();
  }

  #halt(): void {
    this.#timer?.cancel();
    [this.#inFlight, this.#state, this.#unanswered] = [null, PN532_START, 0];
  }

  #wake(): void {
    this.#halt();
    this.#toSetUp = SET_UP;
    this.#send();
  }

  #send(): void {
    const command = this.#toSetUp[0] ?? LOOK;
    this.#inFlight = { ...command, acknowledged: false };
    this.#after(PN532_ANSWER_WITHIN, () => this.#missed());
    this.#link.write(command.bytes);
  }

  /** The chip lost power, or a byte was lost: from the wake-up on, for it may sleep again and know nothing any more. */
  #missed(): void {
    const [state, words] = endPn532(this.#state);
    this.#state = state;
    for (const word of words) if (word.kind === "bad") this.#voice.sayBad(word.reason);
    this.#unanswered += 1;
    this.#inFlight = null;
    if (this.#unanswered >= UNANSWERED_MAX) this.#ail("silent");
    this.#toSetUp = SET_UP;
    this.#after(this.#isSilent ? WAKE_EVERY : PN532_LOOK_EVERY, () => this.#send());
  }

  #take(word: Pn532Word): void {
    const flight = this.#inFlight;
    if (!this.#voice.isOpen) return;
    if (word.kind === "bad") return this.#voice.sayBad(word.reason);
    if (flight === null) return;
    if (word.kind === "ack") flight.acknowledged = true;
    else if (word.kind !== "frame")
      return this.#missed(); // An error frame, or a chip that did not understand.
    else if (flight.acknowledged && word.direction === "reply" && word.code === flight.code + 1) {
      this.#answered(flight.code, word.data);
    }
  }

  #answered(code: number, data: Uint8Array): void {
    [this.#inFlight, this.#unanswered] = [null, 0];
    if (code !== LOOK.code) this.#toSetUp = this.#toSetUp.slice(1);
    else this.#read(data);
    if (!this.#voice.isOpen) return;
    if (this.#toSetUp.length > 0) return this.#send();
    this.#ail(null);
    this.#after(PN532_LOOK_EVERY, () => this.#send());
  }

  #read(data: Uint8Array): void {
    const word = cardOfTarget(data);
    if (word !== null) this.#voice.hear(word);
  }

  #after(delay: typeof PN532_LOOK_EVERY, wake: () => void): void {
    this.#timer?.cancel();
    this.#timer = this.#clock.after(delay, wake);
  }

  #ail(fault: string | null): void {
    this.#isSilent = fault === "silent";
    this.#voice.sayHealth(fault);
  }
}
