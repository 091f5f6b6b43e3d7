import { assert } from "../../protocol/base/assert.ts";

// NXP PN532 over a serial line (UM0701-02): 00 00 FF, length, its complement, direction and data, their complement, 00.
// An acknowledgement is 00 00 FF 00 FF 00, an error 00 00 FF 01 FF 7F 81 00. Any number of 00 may stand in front.

const FROM_HOST = 0xd4;
const FROM_CHIP = 0xd5;
const ERROR = 0x7f;
/** A frame's length is one byte; extended frames are not used with one card at a time. */
export const PN532_DATA_BYTES_MAX = 254;

export const PN532_ACK = Uint8Array.of(0, 0, 0xff, 0, 0xff, 0);
export const PN532_ERROR = Uint8Array.of(0, 0, 0xff, 1, 0xff, ERROR, 0x81, 0);
/** Wakes the chip's serial line: it sleeps after power-up and drops what comes before. */
export const PN532_WAKE_UP = Uint8Array.of(0x55, 0x55, ...new Uint8Array(14));

export type Pn532Direction = "command" | "reply";

/** `code` of a reply is its command's and one more. */
export type Pn532Word =
  | { readonly kind: "ack" }
  | { readonly kind: "nack" }
  | { readonly kind: "error" }
  | { readonly kind: "frame"; readonly direction: Pn532Direction; readonly code: number; readonly data: Uint8Array }
  | { readonly kind: "bad"; readonly reason: "checksum" | "framing" | "noise" };

export interface Pn532State {
  readonly rest: readonly number[];
  readonly skipping: boolean;
}

export const PN532_START: Pn532State = { rest: [], skipping: false };

export function encodePn532(direction: Pn532Direction, code: number, data: Iterable<number> = []): Uint8Array {
  const body = [direction === "command" ? FROM_HOST : FROM_CHIP, code, ...data];
  assert(body.length <= PN532_DATA_BYTES_MAX + 1, "a frame has its bound");
  const length = body.length;
  return Uint8Array.from([0, 0, 0xff, length, -length & 0xff, ...body, complementOf(body), 0]);
}

/** Decodes the next bytes, in whatever portions they come. After a bad frame the search goes on within its bytes. */
export function decodePn532(state: Pn532State, chunk: Uint8Array): [Pn532State, readonly Pn532Word[]] {
  let rest = [...state.rest, ...chunk];
  let skipping = state.skipping;
  const words: Pn532Word[] = [];
  for (;;) {
    const head = headOf(rest);
    if (head.kind === "incomplete") break;
    rest = rest.slice(head.bytes);
    if (head.kind === "filling") continue;
    const isBad = head.word.kind === "bad";
    if (!isBad || !skipping) words.push(head.word);
    skipping = isBad;
  }
  return [{ rest, skipping }, words];
}

/** What is left after a silence: a frame that broke off, in whose bytes a whole one may still be. */
export function endPn532(state: Pn532State): [Pn532State, readonly Pn532Word[]] {
  const words: Pn532Word[] = [];
  let { rest, skipping } = state;
  while (rest.length > 0) {
    if (rest.some((byte) => byte !== 0) && !skipping) {
      words.push({ kind: "bad", reason: "framing" });
      skipping = true;
    }
    const [after, found] = decodePn532({ rest: [], skipping }, Uint8Array.from(rest.slice(1)));
    words.push(...found);
    ({ rest, skipping } = after);
  }
  return [PN532_START, words];
}

type Head =
  | { readonly kind: "incomplete" }
  | { readonly kind: "filling"; readonly bytes: number }
  | { readonly kind: "word"; readonly bytes: number; readonly word: Pn532Word };

const INCOMPLETE: Head = { kind: "incomplete" };

const bad = (reason: "checksum" | "framing" | "noise"): Head => ({
  kind: "word",
  bytes: 1,
  word: { kind: "bad", reason },
});

function headOf(bytes: readonly number[]): Head {
  const [first, second, third, length, complement] = bytes;
  if (first === undefined) return INCOMPLETE;
  if (first !== 0) return bad("noise");
  if (second === undefined) return INCOMPLETE;
  if (second !== 0) return bad("noise");
  if (third === undefined) return INCOMPLETE;
  if (third === 0) return { kind: "filling", bytes: 1 };
  if (third !== 0xff) return bad("noise");
  if (length === undefined || complement === undefined) return INCOMPLETE;
  if ((length === 0 && complement === 0xff) || (length === 0xff && complement === 0)) {
    return { kind: "word", bytes: 5, word: { kind: length === 0 ? "ack" : "nack" } };
  }
  if (((length + complement) & 0xff) !== 0 || length === 0) return bad("framing");
  const end = 5 + length;
  if (bytes.length < end + 1) return INCOMPLETE;
  const body = bytes.slice(5, end);
  if (complementOf(body) !== bytes[end]) return bad("checksum");
  const word = wordOf(body);
  return word === null ? bad("framing") : { kind: "word", bytes: end + 1, word };
}

function wordOf([direction, code, ...data]: readonly number[]): Pn532Word | null {
  if (direction === ERROR && code === undefined) return { kind: "error" };
  if ((direction !== FROM_HOST && direction !== FROM_CHIP) || code === undefined) return null;
  return {
    kind: "frame",
    direction: direction === FROM_HOST ? "command" : "reply",
    code,
    data: Uint8Array.from(data),
  };
}

const complementOf = (bytes: readonly number[]): number => -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff;
