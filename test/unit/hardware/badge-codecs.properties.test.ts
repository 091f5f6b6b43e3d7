// Every decoder of a reader's bytes keeps the laws of a stream.
import fc from "fast-check";
import {
  BRIDGE_LINE_MAX,
  type BridgeFrame,
  bridgeStream,
  encodeBridge,
} from "../../../hardware/codecs/wiegand-bridge.ts";
import {
  decodeOsdp,
  encodeOsdp,
  endOsdp,
  OSDP_PACKET_BYTES_MAX,
  OSDP_START,
  type OsdpPacket,
  type OsdpSequence,
  type OsdpState,
} from "../../../hardware/codecs/osdp-packet.ts";
import {
  decodePn532,
  encodePn532,
  endPn532,
  PN532_DATA_BYTES_MAX,
  PN532_START,
} from "../../../hardware/codecs/pn532-frame.ts";
import { streamLaws } from "./stream-laws.ts";

const anyByte = fc.integer({ min: 0, max: 255 });

/** Bytes of an identifier that is not all zeros. */
const identifierOf = (bytes: number) =>
  fc.array(anyByte, { minLength: bytes, maxLength: bytes }).filter((all) => all.some((byte) => byte !== 0));

function bridgeLaws(name: string, frame: BridgeFrame, bytes: number, notice: boolean): void {
  const stream = bridgeStream(frame);
  streamLaws(name, {
    ...stream,
    item: identifierOf(bytes),
    encode: (identifier) => encodeBridge(frame, identifier),
    wordsOf: (identifier) => [{ kind: "card", identifier }],
    noise: anyByte.filter((byte) => !/[0-9a-fA-F,]/u.test(String.fromCharCode(byte))),
    hard: [0x0d, 0x0a, 0x30, 0x41, 0x2c, 26, 34],
    keptMax: BRIDGE_LINE_MAX,
    kept: ({ text, bytes: held }) => text.length + held.length,
    noticesOneByte: notice,
  });
}

bridgeLaws("hex lines of 24 bits", { format: "hex-line", content: "identifier", bits: 26 }, 3, false);
bridgeLaws("hex lines of 32 bits", { format: "hex-line", content: "identifier", bits: 34 }, 4, false);
bridgeLaws("hex lines of Wiegand-26", { format: "hex-line", content: "wiegand", bits: 26, fill: "front" }, 3, false);
bridgeLaws("hex lines of Wiegand-34", { format: "hex-line", content: "wiegand", bits: 34, fill: "behind" }, 4, false);
bridgeLaws("lines of 3+5 digits", { format: "decimal-line", content: "facility-number" }, 3, false);

const countedBits: BridgeFrame = { format: "counted-bits", bits: 26 };
streamLaws("counted bits", {
  ...bridgeStream(countedBits),
  item: identifierOf(3),
  encode: (identifier) => encodeBridge(countedBits, identifier),
  wordsOf: (identifier) => [{ kind: "card", identifier }],
  noise: null,
  hard: [26, 34, 0, 255],
  keptMax: 5,
  kept: ({ text, bytes }) => text.length + bytes.length,
  noticesOneByte: false,
});

const packet = fc
  .record({
    address: fc.integer({ min: 0, max: 126 }),
    reply: fc.boolean(),
    sequence: fc.integer({ min: 0, max: 3 }).map((at) => at as OsdpSequence),
    check: fc.constant("crc" as const),
    security: fc.option(
      fc.record({ type: fc.integer({ min: 0x11, max: 0x18 }), bytes: fc.array(anyByte, { maxLength: 2 }) }),
    ),
    code: anyByte,
    data: fc.uint8Array({ maxLength: 40 }),
  })
  .map((raw): OsdpPacket => {
    const signed = raw.security !== null && raw.security.type >= 0x15;
    return { ...raw, mac: signed ? Uint8Array.of(1, 2, 3, 4) : null };
  });

const packets = {
  start: OSDP_START,
  decode: decodeOsdp,
  end: endOsdp,
  encode: encodeOsdp,
  wordsOf: (sent: OsdpPacket) => [{ kind: "packet", packet: sent, signed: signedOf(sent) }],
  noise: anyByte.filter((byte) => byte !== 0x53),
  hard: [0x53, 0x53, 0xff, 0, 8, 7, 4],
  keptMax: OSDP_PACKET_BYTES_MAX,
  kept: ({ rest }: OsdpState) => rest.length,
};

function signedOf(sent: OsdpPacket): Uint8Array {
  const bytes = encodeOsdp(sent);
  return bytes.slice(0, bytes.length - (sent.check === "crc" ? 2 : 1) - (sent.mac?.length ?? 0));
}

streamLaws("OSDP packets", { ...packets, item: packet, noticesOneByte: true });
streamLaws("OSDP packets with checksums", {
  ...packets,
  decode: (state, chunk) => decodeOsdp(state, chunk, "checksum"),
  end: (state) => endOsdp(state, "checksum"),
  item: packet.map((sent): OsdpPacket => ({ ...sent, check: "checksum" })),
  noticesOneByte: false,
});

const frame = fc.record({
  direction: fc.constantFrom("command" as const, "reply" as const),
  code: anyByte,
  data: fc.uint8Array({ maxLength: 40 }),
});
streamLaws("PN532 frames", {
  start: PN532_START,
  decode: decodePn532,
  end: endPn532,
  item: frame,
  encode: ({ direction, code, data }) => encodePn532(direction, code, data),
  wordsOf: (sent) => [{ kind: "frame", ...sent }],
  noise: anyByte.filter((byte) => byte !== 0),
  hard: [0, 0, 0, 0xff, 1, 0x7f],
  keptMax: PN532_DATA_BYTES_MAX + 8,
  kept: ({ rest }) => rest.length,
  // The length has a complement and the data a sum: one byte is noticed, but a sum of 8 bits may deceive the search.
  noticesOneByte: false,
});
