import { type CanonicalBadge, canonicalBadge } from "../ports/badge-reader.ts";

/**
 * How a reader model's identifier becomes the hall's canonical badge. The canonical value is the whole identifier as
 * the card has it, most significant byte first, and at least four bytes long (shorter ones get zero bytes in front).
 *
 * reversed: this model sends the least significant byte first. keep: no more than these bytes count. Where one reader
 * of a hall delivers 24 bits only, its cards are known by three bytes, so every other reader of that hall keeps the
 * last three too; otherwise one badge would look like two.
 */
export interface BadgeForm {
  readonly reversed: boolean;
  readonly keep: { readonly bytes: number; readonly of: "start" | "end" } | null;
}

export const WHOLE_BADGE: BadgeForm = { reversed: false, keep: null };

export const IDENTIFIER_BYTES_MAX = 10;
const IDENTIFIER_BYTES_MIN = 4;

/** The canonical badge; null when no card has such an identifier: empty, too long, or all zeros. */
export function badgeOf(identifier: readonly number[], form: BadgeForm = WHOLE_BADGE): CanonicalBadge | null {
  const kept = keptOf(form.reversed ? identifier.toReversed() : identifier, form);
  if (kept.length > IDENTIFIER_BYTES_MAX || kept.every((byte) => byte === 0)) return null;
  const padding = new Uint8Array(Math.max(0, IDENTIFIER_BYTES_MIN - kept.length));
  return canonicalBadge(hexOf([...padding, ...kept]));
}

function keptOf(identifier: readonly number[], { keep }: BadgeForm): readonly number[] {
  if (keep === null || identifier.length <= keep.bytes) return identifier;
  return keep.of === "start" ? identifier.slice(0, keep.bytes) : identifier.slice(-keep.bytes);
}

/** A printed or typed number as bytes, as few as hold it but at least four; null when it has too many digits. */
export function identifierOfDecimal(digits: string): readonly number[] | null {
  if (!/^[0-9]{1,24}$/u.test(digits)) return null;
  const hex = BigInt(digits).toString(16);
  return identifierOfHex(hex.padStart(Math.max(hex.length + (hex.length % 2), IDENTIFIER_BYTES_MIN * 2), "0"));
}

/** Pairs of hex digits as bytes; null when they are none. */
export function identifierOfHex(digits: string): readonly number[] | null {
  if (!/^(?:[0-9a-f]{2}){1,10}$/iu.test(digits)) return null;
  return (digits.match(/../gu) ?? []).map((pair) => Number.parseInt(pair, 16));
}

/** The "3+5" form of Wiegand-26 cards, with or without its comma: facility 0-255, number 0-65535. */
export function identifierOfFacilityNumber(text: string): readonly number[] | null {
  const [, facility, number] = /^([0-9]{3}),?([0-9]{5})$/u.exec(text) ?? [];
  if (facility === undefined || Number(facility) > 0xff || Number(number) > 0xffff) return null;
  return [Number(facility), Number(number) >>> 8, Number(number) & 0xff];
}

export const bytesOfBadge = (badge: CanonicalBadge): readonly number[] => identifierOfHex(badge) ?? [];

const hexOf = (bytes: readonly number[]): string =>
  bytes
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
