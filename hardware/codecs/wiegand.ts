import { assert } from "../../protocol/base/assert.ts";
import { accepted, refused, type Result } from "../../protocol/base/result.ts";

// Wiegand-26 (H10301) and Wiegand-34: an even parity bit over the first half, the identifier's 24 or 32 bits, an odd
// parity bit over the second half. Bits are text here, in the order they come: "1000...".

export const WIEGAND_LENGTHS: readonly number[] = [26, 34];

/**
 * The identifier's bytes. Both parities together find every odd number of wrong bits in a half, and no even one: one
 * damaged frame in four passes. A bridge that checks more must say so in its own frame.
 */
export function identifierOfWiegand(bits: string): Result<readonly number[], "parity" | "length"> {
  if (!WIEGAND_LENGTHS.includes(bits.length) || !/^[01]+$/u.test(bits)) return refused("length");
  const half = bits.length / 2;
  const even = onesIn(bits.slice(0, half)) % 2 === 0;
  const odd = onesIn(bits.slice(half)) % 2 === 1;
  return even && odd ? accepted(bytesOfBits(bits.slice(1, -1))) : refused("parity");
}

/** What a reader sends for three or four bytes: for emulators and tests. */
export function wiegandOf(identifier: readonly number[]): string {
  assert(identifier.length === 3 || identifier.length === 4, "Wiegand-26 has three bytes, Wiegand-34 four");
  const inner = bitsOfBytes(identifier, identifier.length * 8);
  const half = inner.length / 2;
  const first = onesIn(inner.slice(0, half)) % 2;
  const last = 1 - (onesIn(inner.slice(half)) % 2);
  return `${first}${inner}${last}`;
}

/** The first `count` bits of these bytes, most significant first. */
export const bitsOfBytes = (bytes: readonly number[], count: number): string =>
  bytes
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("")
    .slice(0, count);

/** Bits as bytes, most significant first; the last byte is filled up with zeros. */
export const bytesOfBits = (bits: string): readonly number[] =>
  (bits.match(/.{1,8}/gu) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2));

const onesIn = (bits: string): number => bits.replaceAll("0", "").length;
