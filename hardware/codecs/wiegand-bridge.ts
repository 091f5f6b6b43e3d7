import { assert } from "../../protocol/base/assert.ts";
import { identifierOfDecimal, identifierOfFacilityNumber, identifierOfHex } from "./badge-form.ts";
import { type BadgeStream, type BadgeWord, badWord, cardWord } from "./badge-words.ts";
import { bitsOfBytes, bytesOfBits, identifierOfWiegand, wiegandOf } from "./wiegand.ts";

// Bridges from Wiegand to a serial line have no common frame, so theirs is described.

export type WiegandBits = 26 | 34;

export type BridgeFrame =
  /** Lines of hex digits, ended by CR, LF or both: the identifier alone, parity checked and dropped by the bridge. */
  | { readonly format: "hex-line"; readonly content: "identifier"; readonly bits: WiegandBits }
  /** As many digits as hold all bits, filled up with zero bits in front or behind. */
  | {
      readonly format: "hex-line";
      readonly content: "wiegand";
      readonly bits: WiegandBits;
      readonly fill: "front" | "behind";
    }
  /** Lines of just so many decimal digits. */
  | { readonly format: "decimal-line"; readonly content: "identifier"; readonly digits: number }
  /** Three digits, perhaps a comma, five digits. */
  | { readonly format: "decimal-line"; readonly content: "facility-number" }
  /** A byte with the number of bits, then the bits, first one first, the last byte filled up with zero bits. */
  | { readonly format: "counted-bits"; readonly bits: WiegandBits };

/** No line of a bridge is longer. */
export const BRIDGE_LINE_MAX = 24;

/** `told`: the bad bytes of this line, or of this burst, were told already. */
export interface BridgeState {
  readonly text: string;
  readonly bytes: readonly number[];
  readonly told: boolean;
}

const START: BridgeState = { text: "", bytes: [], told: false };
const CR = 0x0d;
const LF = 0x0a;

/**
 * The decoder of one bridge. Lines find their beginning again at each line end. Counted bits do not: after bytes that
 * are no frame everything is passed over up to a silence (`end`), for two parity bits are too weak to search by.
 */
export function bridgeStream(frame: BridgeFrame): BadgeStream<BridgeState> {
  const step = frame.format === "counted-bits" ? stepBits : stepLine;
  return {
    start: START,
    decode(state, chunk) {
      const words: BadgeWord[] = [];
      let reached = state;
      for (const byte of chunk) reached = step(frame, reached, byte, words);
      return [reached, words];
    },
    end: ({ text, bytes, told }) => [START, !told && text.length + bytes.length > 0 ? [badWord("framing")] : []],
  };
}

/** What a bridge sends for an identifier of as many bytes as its frame holds: for emulators and tests. */
export function encodeBridge(frame: BridgeFrame, identifier: readonly number[]): Uint8Array {
  if (frame.format === "counted-bits") return Uint8Array.from([frame.bits, ...bytesOfBits(wiegandOf(identifier))]);
  return new TextEncoder().encode(`${lineOf(frame, identifier)}${frame.format === "hex-line" ? "\r\n" : "\r"}`);
}

type LineFrame = Exclude<BridgeFrame, { format: "counted-bits" }>;

function stepLine(frame: BridgeFrame, state: BridgeState, byte: number, words: BadgeWord[]): BridgeState {
  assert(frame.format !== "counted-bits", "a bridge of lines");
  const { text, told } = state;
  if (byte === CR || byte === LF) {
    if (text !== "") words.push(wordOfLine(frame, text));
    return START;
  }
  if (isDigit(frame, byte) && text.length < BRIDGE_LINE_MAX)
    return { ...state, text: text + String.fromCharCode(byte) };
  // What stood before a strange byte is no part of a card that comes behind it.
  if (!told) words.push(badWord(text === "" ? "noise" : "framing"));
  return { text: "", bytes: [], told: true };
}

function wordOfLine(frame: LineFrame, text: string): BadgeWord {
  if (frame.format === "hex-line" && frame.content === "wiegand") return wordOfHexBits(frame, text);
  const identifier = identifierOfLine(frame, text);
  return identifier === null ? badWord("framing") : cardWord(identifier);
}

function identifierOfLine(frame: LineFrame, text: string): readonly number[] | null {
  if (frame.content === "facility-number") return identifierOfFacilityNumber(text);
  if (frame.format === "decimal-line") return text.length === frame.digits ? identifierOfDecimal(text) : null;
  return text.length === (frame.bits - 2) / 4 ? identifierOfHex(text) : null;
}

type HexBits = Extract<BridgeFrame, { content: "wiegand" }>;

function wordOfHexBits(frame: HexBits, text: string): BadgeWord {
  const digits = Math.ceil(frame.bits / 4);
  if (text.length !== digits) return badWord("framing");
  const all = Array.from(text, (digit) => Number.parseInt(digit, 16).toString(2).padStart(4, "0")).join("");
  const spare = all.length - frame.bits;
  const [bits, filling] =
    frame.fill === "front"
      ? [all.slice(spare), all.slice(0, spare)]
      : [all.slice(0, frame.bits), all.slice(frame.bits)];
  return filling.includes("1") ? badWord("framing") : wordOfBits(bits);
}

function wordOfBits(bits: string): BadgeWord {
  const read = identifierOfWiegand(bits);
  if (read.ok) return cardWord(read.value);
  return badWord(read.error === "parity" ? "checksum" : "framing");
}

function stepBits(frame: BridgeFrame, state: BridgeState, byte: number, words: BadgeWord[]): BridgeState {
  assert(frame.format === "counted-bits", "a bridge of counted bits");
  if (state.told) return state;
  const bytes = [...state.bytes, byte];
  if (bytes[0] !== frame.bits) {
    words.push(badWord("noise"));
    return { text: "", bytes: [], told: true };
  }
  const whole = 1 + Math.ceil(frame.bits / 8);
  if (bytes.length < whole) return { ...state, bytes };
  const all = bitsOfBytes(bytes.slice(1), (whole - 1) * 8);
  const word = all.slice(frame.bits).includes("1") ? badWord("framing") : wordOfBits(all.slice(0, frame.bits));
  words.push(word);
  return word.kind === "card" ? START : { text: "", bytes: [], told: true };
}

function isDigit(frame: BridgeFrame, byte: number): boolean {
  if (byte >= 0x30 && byte <= 0x39) return true;
  if (frame.format === "decimal-line") return frame.content === "facility-number" && byte === 0x2c;
  return (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

function lineOf(frame: LineFrame, identifier: readonly number[]): string {
  const hex = identifier
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
  if (frame.content === "facility-number") {
    const [facility = 0, high = 0, low = 0] = identifier;
    return `${String(facility).padStart(3, "0")},${String(high * 256 + low).padStart(5, "0")}`;
  }
  if (frame.format === "decimal-line") return BigInt(`0x${hex}`).toString().padStart(frame.digits, "0");
  if (frame.content === "identifier") return hex;
  const digits = Math.ceil(frame.bits / 4);
  const bits = wiegandOf(identifier);
  const filled = frame.fill === "front" ? bits.padStart(digits * 4, "0") : bits.padEnd(digits * 4, "0");
  return (filled.match(/.{4}/gu) ?? [])
    .map((nibble) => Number.parseInt(nibble, 2).toString(16))
    .join("")
    .toUpperCase();
}
