import { assert } from "../../protocol/base/assert.ts";
import { type CanonicalBadge, canonicalBadge } from "../ports/badge-reader.ts";
import { bytesOfBadge } from "./badge-form.ts";
import { type BadgeStream, type BadgeWord, badWord, cardWord } from "./badge-words.ts";

// A frame of an RDM6300 (EM4100 cards, UART 9600 8N1): 02, ten hex digits (a version byte and four tag bytes), two hex
// digits that are the XOR of those five bytes, 03. An ID-12 or ID-20 puts CR LF before the 03.

const STX = 0x02;
const ETX = 0x03;
const CR = 0x0d;
const LF = 0x0a;
const DIGITS = 12;

/** The longest frame, STX to ETX. A decoder keeps less than this of what it has not understood yet. */
export const RDM6300_FRAME_BYTES_MAX = 1 + DIGITS + 2 + 1;

/**
 * What came out of the bytes. A good frame is always found, whatever stood before it, for its STX cannot occur within
 * a frame. Bad ones are told once each: `framing` is a frame that broke off or has a byte that does not belong there,
 * `checksum` a whole one whose sum is wrong, `noise` a run of bytes outside of any frame.
 *
 * What the sum can do: every change within one of the six bytes (both of its digits, if need be) is found, and no
 * shorter or longer frame passes. It misses changes of the same bits in two of the bytes, and two bytes that changed
 * places.
 */
export type Rdm6300Frame =
  | { readonly kind: "tag"; readonly version: number; readonly tag: CanonicalBadge }
  | { readonly kind: "bad"; readonly reason: "checksum" | "framing" | "noise" };

/** Where a decoder stands in the stream. `skipping`: the bad run up to the next STX has been told already. */
export type Rdm6300State =
  | { readonly phase: "between" }
  | { readonly phase: "skipping" }
  | { readonly phase: "frame"; readonly body: string };

type Step = readonly [Rdm6300State, Rdm6300Frame?];

const BETWEEN: Rdm6300State = { phase: "between" };
const SKIPPING: Rdm6300State = { phase: "skipping" };
const BEGUN: Rdm6300State = { phase: "frame", body: "" };

export const RDM6300_START: Rdm6300State = BETWEEN;

/** Decodes the next bytes, in whatever portions they come. */
export function decodeRdm6300(state: Rdm6300State, chunk: Uint8Array): [Rdm6300State, readonly Rdm6300Frame[]] {
  const frames: Rdm6300Frame[] = [];
  let reached = state;
  for (const byte of chunk) {
    const [next, frame] = stepByte(reached, byte);
    reached = next;
    if (frame !== undefined) frames.push(frame);
  }
  return [reached, frames];
}

/** What is left when no more bytes will follow: a frame that was under way has broken off. */
export function endRdm6300(state: Rdm6300State): [Rdm6300State, readonly Rdm6300Frame[]] {
  return [RDM6300_START, state.phase === "frame" ? [bad("framing")] : []];
}

/** The same as cards: the version of their transmission is no part of them. */
export const rdm6300Stream: BadgeStream<Rdm6300State> = {
  start: RDM6300_START,
  decode(state, chunk) {
    const [reached, frames] = decodeRdm6300(state, chunk);
    return [reached, frames.map(wordOf)];
  },
  end(state) {
    const [reached, frames] = endRdm6300(state);
    return [reached, frames.map(wordOf)];
  },
};

const wordOf = (frame: Rdm6300Frame): BadgeWord =>
  frame.kind === "bad" ? badWord(frame.reason) : cardWord(bytesOfBadge(frame.tag));

/** The bytes a reader sends for this card: for emulators and tests. */
export function encodeRdm6300(badge: CanonicalBadge, options: { version?: number; crLf?: boolean } = {}): Uint8Array {
  assert(badge.length === 8, "an EM4100 tag has 4 bytes");
  const { version = 0x10, crLf = false } = options;
  assert(Number.isInteger(version) && version >= 0 && version <= 0xff, "the version is one byte");
  const bytes = [version, ...bytesOf(badge)];
  const digits = [...bytes, xorOf(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const body = Array.from(digits.toUpperCase(), (digit) => digit.charCodeAt(0));
  return Uint8Array.from([STX, ...body, ...(crLf ? [CR, LF] : []), ETX]);
}

function stepByte(state: Rdm6300State, byte: number): Step {
  if (byte === STX) return state.phase === "frame" ? [BEGUN, bad("framing")] : [BEGUN];
  if (state.phase === "skipping") return [SKIPPING];
  if (state.phase === "between") return [SKIPPING, bad("noise")];
  const { body } = state;
  if (byte === ETX) return [BETWEEN, isWhole(body) ? frameOf(body) : bad("framing")];
  if (!mayFollow(body.length, byte)) return [SKIPPING, bad("framing")];
  return [{ phase: "frame", body: body + String.fromCharCode(byte) }];
}

const isWhole = (body: string): boolean => body.length === DIGITS || body.length === DIGITS + 2;

/** Whether `byte` may stand `count` bytes after the STX. */
function mayFollow(count: number, byte: number): boolean {
  if (count < DIGITS) return isHexDigit(byte);
  return (count === DIGITS && byte === CR) || (count === DIGITS + 1 && byte === LF);
}

/** Readers send upper case; lower case would mean the same. */
const isHexDigit = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);

function frameOf(body: string): Rdm6300Frame {
  const digits = body.slice(0, DIGITS).toUpperCase();
  const [version = 0, ...rest] = bytesOf(digits);
  if (xorOf([version, ...rest]) !== 0) return bad("checksum"); // The sum itself included, a good frame cancels out.
  return { kind: "tag", version, tag: canonicalBadge(digits.slice(2, DIGITS - 2)) };
}

const bad = (reason: "checksum" | "framing" | "noise"): Rdm6300Frame => ({ kind: "bad", reason });
const xorOf = (bytes: readonly number[]): number => bytes.reduce((sum, byte) => sum ^ byte, 0);
const bytesOf = (hex: string): number[] => (hex.match(/../gu) ?? []).map((pair) => Number.parseInt(pair, 16));
