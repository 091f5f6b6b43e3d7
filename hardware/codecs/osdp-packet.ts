import { assert } from "../../protocol/base/assert.ts";
import { osdpChecksum, osdpCrc } from "./osdp-check.ts";

// OSDP v2 (IEC 60839-11-5) on the line: 53, address (bit 7 in replies), length LSB and MSB from the 53 to the end of
// the check, control (bits 0-1 sequence, bit 2 CRC, bit 3 security block), perhaps a security block (its length, its
// type, its bytes), the command or reply, its data, a MAC of 4 bytes under types 15 to 18, and the check: a CRC, low
// byte first, or a checksum of one byte. A mark FF may stand in front and counts for nothing.

const MARK = 0xff;
const START_OF_MESSAGE = 0x53;
const REPLY = 0x80;
const HAS_CRC = 0x04;
const HAS_SECURITY = 0x08;
const HEADER_BYTES = 5;
const MAC_BYTES = 4;
const FIRST_SIGNED = 0x15;
const LAST_SIGNED = 0x18;

/** Readers take 128 bytes at least; ours send far less. A longer one is no packet. */
export const OSDP_PACKET_BYTES_MAX = 512;
export const OSDP_BROADCAST = 0x7f;

export type OsdpSequence = 0 | 1 | 2 | 3;

/** `bytes`: what follows its length and type. */
export interface OsdpSecurityBlock {
  readonly type: number;
  readonly bytes: readonly number[];
}

/** `data` as it travels: enciphered under security types 17 and 18. */
export interface OsdpPacket {
  readonly address: number;
  readonly reply: boolean;
  readonly sequence: OsdpSequence;
  readonly check: "crc" | "checksum";
  readonly security: OsdpSecurityBlock | null;
  readonly code: number;
  readonly data: Uint8Array;
  /** Under security types 15 to 18 alone. */
  readonly mac: Uint8Array | null;
}

/** A packet, with the bytes its MAC is taken over; or bytes that were none, told once a run. */
export type OsdpWord =
  | { readonly kind: "packet"; readonly packet: OsdpPacket; readonly signed: Uint8Array }
  | { readonly kind: "bad"; readonly reason: "checksum" | "framing" | "noise" };

export interface OsdpState {
  readonly rest: readonly number[];
  readonly skipping: boolean;
}

export const OSDP_START: OsdpState = { rest: [], skipping: false };

export const isSigned = (security: OsdpSecurityBlock | null): boolean =>
  security !== null && security.type >= FIRST_SIGNED && security.type <= LAST_SIGNED;

/** From the 53 to the end of the data: what a MAC is taken over. The length counts MAC and check already. */
export function osdpSignedBytes(packet: Omit<OsdpPacket, "mac">): Uint8Array {
  const { address, reply, sequence, check, security, code, data } = packet;
  assert(address >= 0 && address <= OSDP_BROADCAST, "an address has 7 bits");
  const block = security === null ? [] : [security.bytes.length + 2, security.type, ...security.bytes];
  const checkBytes = check === "crc" ? 2 : 1;
  const length = HEADER_BYTES + block.length + 1 + data.length + (isSigned(security) ? MAC_BYTES : 0) + checkBytes;
  assert(length <= OSDP_PACKET_BYTES_MAX, "a packet has its bound");
  const control = sequence | (check === "crc" ? HAS_CRC : 0) | (security === null ? 0 : HAS_SECURITY);
  const head = [START_OF_MESSAGE, address | (reply ? REPLY : 0), length & 0xff, length >>> 8, control];
  return Uint8Array.from([...head, ...block, code, ...data]);
}

/** The packet's bytes, without a mark. */
export function encodeOsdp(packet: OsdpPacket): Uint8Array {
  assert(isSigned(packet.security) === (packet.mac !== null), "a MAC goes with its security block");
  const body = [...osdpSignedBytes(packet), ...(packet.mac ?? [])];
  if (packet.check === "checksum") return Uint8Array.from([...body, osdpChecksum(body)]);
  const crc = osdpCrc(body);
  return Uint8Array.from([...body, crc & 0xff, crc >>> 8]);
}

/** A reader answers in the form it was asked in; the weaker one must not be searched for in the stronger's stead. */
export type OsdpCheck = OsdpPacket["check"];

/** Decodes the next bytes, in whatever portions they come. After a bad packet the search goes on within its bytes. */
export function decodeOsdp(
  state: OsdpState,
  chunk: Uint8Array,
  check: OsdpCheck = "crc",
): [OsdpState, readonly OsdpWord[]] {
  let rest = [...state.rest, ...chunk];
  let skipping = state.skipping;
  const words: OsdpWord[] = [];
  while (rest.length > 0) {
    const head = headOf(rest, check);
    if (head.kind === "incomplete") break;
    if (head.kind === "mark") rest = rest.slice(1);
    else if (head.kind === "bad") {
      if (!skipping) words.push(head);
      skipping = true;
      rest = rest.slice(1);
    } else {
      words.push(head);
      skipping = false;
      rest = rest.slice(head.signed.length + (head.packet.mac?.length ?? 0) + (head.packet.check === "crc" ? 2 : 1));
    }
  }
  return [{ rest, skipping }, words];
}

/** What is left after a silence: a packet that broke off, in whose bytes a whole one may still be. */
export function endOsdp(state: OsdpState, check: OsdpCheck = "crc"): [OsdpState, readonly OsdpWord[]] {
  const words: OsdpWord[] = [];
  let { rest, skipping } = state;
  while (rest.length > 0) {
    if (!skipping) words.push({ kind: "bad", reason: "framing" });
    const [after, found] = decodeOsdp({ rest: [], skipping: true }, Uint8Array.from(rest.slice(1)), check);
    words.push(...found);
    ({ rest, skipping } = after);
  }
  return [OSDP_START, words];
}

type Head = OsdpWord | { readonly kind: "incomplete" } | { readonly kind: "mark" };

const INCOMPLETE: Head = { kind: "incomplete" };

function headOf(bytes: readonly number[], check: OsdpCheck): Head {
  const [first, , low, high, control] = bytes;
  if (first === MARK) return { kind: "mark" };
  if (first !== START_OF_MESSAGE) return { kind: "bad", reason: "noise" };
  if (low === undefined || high === undefined) return INCOMPLETE;
  const length = low + high * 256;
  if (length > OSDP_PACKET_BYTES_MAX || length < HEADER_BYTES + 2) return { kind: "bad", reason: "framing" };
  if (control === undefined) return INCOMPLETE;
  if (((control & HAS_CRC) !== 0) !== (check === "crc")) return { kind: "bad", reason: "framing" };
  if (bytes.length < length) return INCOMPLETE;
  const checkBytes = (control & HAS_CRC) === 0 ? 1 : 2;
  const body = bytes.slice(0, length - checkBytes);
  return isIntact(body, bytes.slice(length - checkBytes, length))
    ? packetOf(body)
    : { kind: "bad", reason: "checksum" };
}

function isIntact(body: readonly number[], check: readonly number[]): boolean {
  if (check.length === 1) return check[0] === osdpChecksum(body);
  const crc = osdpCrc(body);
  return check[0] === (crc & 0xff) && check[1] === crc >>> 8;
}

function packetOf(body: readonly number[]): OsdpWord {
  const [, address = 0, , , control = 0] = body;
  const block = (control & HAS_SECURITY) === 0 ? 0 : (body[HEADER_BYTES] ?? 0);
  const security = block === 0 ? null : securityOf(body.slice(HEADER_BYTES, HEADER_BYTES + block), block);
  const at = HEADER_BYTES + block;
  const code = body[at];
  if (security === undefined || code === undefined) return { kind: "bad", reason: "framing" };
  const macBytes = isSigned(security) ? MAC_BYTES : 0;
  const isEmptyBlock = (control & HAS_SECURITY) !== 0 && security === null;
  if (isEmptyBlock || at + 1 + macBytes > body.length) return { kind: "bad", reason: "framing" };
  const dataEnd = body.length - macBytes;
  const packet: OsdpPacket = {
    address: address & ~REPLY,
    reply: (address & REPLY) !== 0,
    sequence: (control & 3) as OsdpSequence,
    check: (control & HAS_CRC) === 0 ? "checksum" : "crc",
    security,
    code,
    data: Uint8Array.from(body.slice(at + 1, dataEnd)),
    mac: macBytes === 0 ? null : Uint8Array.from(body.slice(dataEnd)),
  };
  return { kind: "packet", packet, signed: Uint8Array.from(body.slice(0, dataEnd)) };
}

/** Undefined: the block says it is longer than the packet. */
function securityOf(bytes: readonly number[], length: number): OsdpSecurityBlock | undefined {
  const [, type, ...rest] = bytes;
  return type === undefined || bytes.length < length ? undefined : { type, bytes: rest };
}
