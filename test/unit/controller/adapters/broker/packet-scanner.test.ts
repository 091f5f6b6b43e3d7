import fc from "fast-check";
import { expect, test } from "vitest";
import { PacketScanner } from "../../../../../controller/adapters/broker/packet-scanner.ts";

// The scanner follows packets by their headers alone, however the bytes are cut into chunks, and stops at a claim that
// is too large before a byte of that packet's body is looked at.

const MAX = 20_000;

/** A packet as bytes: type, then the length as MQTT writes it, then so many bytes of anything. */
function packet(type: number, length: number): Buffer {
  const header = [type << 4];
  let rest = length;
  do {
    header.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>= 7;
  } while (rest > 0);
  return Buffer.concat([Buffer.from(header), Buffer.alloc(length, 0xff)]);
}

function scan(chunks: readonly Uint8Array[]): { types: number[]; fault: string | null } {
  const scanner = new PacketScanner(MAX);
  const types: number[] = [];
  for (const chunk of chunks) {
    const fault = scanner.scan(chunk, (type) => types.push(type));
    if (fault !== null) return { types, fault };
  }
  return { types, fault: null };
}

const packets = fc.array(fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 0, max: 3_000 })), {
  maxLength: 12,
});

test("any cut of a stream shows the same packets", () => {
  fc.assert(
    fc.property(packets, fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1 }), (list, sizes) => {
      const stream = Buffer.concat(list.map(([type, length]) => packet(type, length)));
      const chunks: Buffer[] = [];
      for (let at = 0, turn = 0; at < stream.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        chunks.push(stream.subarray(at, at + size));
        at += size;
      }
      expect(scan(chunks)).toEqual({ types: list.map(([type]) => type), fault: null });
    }),
    { numRuns: 100 },
  );
});

test("it never throws and never counts past a fault, whatever the bytes are", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (chunks) => {
      expect(["packet-too-large", "malformed-packet", null]).toContain(scan(chunks).fault);
    }),
    { numRuns: 200 },
  );
});

test.each([
  ["the largest packet", packet(3, MAX - 4), null],
  ["one byte more", packet(3, MAX - 3), "packet-too-large"],
  ["a claim of 256 MB", Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]), "packet-too-large"],
  ["a length of five bytes, all small", Buffer.from([0x10, 0x80, 0x80, 0x80, 0x80]), "malformed-packet"],
])("%s: %#", (_what, bytes, fault) => {
  expect(scan([bytes]).fault).toBe(fault);
});

test("packets before the bad one in the same chunk are still seen", () => {
  expect(scan([Buffer.concat([packet(12, 0), Buffer.from([0x30, 0xff, 0xff, 0x7f])])])).toEqual({
    types: [12],
    fault: "packet-too-large",
  });
});
