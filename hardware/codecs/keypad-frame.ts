import { assert } from "../../protocol/base/assert.ts";
import { crc16Arc } from "./crc16-arc.ts";

// No public protocol of rating keypads was found, so a frame is described: what it begins with, how long it is, where
// the key stands and what sums it up. A keypad that sends one byte a key is a frame of one byte without a header.

export type KeypadChecksum =
  | { readonly kind: "none" }
  /** One byte: all bytes from `from` up to it, each exclusive-or'ed, or added modulo 256. */
  | { readonly kind: "xor" | "sum"; readonly from: number }
  /** Two bytes: polynomial 8005 reflected, from `initial` (0 for ARC, FFFF for Modbus). */
  | {
      readonly kind: "crc16";
      readonly from: number;
      readonly initial: number;
      readonly order: "low-first" | "high-first";
    };

export type KeypadLength =
  | { readonly kind: "fixed"; readonly bytes: number }
  /** The byte at `at`, and `plus`, is the length of the whole frame. */
  | { readonly kind: "field"; readonly at: number; readonly plus: number };

export interface KeypadFrame {
  readonly header: readonly number[];
  readonly length: KeypadLength;
  readonly keyAt: number;
  readonly checksum: KeypadChecksum;
}

/** No frame of a keypad is longer. */
export const KEYPAD_FRAME_BYTES_MAX = 64;

export const ONE_BYTE: KeypadFrame = {
  header: [],
  length: { kind: "fixed", bytes: 1 },
  keyAt: 0,
  checksum: { kind: "none" },
};

/** A key's code, or bytes that were no frame: told once for each run of them. */
export type KeypadWord = { readonly kind: "key"; readonly code: number } | { readonly kind: "bad" };

/** What has not been understood yet, and whether a bad run is being passed over. */
export interface KeypadState {
  readonly rest: readonly number[];
  readonly skipping: boolean;
}

export const KEYPAD_START: KeypadState = { rest: [], skipping: false };

const CHECKSUM_BYTES: Readonly<Record<KeypadChecksum["kind"], number>> = { none: 0, xor: 1, sum: 1, crc16: 2 };

/** Null, or why no frame can be as described. */
export function faultOfFrame({ header, length, keyAt, checksum }: KeypadFrame): string | null {
  const shortest = shortestFrame({ header, length, keyAt, checksum });
  if (length.kind === "fixed" && length.bytes > KEYPAD_FRAME_BYTES_MAX)
    return `a frame has at most ${KEYPAD_FRAME_BYTES_MAX} bytes`;
  if (length.kind === "fixed" && length.bytes < shortest) return `key and checksum need ${shortest} bytes`;
  if (length.kind === "field" && header.length === 0) return "a frame with a length of its own needs a header";
  if (length.kind === "field" && length.at < header.length) return "the length stands behind the header";
  if (keyAt < header.length) return "the key stands behind the header";
  if (length.kind === "field" && length.at === keyAt) return "the key stands beside the length";
  return shortest > KEYPAD_FRAME_BYTES_MAX ? `a frame has at most ${KEYPAD_FRAME_BYTES_MAX} bytes` : null;
}

/** Decodes the next bytes, in whatever portions they come. */
export function decodeKeypad(
  frame: KeypadFrame,
  state: KeypadState,
  chunk: Uint8Array,
): [KeypadState, readonly KeypadWord[]] {
  let rest = [...state.rest];
  let skipping = state.skipping;
  const words: KeypadWord[] = [];
  for (const byte of chunk) {
    rest.push(byte);
    let reading = true;
    while (reading && rest.length > 0) {
      const found = headOf(frame, rest);
      if (found === "incomplete") reading = false;
      else if (found === "bad") {
        if (!skipping) words.push({ kind: "bad" });
        skipping = true;
        rest = rest.slice(1);
      } else {
        words.push({ kind: "key", code: found.code });
        skipping = false;
        rest = rest.slice(found.bytes);
      }
    }
  }
  return [{ rest, skipping }, words];
}

/** What is left after a silence: a frame that broke off, in whose bytes a whole one may still be. */
export function endKeypad(frame: KeypadFrame, state: KeypadState): [KeypadState, readonly KeypadWord[]] {
  const words: KeypadWord[] = [];
  let { rest, skipping } = state;
  while (rest.length > 0) {
    if (!skipping) words.push({ kind: "bad" });
    const [after, found] = decodeKeypad(frame, { rest: [], skipping: true }, Uint8Array.from(rest.slice(1)));
    words.push(...found);
    ({ rest, skipping } = after);
  }
  return [KEYPAD_START, words];
}

/** What a keypad sends for this key: for emulators and tests. Bytes that say nothing are 0. */
export function encodeKeypad(frame: KeypadFrame, code: number): Uint8Array {
  assert(faultOfFrame(frame) === null, "the frame can be");
  const { header, length, keyAt, checksum } = frame;
  const size = length.kind === "fixed" ? length.bytes : shortestFrame(frame);
  const bytes = [...new Uint8Array(size)];
  for (const [at, byte] of header.entries()) bytes[at] = byte;
  if (length.kind === "field") bytes[length.at] = size - length.plus;
  bytes[keyAt] = code;
  const summed = size - CHECKSUM_BYTES[checksum.kind];
  return Uint8Array.from([...bytes.slice(0, summed), ...checksumOf(checksum, bytes.slice(0, summed))]);
}

function shortestFrame({ header, length, keyAt, checksum }: KeypadFrame): number {
  const last = Math.max(header.length - 1, keyAt, length.kind === "field" ? length.at : 0);
  return Math.max(last + 1 + CHECKSUM_BYTES[checksum.kind], length.kind === "field" ? length.plus : 0);
}

type Head = "incomplete" | "bad" | { readonly code: number; readonly bytes: number };

function headOf(frame: KeypadFrame, bytes: readonly number[]): Head {
  const { header, keyAt, checksum } = frame;
  if (header.some((byte, at) => at < bytes.length && bytes[at] !== byte)) return "bad";
  const size = sizeOf(frame, bytes);
  if (size === null) return "incomplete";
  if (size < shortestFrame(frame) || size > KEYPAD_FRAME_BYTES_MAX) return "bad";
  if (bytes.length < size) return "incomplete";
  const summed = size - CHECKSUM_BYTES[checksum.kind];
  const sum = checksumOf(checksum, bytes.slice(0, summed));
  if (sum.some((byte, at) => bytes[summed + at] !== byte)) return "bad";
  const code = bytes[keyAt];
  assert(code !== undefined, "the key stands within the frame");
  return { code, bytes: size };
}

function sizeOf({ header, length }: KeypadFrame, bytes: readonly number[]): number | null {
  if (bytes.length < header.length) return null;
  if (length.kind === "fixed") return length.bytes;
  const field = bytes[length.at];
  return field === undefined ? null : field + length.plus;
}

function checksumOf(checksum: KeypadChecksum, bytes: readonly number[]): readonly number[] {
  if (checksum.kind === "none") return [];
  const summed = bytes.slice(checksum.from);
  if (checksum.kind === "crc16") {
    const crc = crc16Arc(summed, checksum.initial);
    return checksum.order === "low-first" ? [crc & 0xff, crc >>> 8] : [crc >>> 8, crc & 0xff];
  }
  const add =
    checksum.kind === "xor" ? (sum: number, byte: number) => sum ^ byte : (sum: number, byte: number) => sum + byte;
  return [summed.reduce(add, 0) & 0xff];
}
