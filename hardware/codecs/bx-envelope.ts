import { assert } from "../../protocol/base/assert.ts";
import { crc16Arc } from "./crc16-arc.ts";

// What every Onbon BX card wraps around its frames, on a serial line and over TCP alike: a run of A5, the body and its
// CRC-16/ARC (low byte first) with A5, A6, 5A and 5B escaped, and one 5A. Neither A5 nor 5A can occur within a frame.

const BEGIN = 0xa5;
const END = 0x5a;
const BEGIN_COUNT = 8;
const ESCAPES: ReadonlyMap<number, readonly [number, number]> = new Map([
  [0xa5, [0xa6, 0x02]],
  [0xa6, [0xa6, 0x01]],
  [0x5a, [0x5b, 0x02]],
  [0x5b, [0x5b, 0x01]],
]);
const isEscape = (byte: number): boolean => byte === 0xa6 || byte === 0x5b;
const CRC_BYTES = 2;

/** The longest body a decoder takes unless it is told otherwise: what cards answer is far shorter. */
export const BX_BODY_BYTES_MAX = 512;

/**
 * What came out of the bytes. Bad ones are told once each: `framing` is a frame that broke off, is too long or has a
 * byte that does not belong there, `checksum` a whole one whose CRC is wrong, `noise` a run of bytes outside of any
 * frame.
 */
export type BxEnvelope =
  | { readonly kind: "body"; readonly body: Uint8Array }
  | { readonly kind: "bad"; readonly reason: "checksum" | "framing" | "noise" };

/** Where a decoder stands. `skipping`: the bad run up to the next A5 has been told already. */
export type BxState =
  | { readonly phase: "between" }
  | { readonly phase: "skipping" }
  | { readonly phase: "frame"; readonly body: readonly number[]; readonly escape: number | null };

export const BX_START: BxState = { phase: "between" };

export function encodeBxEnvelope(body: Uint8Array): Uint8Array {
  const crc = crc16Arc(body);
  const bytes: number[] = Array.from({ length: BEGIN_COUNT }, () => BEGIN);
  for (const byte of [...body, crc & 0xff, crc >>> 8]) bytes.push(...(ESCAPES.get(byte) ?? [byte]));
  return Uint8Array.from([...bytes, END]);
}

/** Decodes the next bytes, in whatever portions they come. */
export function decodeBxEnvelope(
  state: BxState,
  chunk: Uint8Array,
  bodyMax: number = BX_BODY_BYTES_MAX,
): [BxState, readonly BxEnvelope[]] {
  assert(bodyMax > 0, "a body has room");
  const reading = new Reading(state, bodyMax);
  for (const byte of chunk) reading.take(byte);
  return [reading.state, reading.found];
}

/** What is left when no more bytes will follow: a frame that was under way has broken off. */
export const endBxEnvelope = (state: BxState): [BxState, readonly BxEnvelope[]] => [
  BX_START,
  state.phase === "frame" && state.body.length > 0 ? [bad("framing")] : [],
];

/** One portion's work: the bytes of a frame are gathered in one array, however long it is. */
class Reading {
  readonly found: BxEnvelope[] = [];
  readonly #max: number;
  #phase: BxState["phase"];
  #body: number[] = [];
  #escape: number | null = null;

  constructor(state: BxState, bodyMax: number) {
    this.#max = bodyMax + CRC_BYTES;
    this.#phase = state.phase;
    if (state.phase !== "frame") return;
    this.#body = [...state.body];
    this.#escape = state.escape;
  }

  get state(): BxState {
    if (this.#phase !== "frame") return { phase: this.#phase };
    return { phase: "frame", body: this.#body, escape: this.#escape };
  }

  take(byte: number): void {
    if (byte === BEGIN) return this.#begin();
    if (this.#phase === "skipping") return;
    if (this.#phase === "between") return this.#skip("noise");
    if (byte === END) return this.#finish();
    if (this.#escape !== null) return this.#unescape(this.#escape, byte);
    if (isEscape(byte)) this.#escape = byte;
    else this.#push(byte);
  }

  #begin(): void {
    if (this.#phase === "frame" && (this.#body.length > 0 || this.#escape !== null)) this.found.push(bad("framing"));
    this.#phase = "frame";
    this.#body = [];
    this.#escape = null;
  }

  #skip(reason: "framing" | "noise"): void {
    this.found.push(bad(reason));
    this.#phase = "skipping";
    this.#body = [];
    this.#escape = null;
  }

  #unescape(escape: number, byte: number): void {
    this.#escape = null;
    if (byte === 0x01) return this.#push(escape);
    if (byte === 0x02) return this.#push(escape - 1);
    this.#skip("framing");
  }

  #push(byte: number): void {
    if (this.#body.length >= this.#max) this.#skip("framing");
    else this.#body.push(byte);
  }

  #finish(): void {
    const whole = this.#escape === null && this.#body.length > CRC_BYTES;
    this.found.push(whole ? bodyOf(this.#body) : bad("framing"));
    this.#phase = "between";
    this.#body = [];
    this.#escape = null;
  }
}

/** A CRC over a body and its own CRC, low byte first, is 0. */
function bodyOf(bytes: readonly number[]): BxEnvelope {
  if (crc16Arc(bytes) !== 0) return bad("checksum");
  return { kind: "body", body: Uint8Array.from(bytes.slice(0, -CRC_BYTES)) };
}

const bad = (reason: "checksum" | "framing" | "noise"): BxEnvelope => ({ kind: "bad", reason });
