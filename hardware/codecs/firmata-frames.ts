// Firmata 2.6, what a board says: a version (F9 major minor), the state of eight pins (90 to 9F, two bytes of seven
// bits), an analog level (E0 to EF, the same), or a system exclusive message (F0 command ... F7). Bytes of a message
// are below 80, commands are not.

export type FirmataFrame =
  | { readonly kind: "version"; readonly major: number; readonly minor: number }
  /** Bit n is pin 8 x port + n. */
  | { readonly kind: "digital"; readonly port: number; readonly bits: number }
  | { readonly kind: "analog"; readonly channel: number; readonly level: number }
  | { readonly kind: "sysex"; readonly command: number; readonly body: readonly number[] };

/** `noise`: a run of bytes outside of any frame. `framing`: a frame that broke off, is too long or says nothing. */
export type FirmataWord = FirmataFrame | { readonly kind: "bad"; readonly reason: "framing" | "noise" };

/** The bytes of a frame under way, its command first; empty between frames. `told`: this bad run was told already. */
export interface FirmataState {
  readonly frame: readonly number[];
  readonly told: boolean;
}

/** The longest there is: the capabilities of a board of a hundred pins. A longer one is given up. */
export const FIRMATA_FRAME_BYTES_MAX = 4096;

export const FIRMATA_START: FirmataState = { frame: [], told: false };

export const FIRMATA = {
  reportAnalog: 0xc0,
  reportDigital: 0xd0,
  digital: 0x90,
  analog: 0xe0,
  sysexStart: 0xf0,
  pinMode: 0xf4,
  digitalPin: 0xf5,
  sysexEnd: 0xf7,
  version: 0xf9,
  reset: 0xff,
  /** Commands of system exclusive messages. */
  analogQuery: 0x69,
  analogAnswer: 0x6a,
  capabilityQuery: 0x6b,
  capabilityAnswer: 0x6c,
  i2cRequest: 0x76,
  i2cSetUp: 0x78,
  firmware: 0x79,
} as const;

export const FIRMATA_MODES = { input: 0x00, output: 0x01, analog: 0x02, pwm: 0x03, i2c: 0x06, pullUp: 0x0b } as const;

/** Decodes the next bytes, in whatever portions they come. A frame that follows a broken one is found. */
export function decodeFirmata(state: FirmataState, chunk: Uint8Array): [FirmataState, readonly FirmataWord[]] {
  const words: FirmataWord[] = [];
  const decoder = { frame: [...state.frame], told: state.told };
  for (const byte of chunk) {
    const word = take(decoder, byte);
    if (word !== null) words.push(word);
  }
  return [decoder, words];
}

/** What is left when nothing more will follow: a frame that was under way has broken off. */
export function endFirmata(state: FirmataState): [FirmataState, readonly FirmataWord[]] {
  return [FIRMATA_START, state.frame.length > 0 ? [bad("framing")] : []];
}

export function encodeFirmata(frame: FirmataFrame): Uint8Array {
  switch (frame.kind) {
    case "version":
      return Uint8Array.of(FIRMATA.version, frame.major, frame.minor);
    case "digital":
      return Uint8Array.of(FIRMATA.digital | frame.port, frame.bits & 0x7f, frame.bits >>> 7);
    case "analog":
      return Uint8Array.of(FIRMATA.analog | frame.channel, frame.level & 0x7f, frame.level >>> 7);
    case "sysex":
      return Uint8Array.of(FIRMATA.sysexStart, frame.command, ...frame.body, FIRMATA.sysexEnd);
  }
}

/** Bytes of eight bits as Firmata carries them: the lower seven, then the eighth. */
export const inSevenBits = (bytes: Iterable<number>): readonly number[] =>
  [...bytes].flatMap((byte) => [byte & 0x7f, byte >>> 7]);

interface Decoder {
  frame: number[];
  told: boolean;
}

function take(decoder: Decoder, byte: number): FirmataWord | null {
  if (byte < 0x80) return decoder.frame.length === 0 ? strange(decoder, "noise") : more(decoder, byte);
  const isEnd = byte === FIRMATA.sysexEnd && decoder.frame[0] === FIRMATA.sysexStart;
  if (isEnd) return finish(decoder);
  const word = decoder.frame.length > 0 ? bad("framing") : null;
  decoder.frame = begins(byte) ? [byte] : [];
  if (decoder.frame.length > 0) decoder.told = false;
  else if (word === null) return strange(decoder, "noise");
  else decoder.told = true;
  return word;
}

function more(decoder: Decoder, byte: number): FirmataWord | null {
  decoder.frame.push(byte);
  if (decoder.frame[0] !== FIRMATA.sysexStart) return decoder.frame.length === 3 ? finish(decoder) : null;
  if (decoder.frame.length < FIRMATA_FRAME_BYTES_MAX) return null;
  decoder.frame = [];
  decoder.told = true;
  return bad("framing");
}

function finish(decoder: Decoder): FirmataWord {
  const [first = 0, second, ...rest] = decoder.frame;
  decoder.frame = [];
  if (second === undefined) return bad("framing"); // F0 F7
  if (first === FIRMATA.sysexStart) return { kind: "sysex", command: second, body: rest };
  const [third = 0] = rest;
  if (first === FIRMATA.version) return { kind: "version", major: second, minor: third };
  if ((first & 0xf0) === FIRMATA.analog) return { kind: "analog", channel: first & 0x0f, level: second | (third << 7) };
  return { kind: "digital", port: first & 0x0f, bits: second | (third << 7) };
}

/** Only its first byte is told. */
function strange(decoder: Decoder, reason: "noise"): FirmataWord | null {
  if (decoder.told) return null;
  decoder.told = true;
  return bad(reason);
}

const begins = (byte: number): boolean =>
  byte === FIRMATA.version ||
  byte === FIRMATA.sysexStart ||
  [FIRMATA.digital, FIRMATA.analog].some((kind) => (byte & 0xf0) === kind);

const bad = (reason: "framing" | "noise"): FirmataWord => ({ kind: "bad", reason });
