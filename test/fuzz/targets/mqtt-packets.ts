import { assert } from "../../../protocol/index.ts";
import { PacketScanner } from "../../../controller/adapters/broker/packet-scanner.ts";
import type { FuzzTarget } from "../fuzz-target.ts";

const PACKET_BYTES_MAX = 4096;

interface Seen {
  readonly types: readonly number[];
  readonly fault: string | null;
}

function scanned(chunks: readonly Uint8Array[]): Seen {
  const scanner = new PacketScanner(PACKET_BYTES_MAX);
  const types: number[] = [];
  for (const chunk of chunks) {
    const fault = scanner.scan(chunk, (type) => types.push(type));
    if (fault !== null) return { types, fault };
  }
  return { types, fault: null };
}

/** The first byte says where the stream is cut in two. Packets and fault are the same, however it arrives. */
function fuzz(bytes: Uint8Array): void {
  const stream = bytes.subarray(1);
  const whole = scanned([stream]);
  const cut = (bytes[0] ?? 0) % (stream.length + 1);
  const split = scanned([stream.subarray(0, cut), stream.subarray(cut)]);
  const single = scanned([...stream].map((byte) => Uint8Array.of(byte)));
  assert(JSON.stringify(split) === JSON.stringify(whole), "a cut changes nothing");
  assert(JSON.stringify(single) === JSON.stringify(whole), "byte by byte it is the same");
  assert(whole.types.length * 2 <= stream.length, "every packet has a header of two bytes at least");
}

export const mqttPackets: FuzzTarget = {
  name: "mqtt-packets",
  fuzz,
  seeds: () => [
    Uint8Array.of(3, 0x10, 0x0c, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 8, 0, 0, 0xc0, 0),
    Uint8Array.of(0, 0x10, 0xff, 0xff, 0xff, 0x7f),
    Uint8Array.of(1, 0x30, 0x80, 0x80, 0x80, 0x80, 1),
  ],
};
