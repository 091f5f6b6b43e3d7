import { assert } from "../../protocol/index.ts";

// A PN532 on a serial line down to its bytes, and strict: it sleeps until it is woken, and acts on whole frames alone.

const ACK = Uint8Array.of(0, 0, 0xff, 0, 0xff, 0);
const ERROR = Uint8Array.of(0, 0, 0xff, 1, 0xff, 0x7f, 0x81, 0);

export class Pn532Chip {
  /** Commands it takes without an answer: a byte was lost on the way. */
  deaf = 0;
  /** Answers the next command with an error frame. */
  errs = 0;
  card: readonly number[] | null = null;
  readonly #say: (bytes: Uint8Array) => void;
  #awake = false;
  #configured = false;
  #tries = 0xff;
  #heard: number[] = [];

  constructor(say: (bytes: Uint8Array) => void) {
    this.#say = say;
  }

  /** Out of power: asleep, and nothing is set up. */
  reset(): void {
    [this.#awake, this.#configured, this.#tries, this.#heard] = [false, false, 0xff, []];
  }

  hear(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (!this.#awake) this.#awake = byte === 0x55;
      else this.#heard.push(byte);
    }
    for (;;) {
      const at = this.#heard.findIndex(
        (byte, i) => byte === 0xff && this.#heard[i - 1] === 0 && this.#heard[i - 2] === 0,
      );
      const length = this.#heard[at + 1];
      if (at < 0 || length === undefined || this.#heard.length < at + length + 5) return;
      const frame = this.#heard.splice(0, at + length + 5).slice(at + 1);
      this.#command(frame);
    }
  }

  #command([length = 0, complement = 0, ...rest]: readonly number[]): void {
    const body = rest.slice(0, length);
    const sum = rest.slice(0, length + 1).reduce((total, byte) => total + byte, 0);
    assert(((length + complement) & 255) === 0 && (sum & 255) === 0, "a host sends whole frames");
    assert(rest[length + 1] === 0 && body[0] === 0xd4, "a command ends with 00 and says whence it comes");
    if (this.deaf > 0) {
      this.deaf -= 1;
      return;
    }
    this.#say(ACK);
    if (this.errs > 0) {
      this.errs -= 1;
      return this.#say(ERROR);
    }
    this.#obey(body[1] ?? 0, body.slice(2));
  }

  #obey(code: number, data: readonly number[]): void {
    if (code === 0x14) {
      this.#configured = data[0] === 1;
      return this.#reply(code, []);
    }
    if (code === 0x32 && data[0] === 5) {
      this.#tries = data[3] ?? 0xff;
      return this.#reply(code, []);
    }
    if (code !== 0x4a || !this.#configured) return this.#say(ERROR);
    // Out of the box it looks for ever, and answers nothing before a card comes.
    if (this.card === null && this.#tries === 0xff) return;
    const found = this.card === null ? [0] : [1, 1, 0x00, 0x04, 0x08, this.card.length, ...this.card];
    this.#reply(code, found);
  }

  #reply(code: number, data: readonly number[]): void {
    const body = [0xd5, code + 1, ...data];
    const sum = -body.reduce((total, byte) => total + byte, 0) & 255;
    this.#say(Uint8Array.from([0, 0, 0xff, body.length, -body.length & 255, ...body, sum, 0]));
  }
}
