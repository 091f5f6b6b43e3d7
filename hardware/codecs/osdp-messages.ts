import { bytesOfBits, bitsOfBytes, identifierOfWiegand, WIEGAND_LENGTHS } from "./wiegand.ts";
import { identifierOfDecimal, identifierOfHex } from "./badge-form.ts";
import { type BadgeWord, badWord, cardWord } from "./badge-words.ts";

/** Commands of the control panel. */
export const OSDP_COMMANDS = {
  poll: 0x60,
  led: 0x69,
  buzzer: 0x6a,
  keySet: 0x75,
  challenge: 0x76,
  serverCryptogram: 0x77,
} as const;

/** Replies of the reader. */
export const OSDP_REPLIES = {
  ack: 0x40,
  nak: 0x41,
  raw: 0x50,
  formatted: 0x51,
  clientCryptogram: 0x76,
  initialMac: 0x78,
  busy: 0x79,
} as const;

/** Why a reader refused, its first byte of data. */
export const OSDP_NAKS = {
  check: 1,
  length: 2,
  unknownCommand: 3,
  sequence: 4,
  securityUnsupported: 5,
  securityRequired: 6,
} as const;

/** Card types of a reader that are read; `raw` gives the whole bits, `formatted` digits. */
const MAX_IDENTIFIER_BITS = 80;

/** The card in the data of a RAW reply: reader, format, bit count LSB and MSB, bits MSB first. */
export function cardOfRaw(data: Uint8Array): BadgeWord {
  const [, , low, high, ...bytes] = data;
  if (low === undefined || high === undefined) return badWord("framing");
  const count = low + high * 256;
  if (count === 0 || bytes.length !== Math.ceil(count / 8)) return badWord("framing");
  const bits = bitsOfBytes(bytes, count);
  if (WIEGAND_LENGTHS.includes(count)) {
    const read = identifierOfWiegand(bits);
    return read.ok ? cardWord(read.value) : badWord("checksum");
  }
  const isWhole = count % 8 === 0 && count <= MAX_IDENTIFIER_BITS;
  return isWhole ? cardWord(bytesOfBits(bits)) : badWord("framing");
}

/** The card in the data of a FMT reply: reader, direction, count of digits, digits; `reversed` when read backwards. */
export function cardOfFormatted(data: Uint8Array, digits: "decimal" | "hex"): BadgeWord {
  const [, direction, count, ...characters] = data;
  if (count === undefined || characters.length !== count) return badWord("framing");
  const sent = String.fromCharCode(...characters);
  const text = direction === 1 ? Array.from(sent).toReversed().join("") : sent;
  const identifier = digits === "decimal" ? identifierOfDecimal(text) : identifierOfHex(text);
  return identifier === null ? badWord("framing") : cardWord(identifier);
}

/** The data of a RAW reply, for emulators and tests. */
export const rawOf = (bits: string): Uint8Array =>
  Uint8Array.from([
    0,
    WIEGAND_LENGTHS.includes(bits.length) ? 1 : 0,
    bits.length & 0xff,
    bits.length >>> 8,
    ...bytesOfBits(bits),
  ]);

/** Colours of the first reader's first lamp. */
export type OsdpColour = "off" | "red" | "green" | "amber";

const COLOURS: Readonly<Record<OsdpColour, number>> = { off: 0, red: 1, green: 2, amber: 3 };
/** Durations travel in tenths of a second. */
const TENTH_MS = 100;
const tenths = (ms: number): number => Math.min(255, Math.max(1, Math.round(ms / TENTH_MS)));

/** Lights the lamp for a while, after which its permanent colour shows again. */
export function ledFor(colour: OsdpColour, ms: number): Uint8Array {
  const [set, unchanged] = [2, 0];
  const time = tenths(ms);
  const temporary = [set, time, 0, COLOURS[colour], COLOURS.off, time, 0];
  return Uint8Array.from([0, 0, ...temporary, unchanged, 0, 0, 0, 0]);
}

/** So many sounds of `onMs`, `offMs` apart. */
export const buzzerFor = (count: number, onMs: number, offMs: number): Uint8Array =>
  Uint8Array.from([0, 2, tenths(onMs), tenths(offMs), count]);
