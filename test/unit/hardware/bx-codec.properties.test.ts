// Laws of the BX envelope, for any bodies, any noise and any split of the bytes.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  BX_BODY_BYTES_MAX,
  BX_START,
  type BxEnvelope,
  decodeBxEnvelope,
  encodeBxEnvelope,
} from "../../../hardware/codecs/bx-envelope.ts";
import { decodeBxFrame, encodeBxFrame, toAnyCard } from "../../../hardware/codecs/bx-frames.ts";
import { decoded, inPortions } from "./decoding.ts";

const BEGIN = 0xa5;
const END = 0x5a;

const anyByte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(BEGIN, END, 0xa6, 0x5b, 1, 2));
const anyBody = fc.array(anyByte, { minLength: 1, maxLength: 30 });
const anyNoise = fc.array(
  anyByte.filter((byte) => byte !== BEGIN),
  { maxLength: 20 },
);
const anyStream = fc
  .array(fc.oneof(fc.array(anyByte, { maxLength: 20 }), anyBody.map(frameOf)), { maxLength: 4 })
  .map((parts) => parts.flat());

function frameOf(body: readonly number[]): number[] {
  return [...encodeBxEnvelope(Uint8Array.from(body))];
}

const decode = decoded(decodeBxEnvelope, BX_START);
const bodiesOf = (found: readonly BxEnvelope[]): number[][] =>
  found.flatMap((envelope) => (envelope.kind === "body" ? [[...envelope.body]] : []));

test("what is encoded is decoded", () => {
  fc.assert(
    fc.property(anyBody, (body) => {
      expect(decode(frameOf(body))).toEqual([{ kind: "body", body: Uint8Array.from(body) }]);
    }),
  );
});

test("how the bytes are split changes nothing", () => {
  fc.assert(
    fc.property(anyStream, fc.array(fc.nat({ max: 9 }), { maxLength: 40 }), (stream, sizes) => {
      expect(inPortions(decodeBxEnvelope, BX_START, stream, sizes)).toEqual(decode(stream));
    }),
  );
});

test("a whole frame is found at its last byte, whatever stood before it", () => {
  fc.assert(
    fc.property(fc.array(anyByte, { maxLength: 60 }), anyBody, (garbage, body) => {
      expect(bodiesOf(decode([...garbage, ...frameOf(body)])).at(-1)).toEqual(body);
    }),
  );
});

test("noise before, between and after costs no frame", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyNoise, anyBody), { maxLength: 5 }), anyNoise, (pairs, after) => {
      const found = decode([...pairs.flatMap(([noise, body]) => [...noise, ...frameOf(body)]), ...after]);
      const runs = [...pairs.map(([noise]) => noise), after].filter((noise) => noise.length > 0).length;
      expect(bodiesOf(found)).toEqual(pairs.map(([, body]) => body));
      expect(found.filter((envelope) => envelope.kind === "bad")).toHaveLength(runs);
    }),
  );
});

// An envelope alone could not promise this: its CRC finds nothing wrong with a run of zeros that is cut short.
test("one corrupted byte makes no other frame, and costs at most its own and one it is merged with", () => {
  const framesOf = (found: readonly BxEnvelope[]): string[] =>
    bodiesOf(found).flatMap((body) => {
      const frame = decodeBxFrame("font", Uint8Array.from(body));
      return frame === null ? [] : [String(frame.content)];
    });
  const contents = fc.array(fc.array(anyByte, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(contents, fc.nat(), anyByte, (sent, position, byte) => {
      const frames = sent.map((content) => encodeBxFrame("font", toAnyCard(Uint8Array.from(content))));
      const stream = frames.flatMap((frame) => frameOf([...frame]));
      stream[position % stream.length] = byte;
      const found = framesOf(decode(stream));
      expect(found.every((content) => sent.map(String).includes(content))).toBe(true);
      expect(found.length).toBeGreaterThanOrEqual(sent.length - 2);
    }),
    { numRuns: 300 },
  );
});

test("a wrong CRC is told as such, once", () => {
  fc.assert(
    fc.property(anyBody, fc.integer({ min: 1, max: 255 }), (body, change) => {
      const frame = frameOf(body);
      const plain = frame.findIndex((byte, at) => at >= 8 && ![0xa5, 0xa6, 0x5a, 0x5b].includes(byte ^ change));
      fc.pre(plain >= 8 && ![0xa6, 0x5b].includes(frame[plain] ?? 0) && ![0xa6, 0x5b].includes(frame[plain - 1] ?? 0));
      fc.pre(frame[plain] !== END);
      frame[plain] = (frame[plain] ?? 0) ^ change;
      expect(decode(frame)).toEqual([{ kind: "bad", reason: "checksum" }]);
    }),
  );
});

test("a body that never ends is given up, and little is kept", () => {
  const stream = [BEGIN, ...Buffer.alloc(5000, 0x33)];
  const [state, found] = decodeBxEnvelope(BX_START, Uint8Array.from(stream));
  expect(found).toEqual([{ kind: "bad", reason: "framing" }]);
  expect(state).toEqual({ phase: "skipping" });
  const [growing] = decodeBxEnvelope(BX_START, Uint8Array.from(stream.slice(0, BX_BODY_BYTES_MAX)));
  expect(growing.phase === "frame" && growing.body.length).toBeLessThanOrEqual(BX_BODY_BYTES_MAX + 2);
});
