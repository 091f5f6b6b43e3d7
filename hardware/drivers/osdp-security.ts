import { HallError } from "../../protocol/base/errors.ts";
import type { OsdpPacket, OsdpSecurityBlock } from "../codecs/osdp-packet.ts";
import {
  clientCryptogram,
  decipherData,
  encipherData,
  initialMac,
  isDefaultKey,
  isSame,
  openOsdpSession,
  OSDP_DEFAULT_KEY,
  OSDP_RANDOM_BYTES,
  type OsdpSession,
  type OsdpSessionKeys,
  osdpSessionKeys,
  sentMac,
  serverCryptogram,
  withMac,
} from "../codecs/osdp-session.ts";
import { encodeOsdp, osdpSignedBytes } from "../codecs/osdp-packet.ts";

/** Why no secure channel came about. */
export type OsdpSecurityFault = "default-key" | "wrong-key" | "insecure";

export interface OsdpKeys {
  /** The reader's own key, 16 bytes. */
  readonly key: Uint8Array;
  /** A technician stands by: a reader that still has the factory's key is given ours. */
  readonly commissioning: boolean;
  /** Bytes nobody can foretell. */
  readonly draw: (count: number) => Uint8Array;
}

const OWN_KEY = 1;
const DEFAULT_KEY = 0;
const UID_BYTES = 8;
const CRYPTOGRAM_BYTES = 16;
const ACCEPTED = 1;

/** Throws HallError: the key everybody knows protects nothing. */
export function checkOsdpKey({ key, commissioning }: OsdpKeys): void {
  if (key.length !== OSDP_DEFAULT_KEY.length) {
    throw new HallError("OSDP_KEY_LENGTH", "the key of an OSDP reader has 16 bytes", { bytes: key.length });
  }
  if (isDefaultKey(key) && !commissioning) {
    throw new HallError("OSDP_DEFAULT_KEY", "the factory's OSDP key is public: give the reader a key of its own");
  }
}

/** One attempt at a secure channel, and the channel it leads to. The panel's side. */
export class OsdpSecurity {
  readonly isDefault: boolean;
  readonly #keys: OsdpSessionKeys;
  readonly #random: Uint8Array;
  #server: Uint8Array | null = null;
  #session: OsdpSession | null = null;

  constructor({ key, draw }: OsdpKeys, useDefault: boolean) {
    this.isDefault = useDefault || isDefaultKey(key);
    this.#random = draw(OSDP_RANDOM_BYTES);
    this.#keys = osdpSessionKeys(this.isDefault ? OSDP_DEFAULT_KEY : key, this.#random);
  }

  get isOpen(): boolean {
    return this.#session !== null;
  }

  challenge(): { readonly security: OsdpSecurityBlock; readonly data: Uint8Array } {
    return { security: this.#block(0x11), data: this.#random };
  }

  /** Takes the reader's identity, random and cryptogram; null, or why it is not to be trusted. */
  takeClient({ security, data }: OsdpPacket): OsdpSecurityFault | null {
    if (security?.type !== 0x12 || data.length !== UID_BYTES + OSDP_RANDOM_BYTES + CRYPTOGRAM_BYTES) return "insecure";
    if (security.bytes[0] === DEFAULT_KEY && !this.isDefault) return "default-key";
    const random = data.slice(UID_BYTES, UID_BYTES + OSDP_RANDOM_BYTES);
    const expected = clientCryptogram(this.#keys, this.#random, random);
    if (!isSame(data.slice(UID_BYTES + OSDP_RANDOM_BYTES), expected)) return "wrong-key";
    this.#server = serverCryptogram(this.#keys, this.#random, random);
    return null;
  }

  proof(): { readonly security: OsdpSecurityBlock; readonly data: Uint8Array } {
    return { security: this.#block(0x13), data: this.#server ?? new Uint8Array() };
  }

  takeInitialMac({ security, data }: OsdpPacket): OsdpSecurityFault | null {
    if (security?.type !== 0x14 || this.#server === null) return "insecure";
    const expected = initialMac(this.#keys, this.#server);
    if (security.bytes[0] !== ACCEPTED || !isSame(data, expected)) return "wrong-key";
    this.#session = openOsdpSession(this.#keys, expected);
    return null;
  }

  /** The command's bytes, enciphered where it has data, with its MAC. */
  seal(command: Omit<OsdpPacket, "security" | "mac">): Uint8Array {
    const session = this.#open();
    const isEmpty = command.data.length === 0;
    const security = { type: isEmpty ? 0x15 : 0x17, bytes: [] };
    const data = isEmpty ? command.data : encipherData(session, "command", command.data);
    const packet = { ...command, security, data };
    this.#session = withMac(session, "command", osdpSignedBytes(packet));
    return encodeOsdp({ ...packet, mac: sentMac(this.#session, "command") });
  }

  /** The reply's data in clear; null when it is not from our reader, and the channel is worth nothing any more. */
  unseal({ security, data, mac }: OsdpPacket, signed: Uint8Array): Uint8Array | null {
    const after = withMac(this.#open(), "reply", signed);
    if (mac === null || !isSame(mac, sentMac(after, "reply"))) return null;
    const plain = security?.type === 0x18 ? decipherData(this.#open(), "reply", data) : data;
    if (security?.type !== 0x16 && security?.type !== 0x18) return null;
    this.#session = after;
    return plain;
  }

  #open(): OsdpSession {
    if (this.#session === null) throw new HallError("OSDP_NOT_SECURE", "the secure channel is not open");
    return this.#session;
  }

  #block(type: number): OsdpSecurityBlock {
    return { type, bytes: [this.isDefault ? DEFAULT_KEY : OWN_KEY] };
  }
}
