/** MQTT control packet types, as they stand in the upper half of a packet's first byte. */
export const CONNECT_PACKET = 1;
export const PUBLISH_PACKET = 3;
export const SUBSCRIBE_PACKET = 8;
export const UNSUBSCRIBE_PACKET = 10;

export type ScanFault = "packet-too-large" | "malformed-packet";

/**
 * Follows an MQTT byte stream from packet to packet by the fixed headers alone and keeps no byte of it: a parser
 * allocates what a header claims (up to 256 MB), so the claim is read before the parser sees it.
 */
export class PacketScanner {
  readonly #packetBytesMax: number;
  /** Bytes of the current packet's body still to come. */
  #bodyLeft = 0;
  #type = 0;
  /** Bytes of the current fixed header seen so far, 0 between packets. */
  #headerBytes = 0;
  #length = 0;

  constructor(packetBytesMax: number) {
    this.#packetBytesMax = packetBytesMax;
  }

  /** Calls `onPacket` for each packet whose header ends in `chunk`. After a fault the stream is of no further use. */
  scan(chunk: Uint8Array, onPacket: (type: number) => void): ScanFault | null {
    let at = 0;
    while (at < chunk.length) {
      if (this.#bodyLeft > 0) {
        const step = Math.min(this.#bodyLeft, chunk.length - at);
        this.#bodyLeft -= step;
        at += step;
        continue;
      }
      const fault = this.#header(chunk[at] ?? 0, onPacket);
      if (fault !== null) return fault;
      at += 1;
    }
    return null;
  }

  #header(byte: number, onPacket: (type: number) => void): ScanFault | null {
    this.#headerBytes += 1;
    if (this.#headerBytes === 1) {
      this.#type = byte >> 4;
      this.#length = 0;
      return null;
    }
    this.#length += (byte & 0x7f) * 128 ** (this.#headerBytes - 2);
    if (this.#length + this.#headerBytes > this.#packetBytesMax) return "packet-too-large";
    if ((byte & 0x80) !== 0) return this.#headerBytes === 5 ? "malformed-packet" : null;
    this.#bodyLeft = this.#length;
    this.#headerBytes = 0;
    onPacket(this.#type);
    return null;
  }
}
