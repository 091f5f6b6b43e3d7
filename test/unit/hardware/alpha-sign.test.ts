// Packets of the Alpha protocol: the computed vector, and its laws for any text, noise and split.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ALPHA_CONTENT_BYTES_MAX,
  ALPHA_START,
  type AlphaPacket,
  decodeAlpha,
  encodeAlpha,
  endAlpha,
  writeTextFile,
} from "../../../hardware/codecs/alpha-sign.ts";
import { decoded, inPortions } from "./decoding.ts";

const [SOH, EOT] = [1, 4];
const anyByte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, SOH, 2, 3, EOT, 0x30));
const anyContent = fc.array(fc.integer({ min: 5, max: 255 }), { minLength: 1, maxLength: 40 });
const anyGarbage = fc.array(anyByte, { maxLength: 40 });
const decode = decoded(decodeAlpha, ALPHA_START);
const packetOf = (content: readonly number[]): number[] => [...encodeAlpha(Uint8Array.from(content))];
const contentsOf = (found: readonly AlphaPacket[]): number[][] =>
  found.flatMap((packet) => (packet.kind === "packet" ? [[...packet.content]] : []));

test("A012 held in red is the computed vector", () => {
  const bytes = encodeAlpha(writeTextFile([{ colour: "red", text: "A012" }]));
  expect(Buffer.from(bytes).toString("hex")).toBe("0000000000015a30300241411b20621c3141303132033032343504");
});

test("nothing but printable ASCII gets into a text", () => {
  const [packet] = decode([...encodeAlpha(writeTextFile([{ colour: "green", text: "a\u0004\u001b号b" }]))]);
  expect(packet?.kind === "packet" && Buffer.from(packet.content).toString("latin1")).toBe("AA\u001b b\u001c2ab");
});

test("what is encoded is decoded, whatever stood before it", () => {
  fc.assert(
    fc.property(anyGarbage, anyContent, (garbage, content) => {
      expect(contentsOf(decode([...garbage, ...packetOf(content)])).at(-1)).toEqual(content);
    }),
  );
});

test("how the bytes are split changes nothing", () => {
  const anyStream = fc
    .array(fc.oneof(anyGarbage, anyContent.map(packetOf)), { maxLength: 4 })
    .map((parts) => parts.flat());
  fc.assert(
    fc.property(anyStream, fc.array(fc.nat({ max: 9 }), { maxLength: 40 }), (stream, sizes) => {
      expect(inPortions(decodeAlpha, ALPHA_START, stream, sizes)).toEqual(decode(stream));
    }),
  );
});

test("noise between packets costs none", () => {
  const anyNoise = fc.array(
    anyByte.filter((byte) => byte !== SOH),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(anyNoise, anyContent), { maxLength: 5 }), (pairs) => {
      const stream = pairs.flatMap(([noise, content]) => [...noise, ...packetOf(content)]);
      expect(contentsOf(decode(stream))).toEqual(pairs.map(([, content]) => content));
    }),
  );
});

test("another sum is told as such", () => {
  const packet = packetOf([0x41]);
  packet[packet.length - 2] = packet.at(-2) === 0x30 ? 0x31 : 0x30;
  expect(decode(packet)).toEqual([{ kind: "bad", reason: "checksum" }]);
});

test("a packet that breaks off or never ends is told once", () => {
  const [state] = decodeAlpha(ALPHA_START, Uint8Array.from(packetOf([0x41]).slice(0, 9)));
  expect(endAlpha(state)[1]).toEqual([{ kind: "bad", reason: "framing" }]);
  expect(decode([SOH, ...Buffer.alloc(ALPHA_CONTENT_BYTES_MAX + 99, 0x41)])).toEqual([
    { kind: "bad", reason: "framing" },
  ]);
});
