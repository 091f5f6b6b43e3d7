import { createCipheriv, createDecipheriv } from "node:crypto";
import { assert, present } from "../../protocol/index.ts";

// An OSDP reader (peripheral) down to its bytes, and strict: what a standard's reader would refuse, it refuses. Shares
// no code with the driver it judges; its own reading of the standard checks the driver's.

type Security = readonly number[];
const [ACK, NAK, RAW, CCRYPT, RMAC_I, BUSY] = [0x40, 0x41, 0x50, 0x76, 0x78, 0x79];
const DEFAULT_KEY = Uint8Array.from({ length: 16 }, (_, at) => 0x30 + at);
const REPEAT_AFTER_MS = 300;
/** Refusals of a reader that has no channel to seal them in: check, sequence, security. */
const LOST: readonly number[] = [1, 4, 5, 6];

interface Session {
  readonly enc: Uint8Array;
  readonly mac1: Uint8Array;
  readonly mac2: Uint8Array;
  readonly random: Uint8Array;
  readonly panelRandom: Uint8Array;
  command: Uint8Array;
  reply: Uint8Array;
  readonly isFactory: boolean;
  open: boolean;
}

export interface OsdpPeripheralOptions {
  readonly address: number;
  /** Null: it still has the factory's key. */
  readonly key: Uint8Array | null;
  readonly say: (bytes: Uint8Array) => void;
}

export class OsdpPeripheral {
  /** What the panel ordered, decoded: lamp colours and numbers of sounds. */
  readonly lamps: number[] = [];
  readonly sounds: number[] = [];
  /** Answers BUSY so many times. */
  busy = 0;
  /** Commands that never reach it. */
  deaf = 0;
  /** Answers that are lost on their way. */
  mute = 0;
  /** Commands seen for the first time. */
  commands = 0;
  /** Challenges: how often a channel was begun. */
  challenges = 0;
  /** Commands it refuses, and why: 3 unknown, 9 cannot be done. */
  readonly refuses = new Map<number, number>();
  readonly #options: OsdpPeripheralOptions;
  #key: Uint8Array | null;
  #heard: number[] = [];
  #sequence = -1;
  #last: Uint8Array | null = null;
  #session: Session | null = null;
  #cards: { readonly bits: string }[] = [];
  #liftedAt = -Infinity;
  #lastBits = "";

  constructor(options: OsdpPeripheralOptions) {
    this.#options = options;
    this.#key = options.key;
  }

  /** A card comes near at this instant; told again only after it was away for 300 ms, as readers do. */
  lay(bits: string, at: number): void {
    const flickers = bits === this.#lastBits && at - this.#liftedAt < REPEAT_AFTER_MS;
    this.#lastBits = bits;
    if (!flickers) this.#cards.push({ bits });
  }

  lift(at: number): void {
    this.#liftedAt = at;
  }

  /** Out of power: it forgets session, sequence and cards. */
  reset(): void {
    [this.#heard, this.#sequence, this.#last, this.#session, this.#cards] = [[], -1, null, null, []];
  }

  /** Under the key that everybody knows. */
  get isFactorySession(): boolean {
    return this.#session?.isFactory === true;
  }

  get isSecure(): boolean {
    return this.#session?.open === true;
  }

  hear(chunk: Uint8Array): void {
    this.#heard.push(...chunk);
    for (;;) {
      while (this.#heard.length > 0 && this.#heard[0] !== 0x53) this.#heard.shift();
      const length = (this.#heard[2] ?? 0) + (this.#heard[3] ?? 0) * 256;
      if (this.#heard.length < 8 || this.#heard.length < length) return;
      this.#command(Uint8Array.from(this.#heard.splice(0, length)));
    }
  }

  #command(bytes: Uint8Array): void {
    const [, address = 0, , , control = 0] = bytes;
    if (address !== this.#options.address) return;
    if (this.deaf > 0) {
      this.deaf -= 1;
      return;
    }
    const sequence = control & 3;
    if (crcOf(bytes.subarray(0, -2)) !== (bytes.at(-2) ?? 0) + (bytes.at(-1) ?? 0) * 256) {
      return this.#reply(sequence, NAK, [1]);
    }
    if (this.busy > 0) {
      this.busy -= 1;
      return this.#options.say(frameOf(this.#options.address, 0, null, [BUSY]));
    }
    if (sequence === 0) [this.#session, this.#sequence] = [null, -1];
    else if (sequence === this.#sequence) return this.#say(present(this.#last, "the answer to repeat"));
    else if (sequence !== (this.#sequence % 3) + 1) return this.#reply(sequence, NAK, [4]);
    this.#sequence = sequence;
    this.commands += 1;
    const block = (control & 8) === 0 ? null : [...bytes.subarray(5, 5 + (bytes[5] ?? 0))];
    this.#obey(sequence, bytes.subarray(0, -2), block);
  }

  #obey(sequence: number, body: Uint8Array, block: Security | null): void {
    const at = 5 + (block?.length ?? 0);
    const code = body[at] ?? 0;
    const type = block?.[1] ?? 0;
    if (code === 0x76) return this.#challenged(sequence, body.subarray(at + 1), block);
    if (code === 0x77) return this.#proven(sequence, body.subarray(at + 1), block);
    if (!this.isSecure) return this.#do(sequence, code, body.subarray(at + 1));
    const session = present(this.#session, "an open session");
    if (type !== 0x15 && type !== 0x17) return this.#drop(sequence);
    const signed = body.subarray(0, -4);
    const start = session.reply;
    const mac = macOf(session, start, signed);
    if (Buffer.compare(mac.subarray(0, 4), body.subarray(-4)) !== 0) return this.#drop(sequence);
    session.command = mac;
    const sent = signed.subarray(at + 1);
    assert((type === 0x17) === sent.length > 0, "data goes enciphered, and only data");
    this.#do(sequence, code, sent.length === 0 ? sent : unfilled(decipher(session.enc, inverse(start), sent)));
  }

  #drop(sequence: number): void {
    this.#session = null;
    this.#reply(sequence, NAK, [6]);
  }

  #do(sequence: number, code: number, plain: Uint8Array): void {
    const refusal = this.refuses.get(code);
    if (refusal !== undefined) return this.#reply(sequence, NAK, [refusal]);
    if (code === 0x69) {
      assert(plain.length === 14, "a lamp's order has 14 bytes");
      this.lamps.push(plain[5] ?? 0);
    } else if (code === 0x6a) {
      assert(plain.length === 5, "a buzzer's order has 5 bytes");
      this.sounds.push(plain[4] ?? 0);
    } else if (code === 0x75) {
      if (!this.isSecure || plain[0] !== 1 || plain[1] !== 16) return this.#reply(sequence, NAK, [6]);
      this.#key = plain.slice(2, 18);
    } else if (code !== 0x60) return this.#reply(sequence, NAK, [3]);
    const card = code === 0x60 ? this.#cards.shift() : undefined;
    if (card === undefined) return this.#reply(sequence, ACK, []);
    const { bits } = card;
    const bytes = (bits.match(/.{1,8}/gu) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2));
    this.#reply(sequence, RAW, [0, 1, bits.length, 0, ...bytes]);
  }

  #challenged(sequence: number, random: Uint8Array, block: Security | null): void {
    this.challenges += 1;
    const usesDefault = block?.[2] === 0;
    if (block?.length !== 3 || block[1] !== 0x11 || random.length !== 8) return this.#reply(sequence, NAK, [5]);
    if (!usesDefault && this.#key === null) return this.#reply(sequence, NAK, [6]);
    if (usesDefault && this.#key !== null) return this.#reply(sequence, NAK, [6]);
    const key = this.#key ?? DEFAULT_KEY;
    const derived = (second: number): Uint8Array =>
      ecb(key, Uint8Array.from([1, second, ...random.subarray(0, 6), 0, 0, 0, 0, 0, 0, 0, 0]));
    const own = Uint8Array.from([0xb0, 0xb1, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7]);
    const enc = derived(0x82);
    const none = new Uint8Array(16);
    const keys = { enc, mac1: derived(1), mac2: derived(2), random: own, panelRandom: Uint8Array.from(random) };
    this.#session = { ...keys, command: none, reply: none, isFactory: usesDefault, open: false };
    const cryptogram = ecb(enc, Uint8Array.from([...random, ...own]));
    const uid = [1, 2, 3, 4, 5, 6, 7, 8];
    this.#send(sequence, [3, 0x12, usesDefault ? 0 : 1], [CCRYPT, ...uid, ...own, ...cryptogram]);
  }

  #proven(sequence: number, cryptogram: Uint8Array, block: Security | null): void {
    const session = this.#session;
    if (session === null || session.open || block?.[1] !== 0x13) return this.#drop(sequence);
    const expected = ecb(session.enc, Uint8Array.from([...session.random, ...session.panelRandom]));
    if (Buffer.compare(expected, cryptogram) !== 0) return this.#drop(sequence);
    session.reply = ecb(session.mac2, ecb(session.mac1, expected));
    session.open = true;
    this.#send(sequence, [3, 0x14, 1], [RMAC_I, ...session.reply]);
  }

  #reply(sequence: number, code: number, plain: readonly number[]): void {
    const session = this.#session;
    const isLost = code === NAK && LOST.includes(plain[0] ?? 0);
    if (session?.open !== true || isLost) return this.#send(sequence, null, [code, ...plain]);
    const data = plain.length === 0 ? [] : encipher(session.enc, inverse(session.command), filled(plain));
    const block = [2, plain.length === 0 ? 0x16 : 0x18];
    const unsigned = frameOf(this.#options.address, sequence, block, [code, ...data, 0, 0, 0, 0]);
    session.reply = macOf(session, session.command, unsigned.subarray(0, -6));
    this.#send(sequence, block, [code, ...data, ...session.reply.subarray(0, 4)]);
  }

  #send(sequence: number, block: Security | null, body: readonly number[]): void {
    this.#last = frameOf(this.#options.address, sequence, block, body);
    this.#say(this.#last);
  }

  #say(bytes: Uint8Array): void {
    if (this.mute > 0) this.mute -= 1;
    else this.#options.say(bytes);
  }
}

function frameOf(address: number, sequence: number, block: Security | null, body: readonly number[]): Uint8Array {
  const inner = [...(block ?? []), ...body];
  const length = 5 + inner.length + 2;
  const all = [0x53, address | 0x80, length & 255, length >> 8, sequence | 4 | (block === null ? 0 : 8), ...inner];
  const crc = crcOf(all);
  return Uint8Array.from([...all, crc & 255, crc >> 8]);
}

/** Byte by byte with a table of the polynomial, not bit by bit as the driver does it. */
const TABLE = Array.from({ length: 256 }, (_, index) => {
  let value = index << 8;
  for (let bit = 0; bit < 8; bit += 1) value = ((value << 1) ^ (value & 0x8000 ? 0x1021 : 0)) & 0xffff;
  return value;
});
const crcOf = (bytes: Iterable<number>): number => {
  let crc = 0x1d0f;
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ present(TABLE[(crc >> 8) ^ byte], "a table of 256");
  return crc;
};

const cbc = (key: Uint8Array, start: Uint8Array, blocks: Uint8Array): Uint8Array => {
  const cipher = createCipheriv("aes-128-cbc", key, start).setAutoPadding(false);
  return Uint8Array.from([...cipher.update(blocks), ...cipher.final()]);
};
const ecb = (key: Uint8Array, block: Uint8Array): Uint8Array => {
  const cipher = createCipheriv("aes-128-ecb", key, null).setAutoPadding(false);
  return Uint8Array.from([...cipher.update(block), ...cipher.final()]);
};
const inverse = (block: Uint8Array): Uint8Array => block.map((byte) => byte ^ 0xff);
const encipher = cbc;
const decipher = (key: Uint8Array, start: Uint8Array, blocks: Uint8Array): Uint8Array => {
  const turned = createDecipheriv("aes-128-cbc", key, start).setAutoPadding(false);
  return Uint8Array.from([...turned.update(blocks), ...turned.final()]);
};

function filled(plain: readonly number[]): Uint8Array {
  const all = [...plain, 0x80];
  while (all.length % 16 !== 0) all.push(0);
  return Uint8Array.from(all);
}

function unfilled(blocks: Uint8Array): Uint8Array {
  const end = blocks.lastIndexOf(0x80);
  assert(end >= 0 && blocks.subarray(end + 1).every((byte) => byte === 0), "filled up with 80 and zeros");
  return blocks.slice(0, end);
}

function macOf({ mac1, mac2 }: Session, start: Uint8Array, signed: Uint8Array): Uint8Array {
  const blocks = signed.length % 16 === 0 ? signed : filled([...signed]);
  let chained = start;
  for (let at = 0; at < blocks.length; at += 16) {
    const key = at + 16 === blocks.length ? mac2 : mac1;
    const mixed = blocks.subarray(at, at + 16).map((byte, index) => byte ^ (chained[index] ?? 0));
    chained = ecb(key, mixed);
  }
  return chained;
}
