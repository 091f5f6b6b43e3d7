import { createCipheriv, createDecipheriv, timingSafeEqual } from "node:crypto";
import { assert } from "../../protocol/base/assert.ts";

// The secure channel of OSDP v2: session keys and cryptograms from one key that both ends know (SCBK), a chain of MACs
// over commands and replies, AES-128 over their data. Pure: the eight random bytes are handed in.

const KEY_BYTES = 16;
const BLOCK_BYTES = 16;
export const OSDP_RANDOM_BYTES = 8;
/** So much of a MAC travels. */
export const OSDP_MAC_BYTES = 4;

/** The key every reader leaves the factory with. It is printed in the standard: whoever can listen knows it. */
export const OSDP_DEFAULT_KEY = Uint8Array.from({ length: KEY_BYTES }, (_, at) => 0x30 + at);

export interface OsdpSessionKeys {
  readonly enc: Uint8Array;
  readonly mac1: Uint8Array;
  readonly mac2: Uint8Array;
}

/** The last MAC of each direction; each is the starting point of the other's next. */
export interface OsdpSession {
  readonly keys: OsdpSessionKeys;
  readonly commandMac: Uint8Array;
  readonly replyMac: Uint8Array;
}

export type OsdpDirection = "command" | "reply";

export const isDefaultKey = (key: Uint8Array): boolean => isSame(key, OSDP_DEFAULT_KEY);

/** `panelRandom` is what went out with the challenge (RND.A). */
export function osdpSessionKeys(key: Uint8Array, panelRandom: Uint8Array): OsdpSessionKeys {
  assert(key.length === KEY_BYTES && panelRandom.length === OSDP_RANDOM_BYTES, "a key and a random of OSDP's lengths");
  const derived = (second: number): Uint8Array => {
    const block = new Uint8Array(BLOCK_BYTES);
    block.set([0x01, second, ...panelRandom.subarray(0, 6)]);
    return encipherBlock(key, block);
  };
  return { enc: derived(0x82), mac1: derived(0x01), mac2: derived(0x02) };
}

/** What the reader proves itself with. */
export const clientCryptogram = (
  keys: OsdpSessionKeys,
  panelRandom: Uint8Array,
  readerRandom: Uint8Array,
): Uint8Array => encipherBlock(keys.enc, Uint8Array.from([...panelRandom, ...readerRandom]));

/** What the panel proves itself with. */
export const serverCryptogram = (
  keys: OsdpSessionKeys,
  panelRandom: Uint8Array,
  readerRandom: Uint8Array,
): Uint8Array => encipherBlock(keys.enc, Uint8Array.from([...readerRandom, ...panelRandom]));

/** The MAC the chain begins with (R-MAC I). */
export const initialMac = (keys: OsdpSessionKeys, server: Uint8Array): Uint8Array =>
  encipherBlock(keys.mac2, encipherBlock(keys.mac1, server));

export const openOsdpSession = (keys: OsdpSessionKeys, replyMac: Uint8Array): OsdpSession => ({
  keys,
  commandMac: new Uint8Array(BLOCK_BYTES),
  replyMac,
});

/** The session after a message whose bytes, 53 to end of data, are `signed`; its MAC is the direction's new one. */
export function withMac(session: OsdpSession, direction: OsdpDirection, signed: Uint8Array): OsdpSession {
  const mac = macOf(session.keys, startOf(session, direction), signed);
  return direction === "command" ? { ...session, commandMac: mac } : { ...session, replyMac: mac };
}

/** The bytes of the direction's last MAC that travel. */
export const sentMac = (session: OsdpSession, direction: OsdpDirection): Uint8Array =>
  (direction === "command" ? session.commandMac : session.replyMac).subarray(0, OSDP_MAC_BYTES);

/** Data is always filled up: 80, then zeros to a whole number of blocks. */
export function encipherData(session: OsdpSession, direction: OsdpDirection, plain: Uint8Array): Uint8Array {
  const length = Math.ceil((plain.length + 1) / BLOCK_BYTES) * BLOCK_BYTES;
  const filled = new Uint8Array(length);
  filled.set(plain);
  filled[plain.length] = 0x80;
  return encipherChain(session.keys.enc, inverted(startOf(session, direction)), filled);
}

/** Null: not filled up as it must be. */
export function decipherData(session: OsdpSession, direction: OsdpDirection, sent: Uint8Array): Uint8Array | null {
  if (sent.length === 0 || sent.length % BLOCK_BYTES !== 0) return null;
  const decipher = createDecipheriv("aes-128-cbc", session.keys.enc, inverted(startOf(session, direction)));
  decipher.setAutoPadding(false);
  const filled = Uint8Array.from(Buffer.concat([decipher.update(sent), decipher.final()]));
  const end = filled.findLastIndex((byte) => byte !== 0);
  return end >= filled.length - BLOCK_BYTES && filled[end] === 0x80 ? filled.slice(0, end) : null;
}

/** Takes the same time wherever the difference is. */
export const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);

/** A message starts from the other direction's last MAC. */
const startOf = (session: OsdpSession, direction: OsdpDirection): Uint8Array =>
  direction === "command" ? session.replyMac : session.commandMac;

/** All blocks but the last are chained under the first MAC key, the last under the second. */
function macOf(keys: OsdpSessionKeys, start: Uint8Array, signed: Uint8Array): Uint8Array {
  const filled = new Uint8Array(Math.ceil(signed.length / BLOCK_BYTES) * BLOCK_BYTES);
  filled.set(signed);
  if (filled.length > signed.length) filled[signed.length] = 0x80;
  const last = filled.length - BLOCK_BYTES;
  const chained = last === 0 ? start : encipherChain(keys.mac1, start, filled.subarray(0, last)).subarray(-BLOCK_BYTES);
  return encipherChain(keys.mac2, chained, filled.subarray(last));
}

function encipherChain(key: Uint8Array, start: Uint8Array, blocks: Uint8Array): Uint8Array {
  const cipher = createCipheriv("aes-128-cbc", key, start);
  cipher.setAutoPadding(false);
  return Uint8Array.from(Buffer.concat([cipher.update(blocks), cipher.final()]));
}

const encipherBlock = (key: Uint8Array, block: Uint8Array): Uint8Array =>
  encipherChain(key, new Uint8Array(BLOCK_BYTES), block);

const inverted = (block: Uint8Array): Uint8Array => block.map((byte) => ~byte & 0xff);
